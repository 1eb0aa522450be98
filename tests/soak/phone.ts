import 'fake-indexeddb/auto'
import type { Chunk } from '@/lib/telemetry/chunk'
import type { Outbox, StoredRun } from '@/lib/telemetry/outbox'
import { openOutbox } from '@/lib/telemetry/outbox.client'
import type { PageEvent } from '@/lib/telemetry/page-events.client'
import { createUplink, type RecorderHandle, type Uplink } from '@/lib/telemetry/uplink.client'

/** What a dead page waits for. */
const NEVER = new Promise<never>(() => undefined)

export type Owner = { readonly classId: string; readonly participantId: string; readonly cookie: string }
/** What a page said and what its disk confirmed, by run and second. */
export type PageLedger = {
  readonly said: Array<{ readonly atMs: number; readonly bpm: number }>
  /** In the order in which they began; `trueStartMs` is the machine's own clock, which no phone's jump moves. */
  readonly runs: Array<{ readonly run: StoredRun; readonly trueStartMs: number }>
  readonly confirmed: Map<string, Map<number, number>>
  ended: 'alive' | 'killed' | 'closed'
}

/** One browser: a disk, a network, clocks and the locks that its tabs share. It outlives every page on it. */
export class Phone {
  online = true
  skewMs = 0
  wire: 'whole' | 'lost-answers' | 'duplicate' | 'hold' = 'whole'
  readonly ledgers: PageLedger[] = []
  readonly #held: Array<() => Promise<Response>> = []
  readonly #locks = new Map<string, Page>()

  constructor(
    readonly name: string,
    readonly owner: Owner,
    readonly serverUrl: string,
  ) {}

  open(): Page {
    const page = new Page(this)
    this.ledgers.push(page.ledger)
    return page
  }

