import { randomCode } from '@/lib/platform/id'
import type { MotionReading } from '@/lib/sensors/motion'
import type { Reading } from '@/lib/sensors/sensor'
import type { Chunk, OpenRecorder } from './chunk'
import type { StoredRun } from './outbox'
import { Slotter } from './slotter'

/** What a screen records: one source of one person in one class. `keep: false` stays on this device. */
export type RecordingSpec = {
  readonly classId: string
  readonly participantId: string
  readonly source: OpenRecorder['source']
  readonly label: string
  readonly keep: boolean
}
/** The clocks and the boot that a run belongs to, read when it begins. */
export type Moment = { readonly monoMs: number; readonly wallMs: number; readonly epoch: number; readonly bootId: string }

/** What a recording wants written down, in order. */
export interface RecordingSink {
  begun(run: StoredRun, recording: Pick<Recording, 'draft'>): void
  chunks(run: StoredRun, chunks: Chunk[]): void
  drafted(run: StoredRun): void
  ended(run: StoredRun, lastSeq: number): void
}

/**
 * One source, as a row of runs: a new one begins with the first reading, after a gap in the clock, after the page came back from the
 * browser's cache, and when a run is as long as a run may be. Nothing of one run is ever placed by the clock of another.
 */
export class Recording {
  #run: StoredRun | null = null
  #slotter: Slotter | null = null
  #completed = false

  constructor(
    readonly spec: RecordingSpec,
    private readonly sink: RecordingSink,
  ) {}

  push(reading: Pick<Reading, 'atMs' | 'bpm' | 'rr'>, moment: Moment): void {
    this.#write(reading.atMs, moment, (slotter) => slotter.push(reading))
  }

  pushEffort(effort: number, atMs: number, moment: Moment): void {
    this.#write(atMs, moment, (slotter) => slotter.pushEffort(effort, atMs))
  }

  pushMotion(reading: MotionReading, moment: Moment): void {
    this.#write(reading.atMs, moment, (slotter) => slotter.pushMotion(reading))
  }

  /** Hands out what is over by now; called once a second. */
  advance(moment: Moment): void {
    if (this.#run === null || this.#slotter === null) return
    if (this.#run.epoch !== moment.epoch) return this.cut()
    const chunks = this.#slotter.advance(moment.monoMs)
    if (chunks.length > 0) this.sink.chunks(this.#run, chunks)
    if (this.#slotter.ended) this.cut()
  }

  /** The chunk that is still growing. */
  draft(): Chunk | null {
    return this.#slotter?.draft() ?? null
  }

  /** Ends the run at its last second; the next reading begins another. */
  cut(): void {
    if (this.#run === null || this.#slotter === null) return
    const chunks = this.#slotter.end(this.#run.startedMonoMs)
    if (chunks.length > 0) this.sink.chunks(this.#run, chunks)
    this.sink.ended(this.#run, this.#slotter.lastSeq)
    this.#run = null
    this.#slotter = null
  }

  /** Ends the recording: what comes later is not written down. */
  complete(): void {
    this.cut()
    this.#completed = true
  }

  #write(atMs: number, moment: Moment, write: (slotter: Slotter) => Chunk[]): void {
    if (this.#completed) return
    if (this.#run !== null && this.#run.epoch !== moment.epoch) this.cut()
    const slotter = this.#slotter ?? this.#begin(atMs, moment)
    if (this.#run === null) return
    const chunks = write(slotter)
    if (chunks.length > 0) this.sink.chunks(this.#run, chunks)
    if (slotter.ended) {
      this.cut()
      return this.#write(atMs, moment, write)
    }
    this.sink.drafted(this.#run)
  }

  #begin(atMs: number, moment: Moment): Slotter {
    const { monoMs, wallMs, epoch, bootId } = moment
    this.#run = {
      ...this.spec,
      runId: `run_${randomCode(26)}`,
      bootId,
      epoch,
      startedMonoMs: atMs,
      startedWallMs: wallMs + (atMs - monoMs),
      startedAtMs: null,
      clockUncertaintyMs: null,
      recorderId: null,
      grant: null,
      lastSeq: null,
      adopted: false,
      refusal: null,
    }
    this.#slotter = new Slotter(atMs, this.spec.source)
    this.sink.begun(this.#run, this)
    return this.#slotter
  }
}
