import 'server-only'
import { env } from '@/lib/platform/env.server'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { calendarFile } from './calendar'
import { classCard, withHost } from './class-card.server'
import { STRAPS_AND_IPHONES } from './invite'
import { recurrenceOf } from './make-occurrences.server'

/** Dates that are long past are nobody's calendar any more. */
const KEPT_MS = 30 * 86_400_000

/** The calendar file behind a permanent link; undefined for a link that leads nowhere. */
export async function findCalendar(slug: string): Promise<string | undefined> {
  const series = await db.classSeries.findUnique({ where: { slug: slug.toLowerCase() }, include: withHost })
  if (!series) return undefined
  const rows = await db.liveClass.findMany({
    where: { seriesId: series.id, occurrence: { not: null }, startsAt: { gt: new Date(now() - KEPT_MS) } },
    orderBy: { startsAt: 'asc' },
  })
  const { id, title, durationMin, timezone, createdAt, updatedAt } = series
  const of = { seriesId: id, title, durationMin, timezone, hostName: series.host.name, url: `${env().APP_URL}/c/${series.slug}`, description: STRAPS_AND_IPHONES }
  return calendarFile(
    { ...of, recurrence: recurrenceOf(series) ?? null, createdAt: createdAt.getTime(), changedAt: updatedAt.getTime() },
    rows.map((row) => ({ ...classCard(row, series), cancelled: row.status === 'cancelled' })),
  )
}
