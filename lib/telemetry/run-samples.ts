import { CHUNK_SECONDS, type Columns, type Metric } from './chunk'
import type { StoredRun } from './outbox'

/** Lower counts first where sources overlap: what is worn beats what is played back, and either beats what a hand typed. */
export const SOURCE_RANK: Readonly<Record<StoredRun['source'] | 'simulated', number>> = {
  heart_rate_strap: 10,
  motion_sensor: 10,
  replay: 20,
  simulated: 30,
  effort: 90,
}

/** A whole run, one slot a second from its second 0; empty for what it never measured. */
export type RunColumns = Readonly<Record<Metric, ReadonlyArray<number | null>>>

/** One column for each metric. */
export const eachMetric = <T>(make: (metric: Metric) => T): Record<Metric, T> => ({
  bpm: make('bpm'),
  effort: make('effort'),
  cadence: make('cadence'),
  watts: make('watts'),
  speed: make('speed'),
})

/** Chunks of one run → one slot a second from its second 0; `null` where nothing was said or the chunk is not here. */
export const layOutRun = (chunks: ReadonlyArray<Nulls & { readonly seq: number }>): RunColumns =>
  eachMetric((metric) => layOut(chunks.map((chunk) => ({ seq: chunk.seq, slots: chunk[metric] ?? [] }))))

/** As the database gives it: `null` for a column that the row does not have. */
type Nulls = { readonly [M in keyof Columns]: Columns[M] | null }

function layOut(chunks: ReadonlyArray<{ seq: number; slots: ReadonlyArray<number | null> }>): (number | null)[] {
  const length = Math.max(0, ...chunks.filter(({ slots }) => slots.length > 0).map(({ seq, slots }) => seq * CHUNK_SECONDS + slots.length))
  const laid = Array.from({ length }, (): number | null => null)
  for (const { seq, slots } of chunks) slots.forEach((value, slot) => (laid[seq * CHUNK_SECONDS + slot] = value))
  return laid
}
