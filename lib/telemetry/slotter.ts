import { isPlausibleBpm, isPlausibleRr } from '@/lib/physiology/plausible-heart-rate'
import { plausibleCadence, plausibleSpeed, plausibleWatts } from '@/lib/physiology/plausible-motion'
import type { MotionReading } from '@/lib/sensors/motion'
import type { Reading } from '@/lib/sensors/sensor'
import { CHUNK_SECONDS, type Chunk, chunkSeconds, MAX_SEQ, type Metric, type OpenRecorder } from './chunk'

const MAX_RR = 120
const CHUNK_MS = CHUNK_SECONDS * 1000

type Open = { seq: number; bpm: (number | null)[]; effort: (number | null)[]; rr: number[] } & Partial<Record<Metric, (number | null)[]>>
type Values = Partial<Record<Metric, number | null>>

/** What a run of a source holds; every other column stays empty. */
const METRICS_OF: Readonly<Record<OpenRecorder['source'], readonly Metric[]>> = {
  heart_rate_strap: ['bpm'],
  replay: ['bpm'],
  effort: ['effort'],
  motion_sensor: ['cadence', 'watts', 'speed'],
}

/**
 * Lays readings into slots of one second, counted from the recorder's second 0, and slots into chunks of fifteen. The last value in a
 * second wins; every RR interval is kept. What cannot be (a heart at 0 or 300, NaN) is not written down. Time moves forward only: once a
 * chunk is handed out it never changes, so a chunk is emitted for silence too and the numbers of a run have no holes.
 */
export class Slotter {
  #open: Open
  #ended = false
  readonly #metrics: readonly Metric[]

  constructor(
    readonly startedMs: number,
    source: OpenRecorder['source'],
  ) {
    this.#metrics = METRICS_OF[source]
    this.#open = this.#empty(0)
  }

  /** True when the run is as long as a run may be, or was closed; the next reading belongs to a new one. */
  get ended(): boolean {
    return this.#ended
  }

  /** The number of the last chunk that exists once the open one is closed; -1 for a run with nothing in it. */
  get lastSeq(): number {
    return chunkSeconds(this.#open) > 0 ? this.#open.seq : this.#open.seq - 1
  }

  push(reading: Pick<Reading, 'atMs' | 'bpm' | 'rr'>): Chunk[] {
    const done = this.advance(reading.atMs)
    if (this.#ended || !this.#place(reading.atMs, { bpm: isPlausibleBpm(reading.bpm) ? reading.bpm : null })) return done
    for (const rr of reading.rr) if (isPlausibleRr(rr) && this.#open.rr.length < MAX_RR) this.#open.rr.push(rr)
    return done
  }

  pushEffort(effort: number, atMs: number): Chunk[] {
    const done = this.advance(atMs)
    if (!this.#ended && Number.isInteger(effort) && effort >= 1 && effort <= 10) this.#place(atMs, { effort })
    return done
  }

  /** Fields of one record that come one after the other meet in their second. */
  pushMotion({ atMs, watts, cadence, speed }: MotionReading): Chunk[] {
    const done = this.advance(atMs)
    const values = { watts: plausibleWatts(watts), cadence: plausibleCadence(cadence), speed: plausibleSpeed(speed) }
    if (!this.#ended) this.#place(atMs, values)
    return done
  }

  /** The chunks whose fifteen seconds are over by `monoMs`. */
  advance(monoMs: number): Chunk[] {
    const done: Chunk[] = []
    const current = Math.floor((monoMs - this.startedMs) / CHUNK_MS)
    while (!this.#ended && this.#open.seq < current) done.push(this.#close(CHUNK_SECONDS))
    return done
  }

  /** The open chunk as it stands, to be written down against a crash; null while it is empty. */
  draft(): Chunk | null {
    return chunkSeconds(this.#open) > 0 ? structuredClone(this.#open) : null
  }

  /** Ends the run: hands out what is complete by `monoMs`, then the open chunk cut off at its last second. */
  end(monoMs: number): Chunk[] {
    const done = this.advance(monoMs)
    const seconds = chunkSeconds(this.#open)
    if (!this.#ended && seconds > 0) done.push(this.#close(seconds))
    this.#ended = true
    return done
  }

  /** A reading from before the open chunk has come too late to be written down. */
  #place(atMs: number, values: Values): boolean {
    const slot = Math.floor((atMs - this.startedMs) / 1000) - this.#open.seq * CHUNK_SECONDS
    if (slot < 0) return false
    this.#fill(slot + 1)
    for (const metric of this.#metrics) {
      const value = values[metric] ?? null
      const slots = this.#open[metric]
      if (slots && value !== null) slots[slot] = value
    }
    return true
  }

  /** The columns of a run are always equally long. */
  #fill(seconds: number): void {
    for (const metric of this.#metrics) {
      const slots = this.#open[metric]
      while (slots && slots.length < seconds) slots.push(null)
    }
  }

  #empty(seq: number): Open {
    return { seq, bpm: [], effort: [], rr: [], ...Object.fromEntries(this.#metrics.map((metric) => [metric, []])) }
  }

  #close(seconds: number): Chunk {
    const chunk = this.#open
    this.#fill(seconds)
    if (chunk.seq >= MAX_SEQ) this.#ended = true
    this.#open = this.#empty(chunk.seq + 1)
    return chunk
  }
}
