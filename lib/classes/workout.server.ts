import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db, Prisma } from '@/lib/platform/db.server'
import { WorkoutPlan } from './workout-plan'

const OPEN = ['open', 'live'] as const

/**
 * Begins the workout of a class whose door is open: what was before is the warm-up. Again: the same answer. Throws `class_over`,
 * `class_cancelled`, and `conflict` where nobody is in yet.
 */
export async function startWorkout(tx: Db, classId: string, at = now()): Promise<{ workoutStartedAt: number; first: boolean }> {
  const { count } = await tx.liveClass.updateMany({
    where: { id: classId, status: { in: [...OPEN] }, workoutStartedAt: null },
    data: { status: 'live', workoutStartedAt: new Date(at) },
  })
  // Everything is counted from the start of the class: one that begins before its time starts then.
  if (count > 0) await tx.liveClass.updateMany({ where: { id: classId, startsAt: { gt: new Date(at) } }, data: { startsAt: new Date(at) } })
  const { status, workoutStartedAt } = await tx.liveClass.findUniqueOrThrow({
    where: { id: classId },
    select: { status: true, workoutStartedAt: true },
  })
  requireOpen(status)
  return { workoutStartedAt: workoutStartedAt?.getTime() ?? at, first: count > 0 }
}

/** Throws what says why no workout can run in a class of this status. */
export function requireOpen(status: 'scheduled' | 'open' | 'live' | 'ended' | 'cancelled'): void {
  if (status === 'cancelled') throw new AppError('class_cancelled', 'This class was cancelled.')
  if (status === 'ended') throw new AppError('class_over', 'The workout of this class is over.')
  if (status === 'scheduled') throw new AppError('conflict', 'Open the room first; the workout starts there.')
}

/** A plan as it was stored. One that an older version wrote in another form counts as none. */
export const readPlan = (stored: unknown): WorkoutPlan | null => WorkoutPlan.nullable().catch(null).parse(stored ?? null)

/** The plan of an occurrence: its own, else its series'. */
export const planOf = (row: { plan: unknown }, series: { plan: unknown }): WorkoutPlan | null => readPlan(row.plan) ?? readPlan(series.plan)

/** The plan of a series; `null` where it has none. */
export async function findSeriesPlan(seriesId: string): Promise<WorkoutPlan | null> {
  const series = await db.classSeries.findUnique({ where: { id: seriesId }, select: { plan: true } })
  return readPlan(series?.plan)
}

/** The plan of all classes of a series that have none of their own; `null` takes it away. Returns the classes that are open now and go by it. */
export async function setSeriesPlan(seriesId: string, plan: WorkoutPlan | null): Promise<string[]> {
  return await db.$transaction(async (tx) => {
    await tx.classSeries.update({ where: { id: seriesId }, data: { plan: stored(plan) } })
    const open = await tx.liveClass.findMany({ where: { seriesId, status: { in: [...OPEN] }, plan: { equals: Prisma.AnyNull } }, select: { id: true } })
    return open.map(({ id }) => id)
  })
}

/** For this occurrence only; `null` goes back to the series' plan. */
export async function setClassPlan(tx: Db, classId: string, plan: WorkoutPlan | null): Promise<void> {
  await tx.liveClass.update({ where: { id: classId }, data: { plan: stored(plan) } })
}

const stored = (plan: WorkoutPlan | null) => plan ?? Prisma.DbNull
