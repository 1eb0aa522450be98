import { isPlausibleBpm, isPlausibleRr } from '@/lib/physiology/plausible-heart-rate'
import type { Reading } from '@/lib/sensors/sensor'
import { CHUNK_SECONDS, type Chunk, MAX_SEQ } from './chunk'

const MAX_RR = 120
const CHUNK_MS = CHUNK_SECONDS * 1000

type Open = { seq: number; bpm: (number | null)[]; effort: (number | null)[]; rr: number[] }

/**
 * Lays readings into slots of one second, counted from the recorder's second 0, and slots into chunks of fifteen. The last reading in a
 * second wins; every RR interval is kept. What cannot be a heart (0, 300, NaN) is not written down. Time moves forward only: once a
 * chunk is handed out it never changes, so a chunk is emitted for silence too and the numbers of a run have no holes.
 */
export class Slotter {
  #open: Open
  #ended = false

  /** `metric` says what the run holds; the other column stays empty. */
  constructor(
    readonly startedMs: number,
    readonly metric: 'bpm' | 'effort',
  ) {
    this.#open = { seq: 0, bpm: [], effort: [], rr: [] }
  }

  /** True when the run is as long as a run may be, or was closed; the next reading belongs to a new one. */
  get ended(): boolean {
    return this.#ended
  }

  /** The number of the last chunk that exists once the open one is closed; -1 for a run with nothing in it. */
  get lastSeq(): number {
    return this.#open[this.metric].length > 0 ? this.#open.seq : this.#open.seq - 1
  }

  push(reading: Pick<Reading, 'atMs' | 'bpm' | 'rr'>): Chunk[] {
    const done = this.advance(reading.atMs)
    if (this.#ended || !this.#place(reading.atMs, isPlausibleBpm(reading.bpm) ? reading.bpm : null)) return done
    for (const rr of reading.rr) if (isPlausibleRr(rr) && this.#open.rr.length < MAX_RR) this.#open.rr.push(rr)
    return done
  }

  pushEffort(effort: number, atMs: number): Chunk[] {
    const done = this.advance(atMs)
    if (!this.#ended && Number.isInteger(effort) && effort >= 1 && effort <= 10) this.#place(atMs, effort)
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
    return this.#open[this.metric].length > 0 ? structuredClone(this.#open) : null
  }

  /** Ends the run: hands out what is complete by `monoMs`, then the open chunk cut off at its last second. */
  end(monoMs: number): Chunk[] {
    const done = this.advance(monoMs)
    if (!this.#ended && this.#open[this.metric].length > 0) done.push(this.#close(this.#open[this.metric].length))
    this.#ended = true
    return done
  }

  /** A reading from before the open chunk has come too late to be written down. */
  #place(atMs: number, value: number | null): boolean {
    const slot = Math.floor((atMs - this.startedMs) / 1000) - this.#open.seq * CHUNK_SECONDS
    if (slot < 0) return false
    const slots = this.#open[this.metric]
    while (slots.length <= slot) slots.push(null)
    if (value !== null) slots[slot] = value
    return true
  }

  #close(seconds: number): Chunk {
    const chunk = this.#open
    const slots = chunk[this.metric]
    while (slots.length < seconds) slots.push(null)
    if (chunk.seq >= MAX_SEQ) this.#ended = true
    this.#open = { seq: chunk.seq + 1, bpm: [], effort: [], rr: [] }
    return chunk
  }
}
