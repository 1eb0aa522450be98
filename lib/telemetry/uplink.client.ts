import { type Api, createApi } from '@/lib/platform/api.client'
import { randomCode } from '@/lib/platform/id'
import { createListeners } from '@/lib/platform/listeners'
import type { MotionReading } from '@/lib/sensors/motion'
import type { Reading } from '@/lib/sensors/sensor'
import { z } from 'zod'
import { ClockMap } from './clock-map'
import { Journal, type Refused } from './journal'
import type { LocalRun, Outbox, StoredRun } from './outbox'
import { openOutbox } from './outbox.client'
import { browserPage, type PageEvents } from './page-events.client'
import { type Moment, Recording, type RecordingSpec } from './recording'
import { RetryPace } from './retry-pace'
import { grantHeader, packUpload, type Placing, sendOutbox, uploadPath } from './send-outbox.client'

const FLUSH_MS = 15_000
/** A server that says nothing for this long is not there. */
const ANSWER_WITHIN_MS = 20_000
const CLOCK_MS = 60_000
const CLOCK_TRIPS = 5
/** A page that is still loading measures badly; a clock that is no better known than this is asked for again soon, less and less often. */
const CLOCK_VAGUE_MS = 40
const CLOCK_SOON_MS = 2_000
/** Browsers refuse keepalive requests beyond 64 kB in flight for the whole page. */
const LEAVING_BYTES = 60_000
/** Without Web Locks: a draft untouched for this long belongs to a page that is gone. */
const ABANDONED_MS = 30_000
/** What stays on the device, by choice or because it was refused, is forgotten after this. */
const LOCAL_FOR_MS = 30 * 86_400_000
/** The clock that placed a run is gone, and only the wall clock remembers: as uncertain as the contract can say. */
const BY_WALL_CLOCK_MS = 60_000

export interface RecorderHandle {
  push(reading: Pick<Reading, 'atMs' | 'bpm' | 'rr'>): void
  /** 1–10, at a monotonic instant. */
  pushEffort(effort: number, atMs: number): void
  pushMotion(reading: MotionReading): void
  /** Ends the recording and sends what is left; what comes later is not written down. */
  complete(): Promise<void>
}

/** Everything the outside world is to an uplink; each has the browser's own as default. */
export type UplinkOptions = {
  readonly fetch?: typeof fetch
  readonly clock?: { monotonicMs(): number; wallMs(): number }
  readonly openOutbox?: () => Promise<Outbox>
  /** One flusher a browser, and one sign of life a page. Absent on insecure pages. */
  readonly locks?: Pick<LockManager, 'request'> | null
  readonly page?: PageEvents
}

/**
 * The way of samples from this device into the record. Every reading is on the device's disk within a second or two of `push`, is sent
 * every fifteen seconds and on leaving, and is deleted here only when the server says that it has it.
 */
export class Uplink {
  readonly #bootId = randomCode(26)
  readonly #map = new ClockMap()
  readonly #clock: NonNullable<UplinkOptions['clock']>
  readonly #locks: Pick<LockManager, 'request'> | null
  readonly #api: Api
  readonly #journal: Journal
  readonly #listeners = createListeners()
  readonly #recordings = new Set<Recording>()
  readonly #pace = new RetryPace()
  readonly #stops: (() => void)[] = []
  #flushing: Promise<void> | null = null
  #measuring: Promise<void> | null = null
  #nextFlushMs: number
  #nextClockMs: number
  #clockPaceMs = CLOCK_SOON_MS / 2

