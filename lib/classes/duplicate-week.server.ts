import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { addDays, instantOf, wallTimeOf } from './recurrence'

const WEEK_MS = 7 * 86_400_000
/** A class that was started by hand at 18:31 is the one of half past six. */
const ROUND_MS = 5 * 60_000

/**
 * Makes each class of the last seven days that no rule repeats once more, a week later at the same local time, under the same permanent
 * link. One that is there already is left, so pressing twice changes nothing; one that was cancelled is not copied.
 */
export async function duplicateLastWeek(hostId: string): Promise<{ made: number; existed: number }> {
  const at = now()
  const classes = await db.liveClass.findMany({
    where: { series: { hostId, rule: null }, status: { not: 'cancelled' }, startsAt: { gte: new Date(at - WEEK_MS), lt: new Date(at) } },
    include: { series: { select: { timezone: true } } },
    orderBy: { startsAt: 'asc' },
  })
  const rows = classes.flatMap((row) => {
    const wall = wallTimeOf(Math.round(row.startsAt.getTime() / ROUND_MS) * ROUND_MS, row.series.timezone)
    const occurrence = `${addDays(wall.slice(0, 10), 7)}${wall.slice(10)}`
    const startsAt = instantOf(occurrence, row.series.timezone)
    const { seriesId, title, durationMin, capacity } = row
    const length = row.plannedEndAt.getTime() - row.startsAt.getTime()
    return startsAt <= at
      ? []
      : [{ id: newId('cls'), seriesId, ...(row.plan === null ? {} : { plan: row.plan }), title, durationMin, capacity, status: 'scheduled' as const, occurrence, startsAt: new Date(startsAt), plannedEndAt: new Date(startsAt + length) }]
  })
  const { count } = await db.liveClass.createMany({ data: rows, skipDuplicates: true })
  return { made: count, existed: rows.length - count }
}
