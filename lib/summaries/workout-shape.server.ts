import 'server-only'
import { readTimerRecord } from '@/lib/room/timer.server'
import { NO_SHAPE, type WorkoutShape, workoutShape } from './workout-shape'

type Row = { readonly startsAt: Date; readonly workoutStartedAt: Date | null; readonly workoutEndedAt: Date | null; readonly timer: unknown }

/** The shape of a class whose workout is over. */
export function shapeOf({ startsAt, workoutStartedAt, workoutEndedAt, timer }: Row): WorkoutShape {
  if (workoutEndedAt === null) return NO_SHAPE
  return workoutShape({
    record: readTimerRecord(timer),
    startedAtMs: startsAt.getTime(),
    workoutStartedAtMs: workoutStartedAt?.getTime() ?? null,
    workoutEndedAtMs: workoutEndedAt.getTime(),
  })
}
