/**
 * How long after the end of the workout a summary may still change by itself: the minute that recovery is measured over, and ten
 * seconds for the last upload to arrive. After that it is final, and only late data or its owner changes it.
 */
export const SETTLED_MS = 70_000

type Run = { readonly source: string; readonly startedAtMs: number; readonly bpm: ReadonlyArray<number | null> }

/**
 * Where the workout ends for one person, server ms. A recording that is played faster than it happened lays its seconds beyond the
 * clock: then it counts to its own end, the time of its last sample. One that was merely still playing when the workout ended does not.
 */
export function workoutWindowEnd(workoutEndedAtMs: number, runs: readonly Run[]): number {
  const ends = runs
    .filter(({ source }) => source === 'replay')
    .map(({ startedAtMs, bpm }) => startedAtMs + bpm.findLastIndex((value) => value !== null) * 1000)
  const last = Math.max(workoutEndedAtMs, ...ends)
  return last > workoutEndedAtMs + SETTLED_MS ? last : workoutEndedAtMs
}