  constructor(options: UplinkOptions = {}) {
    this.#clock = options.clock ?? { monotonicMs: () => performance.now(), wallMs: () => Date.now() }
    this.#locks = options.locks === undefined ? (globalThis.navigator?.locks ?? null) : options.locks
    const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
    this.#api = createApi((input, init) => send(input, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }))
    this.#journal = new Journal(
      (options.openOutbox ?? openOutbox)(),
      () => this.#clock.wallMs(),
      () => this.#changed(),
    )
    this.#nextFlushMs = this.#clock.monotonicMs()
    this.#nextClockMs = this.#nextFlushMs
    this.#showLife()
    const timer = setInterval(() => this.#tick(), 1_000)
    this.#stops.push(() => clearInterval(timer))
    this.#stops.push(
      (options.page ?? browserPage()).listen((event) => (event === 'online' ? void this.flush() : this.#leave(event === 'leaving'))),
    )
    this.#tick()
  }

  openRecorder(spec: RecordingSpec): RecorderHandle {
    const recording = new Recording(spec, this.#journal)
    this.#recordings.add(recording)
    return {
      push: (reading) => recording.push(reading, this.#moment()),
      pushEffort: (effort, atMs) => recording.pushEffort(effort, atMs, this.#moment()),
      pushMotion: (reading) => recording.pushMotion(reading, this.#moment()),
      complete: () => {
        recording.complete()
        this.#recordings.delete(recording)
        return this.flush()
      },
    }
  }

  /** Chunks written down here that the server has not acknowledged. */
  pendingChunks(): number {
    return this.#journal.pending
  }
  /** What the server will not have, kept on this device. */
  refused(): readonly Refused[] {
    return this.#journal.refused
  }
  /** `false`: what is pending is lost when this tab closes. */
  durable(): boolean {
    return this.#journal.durable
  }
  /** Server time now, UTC ms; null until the server has answered once. */
  serverNowMs(): number | null {
    return this.#map.toServerMs(this.#clock.monotonicMs())
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener)
  }

  /** The runs of a class that stay on this device, for the summary that is made here. */
  async localRuns(classId: string): Promise<LocalRun[]> {
    const found: LocalRun[] = []
    for (const outbox of await this.#journal.settled()) {
      for (const run of await outbox.runs()) {
        const placing = this.#place(run)
        if (run.keep || run.classId !== classId || placing === null) continue
        const chunks = (await outbox.chunks(run.runId)).map((stored) => stored.chunk)
        found.push({ source: run.source, startedAtMs: placing.startedAtMs, chunks })
      }
    }
    return found
  }

  /** Tries everything once more; resolves when all that can be sent now has been sent. */
  flush(): Promise<void> {
    this.#pace.forget()
    return this.#flushInTurn()
  }

  #flushInTurn(): Promise<void> {
    const before = this.#flushing ?? Promise.resolve()
    const next = before
      .then(() => this.#flushOnce())
      .finally(() => {
        if (this.#flushing === next) this.#flushing = null
      })
    this.#flushing = next
    return next
  }

  /** Ends all recordings, sends what it can, and frees timers and the database. */
  async dispose(): Promise<void> {
    for (const recording of this.#recordings) recording.complete()
    this.#recordings.clear()
    await this.flush()
    for (const stop of this.#stops.splice(0)) stop()
    await this.#journal.close()
  }

  #moment(): Moment {
    const tick = { monoMs: this.#clock.monotonicMs(), wallMs: this.#clock.wallMs() }
    return { ...tick, epoch: this.#map.observe(tick), bootId: this.#bootId }
  }

  #tick(): void {
    const before = this.#map.epoch
    const moment = this.#moment()
    for (const recording of this.#recordings) recording.advance(moment)
    this.#placeRuns()
    if (moment.epoch !== before || moment.monoMs >= this.#nextClockMs) void this.#measureClock()
    if (moment.monoMs >= this.#nextFlushMs && this.#flushing === null) void this.#flushInTurn()
  }

  async #flushOnce(): Promise<void> {
    this.#nextFlushMs = this.#clock.monotonicMs() + FLUSH_MS
    if (this.#map.estimate === null) await this.#measureClock()
    const send = async (): Promise<void> => {
      for (const outbox of await this.#journal.settled()) {
        await this.#tidy(outbox)
        const { monotonicMs, wallMs } = this.#clock
        await sendOutbox(outbox, { api: this.#api, pace: this.#pace, monoMs: monotonicMs, wallMs, place: (run) => this.#place(run) })
      }
    }
    // Whoever holds the lock sends for every tab of this browser, so a tab that does not get it has nothing to do.
    const sending =
      this.#locks?.request('pulseroom-uplink', { ifAvailable: true }, (lock) => (lock === null ? undefined : send())) ?? send()
    await sending.catch(() => undefined)
    await this.#journal.recount().catch(() => undefined)
  }

  /** Takes over what pages that died left behind, and forgets what is old. */
  async #tidy(outbox: Outbox): Promise<void> {
    for (const run of await outbox.runs()) {
      if ((!run.keep || run.refusal !== null) && this.#clock.wallMs() - run.startedWallMs > LOCAL_FOR_MS) await outbox.deleteRun(run.runId)
      else if (run.lastSeq === null && run.bootId !== this.#bootId && (await this.#isGone(outbox, run))) await outbox.adopt(run.runId)
    }
  }

  async #isGone(outbox: Outbox, run: StoredRun): Promise<boolean> {
    if (this.#locks !== null) return this.#locks.request(`pulseroom-page-${run.bootId}`, { ifAvailable: true }, (lock) => lock !== null)
    const touchedWallMs = (await outbox.draftTouchedWallMs(run.runId)) ?? run.startedWallMs
    return Math.abs(this.#clock.wallMs() - touchedWallMs) > ABANDONED_MS
  }

  /** Held for as long as this page lives; another page that gets it knows that this one is gone. */
  #showLife(): void {
    void this.#locks?.request(`pulseroom-page-${this.#bootId}`, () => new Promise<void>((resolve) => this.#stops.push(resolve)))
  }

  /**
   * Sends without waiting for the disk or for an answer: there may be no later. A page that goes ends its runs as they are, since a
   * chunk that was sent can never grow.
   */
  #leave(forGood: boolean): void {
    const moment = this.#moment()
    for (const recording of this.#recordings) {
      recording.advance(moment)
      if (forGood) recording.cut()
    }
    let budget = LEAVING_BYTES
    for (const { run, chunks } of this.#journal.unsentNow()) {
      if (run.recorderId === null || run.grant === null) continue
      const packed = packUpload(chunks, budget)
      if (packed.length === 0) continue
      budget -= JSON.stringify(packed).length
      const body = run.lastSeq === null ? { chunks: packed } : { chunks: packed, lastSeq: run.lastSeq }
      // What becomes of it is learnt at the next flush, if there is one: sending the same again does no harm.
      void this.#api('POST', uploadPath(run.recorderId), { body, headers: grantHeader(run.grant), keepalive: true }).catch(() => undefined)
    }
  }

  #place(run: StoredRun): Placing | null {
    if (run.startedAtMs !== null) return { startedAtMs: run.startedAtMs, clockUncertaintyMs: run.clockUncertaintyMs ?? BY_WALL_CLOCK_MS }
    const estimate = this.#map.estimate
    if (estimate === null) return null
    const sameClock = run.bootId === this.#bootId && run.epoch === this.#map.epoch
    if (sameClock) return { startedAtMs: run.startedMonoMs + estimate.offsetMs, clockUncertaintyMs: estimate.uncertaintyMs }
    const ago = this.#clock.wallMs() - run.startedWallMs
    return { startedAtMs: this.#clock.monotonicMs() + estimate.offsetMs - ago, clockUncertaintyMs: BY_WALL_CLOCK_MS }
  }

  #measureClock(): Promise<void> {
    this.#nextClockMs = this.#clock.monotonicMs() + CLOCK_MS
    this.#measuring ??= this.#askTheTime().finally(() => {
      this.#measuring = null
      const { estimate } = this.#map
      const vague = estimate !== null && estimate.uncertaintyMs > CLOCK_VAGUE_MS
      this.#clockPaceMs = vague ? Math.min(CLOCK_MS, this.#clockPaceMs * 2) : CLOCK_SOON_MS / 2
      if (vague) this.#nextClockMs = this.#clock.monotonicMs() + this.#clockPaceMs
    })
    return this.#measuring
  }

  async #askTheTime(): Promise<void> {
    const trips = this.#map.estimate === null ? CLOCK_TRIPS : 1
    for (let trip = 0; trip < trips; trip += 1) {
      const { epoch } = this.#map
      const sentMs = this.#clock.monotonicMs()
      const answer = await this.#api('GET', '/api/time', { reply: z.object({ now: z.number() }) }).catch(() => null)
      if (answer === null) break
      this.#map.add({ sentMs, receivedMs: this.#clock.monotonicMs(), serverMs: answer.now }, epoch)
    }
    this.#placeRuns()
  }

  /** Writes down where each run of this clock stands in server time, before this page or this clock is gone. */
  #placeRuns(): void {
    for (const run of this.#journal.ownRuns()) {
      const placing = run.bootId === this.#bootId && run.epoch === this.#map.epoch ? this.#place(run) : null
      if (placing !== null) this.#journal.placed(run.runId, placing.startedAtMs, placing.clockUncertaintyMs)
    }
  }

  #changed(): void {
    this.#listeners.tell()
  }
}

export const createUplink = (options: UplinkOptions = {}): Uplink => new Uplink(options)
