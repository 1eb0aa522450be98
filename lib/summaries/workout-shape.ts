import { z } from 'zod'
import { IntervalKind } from '@/lib/classes/workout-plan'
import type { TimerRecord } from '@/lib/room/timer'
import { passagesOf } from '@/lib/room/timer-passages'

/** A stretch of an interval that ran; a pause within it makes two. Seconds from the class's start. */
export const ShapePart = z.object({
  /** Equal in the parts of one going-through of an interval. */
  visit: z.number().int(),
  kind: IntervalKind,
  fromSecond: z.number(),
  seconds: z.number(),
  targetZone: z.number().int().nullable(),
  cue: z.string(),
  round: z.number().int(),
  of: z.number().int(),
})
export type ShapePart = z.infer<typeof ShapePart>

/** What a class did: warming up until the workout began, then the plan as it really ran. Goes under every curve. */
export const WorkoutShape = z.object({
  /** `null`: nobody pressed Start; then the whole class counts as workout. */
  startSecond: z.number().nullable(),
  parts: z.array(ShapePart),
})
export type WorkoutShape = z.infer<typeof WorkoutShape>
export const NO_SHAPE: WorkoutShape = { startSecond: null, parts: [] }

export function workoutShape(of: {
  readonly record: Pick<TimerRecord, 'runs'>
  readonly startedAtMs: number
  readonly workoutStartedAtMs: number | null
  readonly workoutEndedAtMs: number
}): WorkoutShape {
  const { record, startedAtMs, workoutStartedAtMs, workoutEndedAtMs } = of
  const second = (atMs: number) => Math.max(0, Math.round((atMs - startedAtMs) / 1000))
  return {
    startSecond: workoutStartedAtMs === null ? null : second(workoutStartedAtMs),
    parts: passagesOf(record, workoutEndedAtMs)
      .map(({ visit, step: { kind, targetZone, cue, round, of: rounds }, fromMs, toMs }) => ({
        ...{ visit, kind, targetZone, cue, round, of: rounds },
        fromSecond: second(fromMs),
        seconds: second(toMs) - second(fromMs),
      }))
      .filter(({ seconds }) => seconds > 0),
  }
}
