import 'server-only'
import { now } from '@/lib/platform/clock'
import type { Db, Prisma } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { classCancelled, classMoved } from './class-event'
import { MADE_AHEAD_MS, makeOccurrencesOf, type SeriesRow } from './make-occurrences.server'
import { instantOf, occurrencesBetween, pairOccurrences, type Recurrence } from './recurrence'

/** What people must hear once the change stands. The id of each piece of news is stable: said twice, it is heard once. */
export type News = { readonly moved: ReadonlyArray<{ classId: string; startsAt: number }>; readonly cancelled: readonly string[] }
export const NO_NEWS: News = { moved: [], cancelled: [] }

export async function tell({ moved, cancelled }: News): Promise<void> {
  for (const { classId, startsAt } of moved) await emit(classMoved, { classId }, `class-moved:${classId}:${startsAt}`)
  for (const classId of cancelled) await emit(classCancelled, { classId }, `class-cancelled:${classId}`)
}

const withBooked = { _count: { select: { bookings: { where: { status: { in: ['booked', 'waiting'] } } } } } } satisfies Prisma.LiveClassInclude
type Row = Prisma.LiveClassGetPayload<{ include: typeof withBooked }>

/**
 * The same series from here on by another rule, under `lockSeries`. `before` is the series as it was. Each date from `from` (UTC ms, by
 * the old rule) on becomes its successor by the new one (`pairOccurrences`) and keeps its id, so bookings stay attached. A date that was
 * moved or cancelled alone stays moved or cancelled, under its successor's name, so that the rule does not make it anew; `anew` is the
 * one date for which that is not so. A date without a successor goes, or is cancelled where
 * people had booked it. `next` null: no dates at all.
 */
export async function reschedule(tx: Db, before: SeriesRow, next: Recurrence | null, of: { from: number; anew?: string }): Promise<News> {
  const series = await tx.classSeries.update({
    where: { id: before.id },
    data: { startsOn: next?.startsOn ?? null, localStart: next?.localStart ?? null, rule: next?.rule ?? null, timezone: next?.timezone ?? before.timezone },
  })
  const rows = await tx.liveClass.findMany({ where: { seriesId: series.id, occurrence: { not: null } }, include: withBooked, orderBy: { startsAt: 'asc' } })
  const ruled = (row: Row): number => instantOf(row.occurrence ?? '', before.timezone)
  const affected = rows.filter((row) => (row.status === 'scheduled' || row.status === 'cancelled') && ruled(row) >= of.from)
  const kept = new Set(rows.filter((row) => !affected.includes(row)).map((row) => row.occurrence))
  const horizon = Math.max(now() + MADE_AHEAD_MS, ...affected.map((row) => ruled(row) + 8 * 86_400_000))
  const dates = next ? occurrencesBetween(next, now(), horizon).filter(({ occurrence }) => !kept.has(occurrence)) : []
  const startsAt = new Map(dates.map((date) => [date.occurrence, date.startsAt]))
  const pairs = pairOccurrences(affected.map((row) => row.occurrence ?? ''), [...startsAt.keys()])

  const moved: Array<{ classId: string; startsAt: number; booked: boolean }> = []
  const cancelled: string[] = []
  // Names are given back first, so that two dates may change places.
  await tx.liveClass.updateMany({ where: { id: { in: affected.map(({ id }) => id) } }, data: { occurrence: null } })
  for (const row of affected) {
    const name = pairs.get(row.occurrence ?? '') ?? null
    const at = name === null ? undefined : startsAt.get(name)
    if (name === null || at === undefined) {
      if (row.status === 'scheduled' && row._count.bookings === 0) await tx.liveClass.delete({ where: { id: row.id } })
      else if (row.status === 'scheduled') {
        await tx.liveClass.update({ where: { id: row.id }, data: { status: 'cancelled', cancelledAt: new Date(now()) } })
        cancelled.push(row.id)
      }
      continue
    }
    const alone = row.startsAt.getTime() !== ruled(row) && row.id !== of.anew
    const starts = alone ? row.startsAt.getTime() : at
    const ends = starts + (row.durationMin ?? series.durationMin) * 60_000
    await tx.liveClass.update({ where: { id: row.id }, data: { occurrence: name, startsAt: new Date(starts), plannedEndAt: new Date(ends) } })
    if (row.status === 'scheduled' && starts !== row.startsAt.getTime()) moved.push({ classId: row.id, startsAt: starts, booked: row._count.bookings > 0 })
  }
  await makeOccurrencesOf(tx, series)
  // One word for the whole change, on its first date, and one for each date that somebody counts on.
  return { moved: moved.filter(({ booked }, index) => index === 0 || booked), cancelled }
}
