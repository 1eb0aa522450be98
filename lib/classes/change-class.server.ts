import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db, type Prisma } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { type ClassCard, classCard } from './class-card.server'
import { classCancelled, classMoved } from './class-event'
import { lockSeries, recurrenceOf, type SeriesRow } from './make-occurrences.server'
import { instantOf, occurrencesBetween, type Recurrence, restOfRule, shiftRule, wallTimeOf } from './recurrence'
import { type News, NO_NEWS, reschedule, tell } from './reschedule.server'
import { type ClassChange, MAX_EACH_TO_EACH, TOO_MANY_FOR_EACH } from './series'

type ClassRow = Prisma.LiveClassGetPayload<Record<never, never>>

const PAST = 'Choose a day and a time that are still to come.'

/** Throws `not_found`, `conflict` for a class that has begun, `class_cancelled`, `invalid_input` for a time that is past. */
export async function changeClass(classId: string, { scope, startsOn, localStart, ...own }: ClassChange): Promise<ClassCard> {
  const news = await db.$transaction(async (tx) => {
    const { row, series } = await lockDate(tx, classId)
    if (row.status === 'cancelled') throw new AppError('class_cancelled', 'This class is cancelled. Bring it back first.')
    if (row.status !== 'scheduled') throw new AppError('conflict', 'The door of this class is open already.')
    const recurrence = recurrenceOf(series)
    const retimed = startsOn !== undefined || localStart !== undefined
    const timeAfter = (wall: string): string => `${startsOn ?? wall.slice(0, 10)}T${localStart ?? wall.slice(11)}`
    if (scope === 'following' && recurrence?.rule && row.occurrence !== null) {
      const wall = retimed ? timeAfter(row.occurrence) : row.occurrence
      if (retimed) requireToCome(instantOf(wall, series.timezone))
      return await changeFollowing(tx, { row, series, own, next: followingOf(recurrence, row.occurrence, wall), retimed })
    }
    const startsAt = retimed ? instantOf(timeAfter(wallTimeOf(row.startsAt.getTime(), series.timezone)), series.timezone) : row.startsAt.getTime()
    if (retimed) requireToCome(startsAt)
    return await changeThis(tx, { row, series, own, startsAt })
  })
  await tell(news)
  const row = await db.liveClass.findUniqueOrThrow({ where: { id: classId }, include: { series: true } })
  return classCard(row, row.series)
}

/**
 * Off, with what the trainer says about it. The date keeps its row, its bookings and its name in the rule, so that nothing makes it anew.
 * Again: the same answer, and the news under the same id. `wasOpen`: people may be behind the door. Throws `not_found`, `conflict`.
 */
export async function cancelClass(classId: string, note: string): Promise<{ wasOpen: boolean }> {
  const { wasOpen, cancelledAt } = await db.$transaction(async (tx) => {
    const { row, series } = await lockDate(tx, classId)
    if (row.status === 'cancelled') return { wasOpen: false, cancelledAt: row.cancelledAt }
    const at = new Date(now())
    const wasOpen = row.status === 'open'
    const { count } = await tx.liveClass.updateMany({
      where: { id: classId, OR: [{ status: 'scheduled' }, { status: 'open', workoutStartedAt: null }] },
      data: { status: 'cancelled', cancelledAt: at, cancelNote: note || null, ...(wasOpen ? { closedAt: at } : {}) },
    })
    if (count === 0) throw new AppError('conflict', 'This class has begun. End it in the room.')
    await touch(tx, series.id)
    return { wasOpen, cancelledAt: at }
  })
  await emit(classCancelled, { classId }, `class-cancelled:${classId}:${cancelledAt?.getTime() ?? 0}`)
  return { wasOpen }
}

