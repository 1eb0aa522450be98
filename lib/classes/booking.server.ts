import 'server-only'
import type { Person } from '@/lib/accounts/caller.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { rejoinSeries } from './belonging.server'
import { type ClassLine, type ClassPlace, decidePlaces, DOOR_MS, holdsSeat, type Joining, MAX_LINE, opensAt, type Places } from './booking'
import { nameGuest } from './join.server'
import { openDoor } from './open-door.server'
import { changePlaces, givesPlaces, isRunning, type LockedClass, type PlaceCount, readFacts, settlePlaces, tellPromoted } from './places.server'
import { MAX_EACH_TO_EACH, TOO_MANY_FOR_EACH } from './series'

/** `guestOf`: the trainer who knows them by cookie; null for an account. */
export type Booked = { readonly personId: string; readonly guestOf: string | null; readonly news: PlaceCount | null }

/**
 * "I'm coming": a place, or where there is none a place at the end of the line. Again: keeps the turn, and takes the new name and camera
 * choice. Throws `not_found`, `class_cancelled`, `class_over`, `removed_from_class`, `class_full` when even the line is, and `conflict` for
 * the class's own trainer.
 */
export async function bookPlace(classId: string, caller: Person | undefined, joining: Joining): Promise<Booked> {
  const book = async (tx: Db, liveClass: LockedClass) => {
    requireBookable(liveClass)
    if (caller?.personId === liveClass.hostId) throw new AppError('conflict', 'You hold this class; your place is kept.')
    const guestOf = caller?.kind === 'account' ? null : liveClass.hostId
    const personId = await nameGuest(tx, liveClass.hostId, caller, joining.name)
    await rejoinSeries(tx, classId, personId)
    const of = { classId_personId: { classId, personId } }
    const seat = await tx.participant.findUnique({ where: of })
    if (seat?.removedAt) throw new AppError('removed_from_class', 'The trainer has removed you from this class.')
    const here = seat && holdsSeat({ personId, leftAt: seat.leftAt?.getTime() ?? null, removed: false }, now())
    if (here) return { personId, guestOf, bookingId: undefined }
    const own = await tx.booking.findUnique({ where: of })
    if (own && own.status !== 'cancelled') {
      await tx.booking.update({ where: { id: own.id }, data: joining })
      return { personId, guestOf, bookingId: undefined }
    }
    await requireShortLine(tx, classId)
    const asks = { ...joining, status: 'waiting', askedAt: await lastInLine(tx, classId), promotedAt: null, heldUntil: null } as const
    const row = await tx.booking.upsert({ where: of, create: { id: newId('bkg'), classId, personId, ...asks }, update: asks })
    return { personId, guestOf, bookingId: row.id }
  }
  const { result, news } = await changePlaces(classId, book, { fresh: ({ bookingId }) => bookingId })
  return { personId: result.personId, guestOf: result.guestOf, news }
}

/** Takes it back; whoever is first in line gets the place. Without a booking: nothing. */
export async function cancelBooking(classId: string, personId: string): Promise<PlaceCount | null> {
  const { news } = await changePlaces(classId, (tx) =>
    tx.booking.updateMany({ where: { classId, personId }, data: { status: 'cancelled', heldUntil: null } }),
  )
  return news
}

/** The number of places in this one class. More of them go to the line at once; fewer take a place from nobody. */
export async function setCapacity(classId: string, capacity: number): Promise<PlaceCount | null> {
  const { news } = await changePlaces(classId, async (tx, liveClass) => {
    requireBookable(liveClass)
    const { series } = await tx.liveClass.findUniqueOrThrow({ where: { id: classId }, select: { series: { select: { eachToEach: true } } } })
    if (series.eachToEach && capacity > MAX_EACH_TO_EACH) throw new AppError('invalid_input', TOO_MANY_FOR_EACH, { capacity: TOO_MANY_FOR_EACH })
    await tx.liveClass.update({ where: { id: classId }, data: { capacity } })
  })
  return news
}

/** Its trainer opens the room, however early. Again: nothing. Throws `class_cancelled`, `class_over`. */
export async function openRoomEarly(classId: string): Promise<void> {
  await changePlaces(classId, async (tx, liveClass) => {
    requireBookable(liveClass)
    await openDoor(tx, classId, { early: true })
  })
}

/** The class as this person finds it; what time alone has brought about (a door, a turn) is done first. Throws `not_found`. */
export async function findPlace(classId: string, personId: string | undefined): Promise<{ place: ClassPlace; news: PlaceCount | null }> {
  const seen = await readPlaces(classId)
  if (!isDue(seen)) return { place: await placeOf(seen, personId), news: null }
  const news = await settlePlaces(classId)
  return { place: await placeOf(await readPlaces(classId), personId), news }
}

/** The same as it stands, for drawing a page: nothing is done. */
export const readPlace = async (classId: string, personId: string | undefined): Promise<ClassPlace> =>
  await placeOf(await readPlaces(classId), personId)

