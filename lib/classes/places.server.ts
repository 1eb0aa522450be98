import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { log } from '@/lib/platform/log.server'
import { decidePlaces, HOLD_MS, type PlaceFacts, type Places } from './booking'
import { bookingPromoted } from './class-event'
import { openDoor } from './open-door.server'

/** A class whose row is locked: places are counted, given and taken back under this lock, so never two at once. */
export type LockedClass = {
  readonly classId: string
  readonly hostId: string
  /** The occurrence's own, else the series'. */
  readonly capacity: number
  readonly status: 'scheduled' | 'open' | 'live' | 'ended' | 'cancelled'
  readonly startsAt: Date
  readonly closedAt: Date | null
  readonly eachToEach: boolean
}
/** How full a class is, for those who show it. */
export type PlaceCount = { readonly capacity: number; readonly booked: number; readonly waiting: number }
/** `news`: the count that the room should hear; null when nobody need be told. */
export type WithNews<T> = { readonly result: T; readonly news: PlaceCount | null }
type Promoted = { readonly bookingId: string; readonly promotedAt: number }

/**
 * The one way to change who has a place. `fresh`: a booking that `change` made. `joining`: that somebody expected is here now is told
 * by their coming in. Opens the door where it is due, gives what is free to the line before `change` and again after
 * it, all in one transaction, and tells those who came up once it has been committed. Throws `not_found`, and what `change` throws.
 */
export async function changePlaces<T>(
  classId: string,
  change: (tx: Db, liveClass: LockedClass) => Promise<T>,
  { fresh, joining = false }: { fresh?: (result: T) => string | undefined; joining?: boolean } = {},
): Promise<WithNews<T>> {
  const done = await db.$transaction(async (tx) => {
    const locked = await lockClass(tx, classId)
    const liveClass = (await openDoor(tx, classId)) ? { ...locked, status: 'open' as const } : locked
    const before = await settle(tx, liveClass)
    const result = await change(tx, liveClass)
    const after = await settle(tx, await lockClass(tx, classId), fresh?.(result))
    const told = isRunning(liveClass) && isNews(before.was, after.count, joining)
    return { result, news: told ? after.count : null, promoted: [...before.promoted, ...after.promoted] }
  })
  await tellPromoted(done.promoted)
  return { result: done.result, news: done.news }
}

/** The same with no change of its own: what time alone has brought about. */
export const settlePlaces = async (classId: string): Promise<PlaceCount | null> => (await changePlaces(classId, async () => undefined)).news

const isNews = (was: PlaceCount, is: PlaceCount, joining: boolean): boolean =>
  was.capacity !== is.capacity || was.waiting !== is.waiting || (!joining && was.booked !== is.booked)

async function lockClass(tx: Db, classId: string): Promise<LockedClass> {
  const [row] = await tx.$queryRaw<LockedClass[]>`
    select c.id as "classId", s."hostId", coalesce(c.capacity, s.capacity) as capacity, c.status::text, c."startsAt", c."closedAt",
           s."eachToEach"
    from classes c join class_series s on s.id = c."seriesId"
    where c.id = ${classId} for update of c`
  if (!row) throw new AppError('not_found', 'There is no such class. Check the link.')
  return row
}

export const isRunning = ({ status, closedAt }: Pick<LockedClass, 'status' | 'closedAt'>): boolean =>
  closedAt === null && (status === 'open' || status === 'live')
/** Places are given until the workout is over. */
export const givesPlaces = (liveClass: Pick<LockedClass, 'status' | 'closedAt'>): boolean =>
  isRunning(liveClass) || (liveClass.status === 'scheduled' && liveClass.closedAt === null)

export async function readFacts(tx: Db, liveClass: Omit<LockedClass, 'hostId' | 'eachToEach'>): Promise<PlaceFacts> {
  const { classId, capacity, startsAt } = liveClass
  const seats = await tx.participant.findMany({
    where: { classId, role: 'member' },
    select: { personId: true, leftAt: true, removedAt: true },
  })
  const bookings = await tx.booking.findMany({ where: { classId, status: { not: 'cancelled' } } })
  return {
    capacity,
    open: isRunning(liveClass),
    startsAt: startsAt.getTime(),
    seats: seats.map(({ personId, leftAt, removedAt }) => ({ personId, leftAt: leftAt?.getTime() ?? null, removed: removedAt !== null })),
    bookings: bookings.map(({ id, personId, status, askedAt, heldUntil }) => ({
      bookingId: id,
      personId,
      status: status === 'booked' ? 'booked' : 'waiting',
      askedAt: askedAt.getTime(),
      heldUntil: heldUntil?.getTime() ?? null,
    })),
  }
}

export const countOf = (facts: PlaceFacts, { expected, line }: Places): PlaceCount => ({
  capacity: facts.capacity,
  booked: expected,
  waiting: line.length,
})

/**
 * Writes down what `decidePlaces` says. `fresh`: a booking made in this transaction; getting a place at once is no promotion.
 * `was`: the count as people last saw it, before anything was decided here.
 */
async function settle(tx: Db, liveClass: LockedClass, fresh?: string): Promise<{ was: PlaceCount; count: PlaceCount; promoted: Promoted[] }> {
  const facts = await readFacts(tx, liveClass)
  const at = now()
  const places = decidePlaces(facts, at)
  const waiting = facts.bookings.filter(({ status }) => status === 'waiting').length
  const was = { capacity: facts.capacity, booked: places.expected - places.promote.length + places.giveUp.length, waiting }
  if (!givesPlaces(liveClass) || places.promote.length === 0) return { was, count: countOf(facts, places), promoted: [] }
  await tx.booking.updateMany({ where: { id: { in: [...places.giveUp] } }, data: { status: 'cancelled' } })
  const held = { status: 'booked', heldUntil: facts.open ? new Date(at + HOLD_MS) : null } as const
  const promoted = places.promote.filter((id) => id !== fresh)
  await tx.booking.updateMany({ where: { id: { in: promoted } }, data: { ...held, promotedAt: new Date(at) } })
  if (fresh !== undefined && places.promote.includes(fresh)) await tx.booking.update({ where: { id: fresh }, data: held })
  return { was, count: countOf(facts, places), promoted: promoted.map((bookingId) => ({ bookingId, promotedAt: at })) }
}

/** The promotion stands whatever the runner says; the sweep says it again under the same id. */
export async function tellPromoted(promoted: readonly Promoted[]): Promise<void> {
  for (const { bookingId, promotedAt } of promoted) {
    try {
      await emit(bookingPromoted, { bookingId }, `booking-promoted:${bookingId}:${promotedAt}`)
    } catch (error) {
      log.warn({ err: error, bookingId }, 'a promotion could not be said')
    }
  }
}