/** On again, while it is still to come; whoever was told that it is off hears the time once more. Throws `not_found`, `conflict`. */
export async function restoreClass(classId: string): Promise<void> {
  const startsAt = await db.$transaction(async (tx) => {
    const { row, series } = await lockDate(tx, classId)
    if (row.status === 'scheduled') return undefined
    if (row.status !== 'cancelled' || row.plannedEndAt.getTime() <= now()) throw new AppError('conflict', 'This date is past.')
    await tx.liveClass.update({ where: { id: classId }, data: { status: 'scheduled', cancelledAt: null, cancelNote: null, closedAt: null } })
    await touch(tx, series.id)
    return row.startsAt.getTime()
  })
  if (startsAt !== undefined) await emit(classMoved, { classId }, `class-restored:${classId}:${now()}`)
}

type Own = Pick<ClassChange, 'title' | 'durationMin' | 'capacity'>
type This = { row: ClassRow; series: SeriesRow; own: Own; startsAt: number }
type Following = { row: ClassRow; series: SeriesRow; own: Own; next: Recurrence; retimed: boolean }

async function changeThis(tx: Db, { row, series, own, startsAt }: This): Promise<News> {
  const ends = startsAt + (own.durationMin ?? row.durationMin ?? series.durationMin) * 60_000
  await tx.liveClass.update({ where: { id: row.id }, data: { ...own, startsAt: new Date(startsAt), plannedEndAt: new Date(ends) } })
  await touch(tx, series.id)
  return startsAt === row.startsAt.getTime() ? NO_NEWS : { moved: [{ classId: row.id, startsAt }], cancelled: [] }
}

async function changeFollowing(tx: Db, { row, series, own, next, retimed }: Following): Promise<News> {
  const from = instantOf(row.occurrence ?? '', series.timezone)
  // What was stays what it was: earlier dates take the old answers as their own.
  for (const name of ['title', 'durationMin', 'capacity'] as const) {
    if (own[name] === undefined) continue
    await tx.liveClass.updateMany({ where: { seriesId: series.id, [name]: null, startsAt: { lt: row.startsAt } }, data: { [name]: series[name] } })
    await tx.liveClass.update({ where: { id: row.id }, data: { [name]: null } })
  }
  const changed = await tx.classSeries.update({ where: { id: series.id }, data: own })
  if (changed.eachToEach && changed.capacity > MAX_EACH_TO_EACH) throw new AppError('invalid_input', TOO_MANY_FOR_EACH, { capacity: TOO_MANY_FOR_EACH })
  return await reschedule(tx, changed, next, { from, ...(retimed ? { anew: row.id } : {}) })
}

/** The rule from this date on: at the new time, on the new day, and with what is left of a count. */
function followingOf(old: Recurrence & { rule: string | null }, occurrence: string, wall: string): Recurrence {
  const from = instantOf(occurrence, old.timezone)
  const used = occurrencesBetween(old, instantOf(`${old.startsOn}T00:00`, old.timezone), from).length
  const rule = shiftRule(restOfRule(old.rule ?? '', used), occurrence.slice(0, 10), wall.slice(0, 10))
  if (rule === null) {
    const message = 'Change the days of this series in its settings, or only this date.'
    throw new AppError('invalid_input', message, { startsOn: message })
  }
  return { startsOn: wall.slice(0, 10), localStart: wall.slice(11), rule, timezone: old.timezone }
}

/** The row of a date, with its series locked against the job and other changes. Throws `not_found`. */
async function lockDate(tx: Db, classId: string): Promise<{ row: ClassRow; series: SeriesRow }> {
  const found = await tx.liveClass.findUnique({ where: { id: classId }, select: { seriesId: true } })
  if (!found) throw new AppError('not_found', 'There is no such class.')
  const series = await lockSeries(tx, found.seriesId)
  // Read again: until the lock was given, the date may have become another.
  const row = await tx.liveClass.findUnique({ where: { id: classId } })
  if (!row) throw new AppError('not_found', 'There is no such class.')
  return { row, series }
}

function requireToCome(startsAt: number): void {
  if (startsAt <= now()) throw new AppError('invalid_input', PAST, { startsOn: PAST })
}

/** A change of one date is a new edition of the series' calendar file. */
const touch = (tx: Db, seriesId: string) => tx.classSeries.update({ where: { id: seriesId }, data: { updatedAt: new Date(now()) } })
