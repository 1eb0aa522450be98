import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db, type Prisma } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { nextOccurrence, occurrencesBetween, type Occurrence, type Recurrence } from './recurrence'

export const MADE_AHEAD_MS = 8 * 7 * 86_400_000

export type SeriesRow = Prisma.ClassSeriesGetPayload<Record<never, never>>

/** When a series is; undefined for one whose classes the trainer starts by hand. */
export const recurrenceOf = (series: SeriesRow): Recurrence | undefined =>
  series.startsOn === null || series.localStart === null
    ? undefined
    : { startsOn: series.startsOn, localStart: series.localStart, rule: series.rule, timezone: series.timezone }

/** Nobody else makes, moves or re-times the dates of this series until the transaction ends. */
async function findLocked(tx: Db, seriesId: string): Promise<SeriesRow | null> {
  await tx.$queryRaw`select id from class_series where id = ${seriesId} for update`
  return await tx.classSeries.findUnique({ where: { id: seriesId } })
}

/** The same; throws `not_found`. */
export async function lockSeries(tx: Db, seriesId: string): Promise<SeriesRow> {
  const series = await findLocked(tx, seriesId)
  if (!series) throw new AppError('not_found', 'There is no such class.')
  return series
}

/** Eight weeks of dates, and at least the next one, so that the permanent link always knows it. */
export function datesToMake(recurrence: Recurrence, from: number): Occurrence[] {
  const dates = occurrencesBetween(recurrence, from, from + MADE_AHEAD_MS)
  if (dates.length > 0) return dates
  const next = nextOccurrence(recurrence, from)
  return next ? [next] : []
}

/**
 * Makes the rows that are missing, under `lockSeries`. A date that was moved, changed or cancelled has its row under its own name
 * (`occurrence`) and is left as it is.
 */
export async function makeOccurrencesOf(tx: Db, series: SeriesRow, from = now()): Promise<number> {
  const recurrence = recurrenceOf(series)
  if (!recurrence) return 0
  const { count } = await tx.liveClass.createMany({
    data: datesToMake(recurrence, from).map(({ occurrence, startsAt }) => ({
      id: newId('cls'),
      seriesId: series.id,
      status: 'scheduled' as const,
      occurrence,
      startsAt: new Date(startsAt),
      plannedEndAt: new Date(startsAt + series.durationMin * 60_000),
    })),
    skipDuplicates: true,
  })
  return count
}

const AT_ONCE = 200

/** The job: every series that repeats, one short transaction each, so that trainers do not wait for one another. */
export async function makeOccurrences(): Promise<{ series: number; made: number }> {
  const done = { series: 0, made: 0 }
  for (let after = ''; ; ) {
    const page = await db.classSeries.findMany({
      where: { rule: { not: null }, localStart: { not: null }, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
      select: { id: true },
    })
    for (const { id } of page) done.made += await db.$transaction((tx) => makeForOne(tx, id))
    done.series += page.length
    const last = page.at(-1)
    if (!last) return done
    after = last.id
  }
}

/** A series that was deleted meanwhile has nothing to make. */
async function makeForOne(tx: Db, seriesId: string): Promise<number> {
  const series = await findLocked(tx, seriesId)
  return series ? await makeOccurrencesOf(tx, series) : 0
}