/** For its trainer: who is booked and who waits, in their order. */
export async function readLine(classId: string): Promise<ClassLine> {
  const { facts, places } = await readPlaces(classId)
  const rows = await db.booking.findMany({ where: { classId, status: { not: 'cancelled' } }, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }] })
  const here = new Set(facts.seats.filter((seat) => holdsSeat(seat, now())).map(({ personId }) => personId))
  const waiting = new Set(places.line)
  const booked = rows.filter(({ id }) => !waiting.has(id) && !places.giveUp.includes(id))
  return {
    capacity: facts.capacity,
    taken: places.taken,
    booked: booked.map(({ id, name, personId }) => ({ bookingId: id, name, here: here.has(personId) })),
    waiting: rows.filter(({ id }) => waiting.has(id)).map(({ id, name }) => ({ bookingId: id, name })),
  }
}

/** How many stand in line. */
export const countWaiting = (classId: string, tx: Db = db): Promise<number> => tx.booking.count({ where: { classId, status: 'waiting' } })

/** Once a minute: opens doors, moves lines on, and says again what a runner that was away may have missed. */
export async function sweepPlaces(each: (classId: string) => Promise<unknown>): Promise<number> {
  const at = now()
  const due = await db.liveClass.findMany({
    where: {
      closedAt: null,
      OR: [
        { status: 'scheduled', startsAt: { lte: new Date(at + DOOR_MS) }, plannedEndAt: { gt: new Date(at) } },
        { status: { in: ['scheduled', 'open', 'live'] }, bookings: { some: { status: 'waiting' } } },
      ],
    },
    select: { id: true },
  })
  for (const { id } of due) await each(id)
  const promoted = await db.booking.findMany({ where: { status: 'booked', promotedAt: { gt: new Date(at - SAY_AGAIN_MS) } } })
  await tellPromoted(promoted.map(({ id, promotedAt }) => ({ bookingId: id, promotedAt: promotedAt?.getTime() ?? 0 })))
  return due.length
}
const SAY_AGAIN_MS = 3 * 60_000

type Seen = Awaited<ReturnType<typeof readPlaces>>
async function readPlaces(classId: string) {
  const row = await db.liveClass.findUnique({ where: { id: classId }, include: { series: { select: { capacity: true } } } })
  if (!row) throw new AppError('not_found', 'There is no such class. Check the link.')
  const { status, startsAt, plannedEndAt, closedAt } = row
  const liveClass = { classId, status, startsAt, closedAt, capacity: row.capacity ?? row.series.capacity }
  const facts = await readFacts(db, liveClass)
  return { liveClass, plannedEndAt, facts, places: decidePlaces(facts, now()) }
}

const isDue = ({ liveClass, plannedEndAt, places }: Seen): boolean =>
  (givesPlaces(liveClass) && places.promote.length > 0) ||
  (liveClass.status === 'scheduled' && opensAt(liveClass.startsAt.getTime()) <= now() && plannedEndAt.getTime() > now())

async function placeOf({ liveClass, facts, places }: Seen, personId: string | undefined): Promise<ClassPlace> {
  const startsAt = facts.startsAt
  return {
    door: doorOf(liveClass),
    opensAt: opensAt(startsAt),
    startsAt,
    capacity: facts.capacity,
    taken: places.taken,
    waiting: places.line.length,
    free: places.free,
    mine: personId === undefined ? { is: 'none' } : await mineOf(liveClass.classId, personId, facts.seats, places),
    serverNow: now(),
  }
}

const doorOf = (liveClass: Pick<LockedClass, 'status' | 'closedAt'>): ClassPlace['door'] => {
  if (liveClass.status === 'cancelled') return 'cancelled'
  return isRunning(liveClass) ? 'open' : givesPlaces(liveClass) ? 'shut' : 'over'
}

async function mineOf(classId: string, personId: string, seats: Seen['facts']['seats'], { line }: Places): Promise<ClassPlace['mine']> {
  const seat = seats.find((one) => one.personId === personId)
  if (seat?.removed) return { is: 'removed' }
  if (seat && holdsSeat(seat, now())) return { is: 'here' }
  const own = await db.booking.findUnique({ where: { classId_personId: { classId, personId } } })
  if (!own || own.status === 'cancelled') return { is: 'none' }
  const joining = { name: own.name, cameraReach: own.cameraReach }
  if (own.status === 'booked') return { is: 'booked', heldUntil: own.heldUntil?.getTime() ?? null, ...joining }
  return { is: 'waiting', position: line.indexOf(own.id) + 1, ...joining }
}

function requireBookable(liveClass: LockedClass): void {
  if (liveClass.status === 'cancelled') throw new AppError('class_cancelled', 'The trainer has cancelled this class.')
  if (!givesPlaces(liveClass)) throw new AppError('class_over', 'This class is over. The same link leads to the next one.')
}

async function requireShortLine(tx: Db, classId: string): Promise<void> {
  if ((await countWaiting(classId, tx)) >= MAX_LINE)
    throw new AppError('class_full', `${MAX_LINE} people wait for this class already. The same link leads to the next one.`)
}

/** Behind everybody, also when two ask in one millisecond. */
async function lastInLine(tx: Db, classId: string): Promise<Date> {
  const last = await tx.booking.findFirst({ where: { classId }, orderBy: { askedAt: 'desc' }, select: { askedAt: true } })
  return new Date(Math.max(now(), (last?.askedAt.getTime() ?? 0) + 1))
}
