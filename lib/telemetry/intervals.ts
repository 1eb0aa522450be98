import { CHUNK_SECONDS } from './chunk'

/** RR intervals of one chunk in 1/1024 s, oldest first, at the server's time of the chunk's first second. */
export type RecordedIntervals = { readonly rank: number; readonly atMs: number; readonly intervals: readonly number[] }

/** The intervals of a sealed run, as its chunks had them. */
export function splitIntervals(startedAtMs: number, rank: number, rr: readonly number[], counts: readonly number[]): RecordedIntervals[] {
  let from = 0
  return counts.flatMap((count, seq) => {
    const intervals = rr.slice(from, (from += count))
    return intervals.length === 0 ? [] : [{ rank, atMs: startedAtMs + seq * CHUNK_SECONDS * 1000, intervals }]
  })
}
