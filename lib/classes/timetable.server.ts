import 'server-only'
import { now } from '@/lib/platform/clock'
import { db, type Prisma } from '@/lib/platform/db.server'
import { type ClassCard, classCard, type SeriesCard, seriesCard, withHost } from './class-card.server'
import { wallTimeOf } from './recurrence'

/** One line of a timetable: a date, what it is a date of, and how many have booked. */
export type TimetableRow = {
  readonly series: SeriesCard
  readonly liveClass: ClassCard
  readonly booked: number
  /** On the wall clock of the series: `2026-11-26T18:30`. */
  readonly wall: string
}

const withSeries = { series: { include: withHost }, _count: { select: { bookings: { where: { status: 'booked' } } } } } satisfies Prisma.LiveClassInclude
const rowOf = (row: Prisma.LiveClassGetPayload<{ include: typeof withSeries }>): TimetableRow => ({
  series: seriesCard(row.series),
  liveClass: classCard(row, row.series),
  booked: row._count.bookings,
  wall: wallTimeOf(row.startsAt.getTime(), row.series.timezone),
})

const TWO_WEEKS_MS = 15 * 86_400_000

/** What runs now, and the dates of today and the next two weeks with those that are cancelled, the earliest first. */
export async function getTimetable(hostId: string): Promise<{ live: TimetableRow[]; upcoming: TimetableRow[] }> {
  const rows = await db.liveClass.findMany({
    where: {
      series: { hostId },
      OR: [
        { status: { in: ['open', 'live'] } },
        { status: { in: ['scheduled', 'cancelled'] }, plannedEndAt: { gt: new Date(now()) }, startsAt: { lt: new Date(now() + TWO_WEEKS_MS) } },
      ],
    },
    include: withSeries,
    orderBy: { startsAt: 'asc' },
  })
  const runs = ({ liveClass }: TimetableRow) => liveClass.status === 'open' || liveClass.status === 'live'
  const all = rows.map(rowOf)
  return { live: all.filter(runs), upcoming: all.filter((row) => !runs(row)) }
}

/** Classes that are over, the newest first. `before`: a start in UTC ms to go on from; `older`: the next one to go on from, or null. */
export async function listPastClasses(hostId: string, take: number, before?: number): Promise<{ rows: TimetableRow[]; older: number | null }> {
  const found = await db.liveClass.findMany({
    where: { series: { hostId }, status: 'ended', ...(before === undefined ? {} : { startsAt: { lt: new Date(before) } }) },
    include: withSeries,
    orderBy: { startsAt: 'desc' },
    take: take + 1,
  })
  const rows = found.slice(0, take).map(rowOf)
  return { rows, older: found.length > take ? (rows.at(-1)?.liveClass.startsAt ?? null) : null }
}

/** The dates of one series that are still to come, cancelled ones too. */
export async function listDates(seriesId: string): Promise<TimetableRow[]> {
  const rows = await db.liveClass.findMany({
    where: { seriesId, status: { in: ['scheduled', 'cancelled'] }, plannedEndAt: { gt: new Date(now()) } },
    include: withSeries,
    orderBy: { startsAt: 'asc' },
  })
  return rows.map(rowOf)
}

const SHOWN = 4

/** For the permanent link: the next four dates, and the cancelled ones that people would have come to before the first of them. */
export async function getUpcoming(seriesId: string): Promise<{ dates: ClassCard[]; cancelled: ClassCard[] }> {
  const rows = (await listDates(seriesId)).map(({ liveClass }) => liveClass)
  const dates = rows.filter(({ status }) => status === 'scheduled').slice(0, SHOWN)
  const next = dates[0]
  const cancelled = rows.filter(({ status, startsAt }) => status === 'cancelled' && (next === undefined || startsAt < next.startsAt))
  return { dates, cancelled: cancelled.slice(0, SHOWN) }
}
