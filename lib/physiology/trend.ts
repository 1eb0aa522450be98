export type Trend = 'rising' | 'steady' | 'falling'

const WINDOW_MS = 15_000
/** A change below this over the window is within what a heart does by itself at an even effort. */
const CHANGE_BPM = 4
const SHORTEST_MS = 5_000

/**
 * Where the last 15 s point: the least-squares slope of the readings that arrived in them, `rising` or `falling` from 4 bpm over the
 * window. With under 3 readings or under 5 s of them it is `steady`: an arrow is not guessed.
 *
 * @param readings in order of arrival
 */
export function trendOf(readings: ReadonlyArray<{ readonly atMs: number; readonly bpm: number }>, nowMs: number): Trend {
  const recent = readings.filter((reading) => reading.atMs > nowMs - WINDOW_MS && reading.atMs <= nowMs)
  const first = recent[0]
  const last = recent.at(-1)
  if (!first || !last || recent.length < 3 || last.atMs - first.atMs < SHORTEST_MS) return 'steady'
  const meanAt = recent.reduce((sum, { atMs }) => sum + atMs, 0) / recent.length
  const meanBpm = recent.reduce((sum, { bpm }) => sum + bpm, 0) / recent.length
  let covariance = 0
  let variance = 0
  for (const { atMs, bpm } of recent) {
    covariance += (atMs - meanAt) * (bpm - meanBpm)
    variance += (atMs - meanAt) ** 2
  }
  const change = (covariance / variance) * WINDOW_MS
  if (change >= CHANGE_BPM) return 'rising'
  return change <= -CHANGE_BPM ? 'falling' : 'steady'
}