  /** Sends what was held back, after whatever went out since. */
  async release(): Promise<void> {
    for (const send of this.#held.splice(0)) await send().catch(() => undefined)
  }

  async send(path: string, init: RequestInit | undefined): Promise<Response> {
    if (!this.online) throw new TypeError('Failed to fetch')
    const headers = new Headers(init?.headers)
    headers.set('cookie', this.owner.cookie)
    headers.set('sec-fetch-site', 'same-origin')
    const { method = 'GET', body = null, signal = null } = init ?? {}
    const send = () => fetch(`${this.serverUrl}${path}`, { method, headers, body, signal })
    const isUpload = path.endsWith('/chunks')
    if (this.wire === 'hold' && isUpload) {
      this.#held.push(() => fetch(`${this.serverUrl}${path}`, { method, headers, body }))
      throw new TypeError('Failed to fetch')
    }
    if (this.wire === 'duplicate' && isUpload) await send()
    const answer = await send()
    if (this.wire === 'lost-answers') throw new TypeError('Failed to fetch')
    return answer
  }

  /** As a browser gives Web Locks to a page: whatever a dead one held is free. */
  locksFor(page: Page): Pick<LockManager, 'request'> {
    const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
      const work = rest.at(-1) as (lock: Lock | null) => unknown
      if (this.#locks.get(name)?.alive) return work(null)
      this.#locks.set(name, page)
      try {
        return await work({ name, mode: 'exclusive' })
      } finally {
        if (this.#locks.get(name) === page) this.#locks.delete(name)
      }
    }
    return { request: request as LockManager['request'] }
  }
}

/** One page load on a phone: the product's own uplink over its own outbox. */
export class Page {
  alive = true
  readonly ledger: PageLedger = { said: [], runs: [], confirmed: new Map(), ended: 'alive' }
  readonly uplink: Uplink
  readonly #recorder: RecorderHandle
  readonly #timers: ReturnType<typeof setInterval>[] = []
  readonly #listeners: Array<(event: PageEvent) => void> = []

  constructor(readonly phone: Phone) {
    const { classId, participantId } = phone.owner
    this.uplink = this.#keepingTimers(() =>
      createUplink({
        fetch: (input, init) => this.#whileAlive(() => phone.send(String(input), init)),
        clock: { monotonicMs: () => performance.now(), wallMs: () => Date.now() + phone.skewMs },
        locks: phone.locksFor(this),
        page: { listen: (listener) => (this.#listeners.push(listener), () => undefined) },
        openOutbox: async () => this.#watched(await openOutbox(`${phone.name} of ${classId}`)),
      }),
    )
    this.#recorder = this.uplink.openRecorder({ classId, participantId, source: 'heart_rate_strap', label: phone.name, keep: true })
  }

  beat(bpm: number): void {
    const atMs = performance.now()
    this.ledger.said.push({ atMs, bpm })
    this.#recorder.push({ atMs, bpm, rr: [600] })
  }

  /** The process is gone between one instruction and the next: nothing it had begun goes on. */
  kill(): void {
    this.#die('killed')
  }
  /** As the browser tells a page that goes: it sends what it can, and is gone. */
  reload(): void {
    for (const listener of this.#listeners) listener('leaving')
    this.#die('killed')
  }
  /** The class is over here; resolves when what is on this disk is known to the server, for as long as there is a network. */
  async finish(): Promise<void> {
    await this.#recorder.complete()
    this.ledger.ended = 'closed'
  }
  flush = (): Promise<void> => this.uplink.flush()

  #die(ended: 'killed'): void {
    this.alive = false
    this.ledger.ended = ended
    for (const timer of this.#timers) clearInterval(timer)
  }

  #whileAlive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!this.alive) return NEVER
    const result = await work().catch((cause: unknown) => {
      if (this.alive) throw cause
      return NEVER
    })
    return this.alive ? result : NEVER
  }

  /** The uplink starts its timer as it is made; a dead page has none. */
  #keepingTimers<T>(make: () => T): T {
    const original = globalThis.setInterval
    globalThis.setInterval = ((...args: Parameters<typeof setInterval>) => {
      const timer = original(...args)
      this.#timers.push(timer)
      return timer
    }) as typeof setInterval
    try {
      return make()
    } finally {
      globalThis.setInterval = original
    }
  }

  /** Writes down what the disk confirmed; after death neither asks it nor hears from it. */
  #watched(disk: Outbox): Outbox {
    const confirm = (runId: string, { seq, bpm }: Chunk): void => {
      const seconds = this.ledger.confirmed.get(runId) ?? new Map<number, number>()
      this.ledger.confirmed.set(runId, seconds)
      bpm.forEach((value, slot) => value !== null && seconds.set(seq * 15 + slot, value))
    }
    const guard = this.#whileAlive
    return {
      durable: disk.durable,
      runs: () => guard(() => disk.runs()),
      addRun: (run) => {
        this.ledger.runs.push({ run, trueStartMs: run.startedMonoMs + (Date.now() - performance.now()) })
        return guard(() => disk.addRun(run))
      },
      updateRun: (runId, change) => guard(() => disk.updateRun(runId, change)),
      deleteRun: (runId) => guard(() => disk.deleteRun(runId)),
      putDraft: async (runId, draft, touchedWallMs) => {
        await guard(() => disk.putDraft(runId, draft, touchedWallMs))
        confirm(runId, draft)
      },
      draftTouchedWallMs: (runId) => guard(() => disk.draftTouchedWallMs(runId)),
      adopt: (runId) => guard(() => disk.adopt(runId)),
      addChunks: async (runId, chunks) => {
        await guard(() => disk.addChunks(runId, chunks))
        for (const chunk of chunks) confirm(runId, chunk)
      },
      chunks: (runId) => guard(() => disk.chunks(runId)),
      refuse: (runId, seqs, code) => guard(() => disk.refuse(runId, seqs, code)),
      acknowledge: (runId, ranges) => guard(() => disk.acknowledge(runId, ranges)),
      close: () => disk.close(),
    }
  }
}
