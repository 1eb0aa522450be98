import type { Trend } from './beat'

export type Heard = { readonly atMs: number; readonly bpm: number }

const RECENT_MS = 6_000
const BEFORE_MS = 20_000
/** Less than this over some 13 s is breathing and noise, not a direction. */
const STEP_BPM = 4

const mean = (values: readonly Heard[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, { bpm }) => sum + bpm, 0) / values.length

/** Where the heart rate is going: the last 6 s against the 14 s before them. `steady` until there is something to compare. */
export function trendOf(heard: readonly Heard[], atMs: number): Trend {
  const recent = mean(heard.filter((one) => atMs - one.atMs <= RECENT_MS))
  const before = mean(heard.filter((one) => atMs - one.atMs > RECENT_MS && atMs - one.atMs <= BEFORE_MS))
  if (recent === null || before === null || Math.abs(recent - before) < STEP_BPM) return 'steady'
  return recent > before ? 'rising' : 'falling'
}
