import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { roomClosed, workoutEnded } from './class-event'

/**
 * Ends the workout and starts the summaries; the room may still talk. Again: the same answer, and the event is said again under the
 * same id, so a runner that was away is told after all. Throws `class_cancelled`, `unavailable`.
 */
export async function endWorkout(classId: string, at = now()): Promise<{ workoutEndedAt: number }> {
  await db.liveClass.updateMany({
    where: { id: classId, status: { in: ['scheduled', 'open', 'live'] } },
    data: { status: 'ended', workoutEndedAt: new Date(at) },
  })
  const { workoutEndedAt } = await db.liveClass.findUniqueOrThrow({ where: { id: classId }, select: { workoutEndedAt: true } })
  if (workoutEndedAt === null) throw new AppError('class_cancelled', 'This class was cancelled.')
  await emit(workoutEnded, { classId }, `workout-ended:${classId}`)
  return { workoutEndedAt: workoutEndedAt.getTime() }
}

/** Ends the talk, and the workout first where that was forgotten. Again: the same answer. */
export async function closeRoom(classId: string, endedAt = now()): Promise<{ workoutEndedAt: number; closedAt: number }> {
  const { workoutEndedAt } = await endWorkout(classId, endedAt)
  await db.liveClass.updateMany({ where: { id: classId, closedAt: null }, data: { closedAt: new Date(now()) } })
  const { closedAt } = await db.liveClass.findUniqueOrThrow({ where: { id: classId }, select: { closedAt: true } })
  await emit(roomClosed, { classId }, `room-closed:${classId}`)
  return { workoutEndedAt, closedAt: closedAt?.getTime() ?? now() }
}

const ABANDONED_MS = 30 * 60_000

/**
 * Classes whose planned end is 30 minutes past and whose host was not seen for as long. `endedAt`: when the workout must have ended,
 * the planned end, or the last sign of the host where that was later.
 */
export async function listAbandonedClasses(): Promise<ReadonlyArray<{ classId: string; endedAt: number }>> {
  const before = new Date(now() - ABANDONED_MS)
  const rows = await db.liveClass.findMany({
    where: {
      closedAt: null,
      status: { in: ['open', 'live', 'ended'] },
      plannedEndAt: { lt: before },
      OR: [{ hostSeenAt: null }, { hostSeenAt: { lt: before } }],
    },
    select: { id: true, plannedEndAt: true, hostSeenAt: true },
  })
  return rows.map((row) => ({ classId: row.id, endedAt: Math.max(row.plannedEndAt.getTime(), row.hostSeenAt?.getTime() ?? 0) }))
}
