import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db, type Prisma } from '@/lib/platform/db.server'
import { changePlaces, isRunning, type PlaceCount } from './places.server'

/** One person in one class, as the server knows them. */
export type Seat = {
  readonly participantId: string
  readonly personId: string
  readonly classId: string
  readonly role: 'host' | 'member'
  readonly name: string
  readonly seat: number
  readonly cameraReach: 'nobody' | 'trainer' | 'everyone'
  readonly heartRateReach: 'me' | 'trainer' | 'everyone' | null
  readonly left: boolean
  readonly removed: boolean
  readonly joinedAt: number
  /** Since when the hand is up, UTC ms. */
  readonly handRaisedAt: number | null
  /** Grows with each change: of two descriptions of one person the newer. */
  readonly revision: number
}

export type SeatRow = Prisma.ParticipantGetPayload<Record<never, never>>
export const seatOf = (row: SeatRow): Seat => ({
  participantId: row.id,
  personId: row.personId,
  classId: row.classId,
  role: row.role,
  name: row.name,
  seat: row.seat,
  cameraReach: row.cameraReach,
  heartRateReach:
    row.heartRateReach === 'me' || row.heartRateReach === 'trainer' || row.heartRateReach === 'everyone' ? row.heartRateReach : null,
  left: row.leftAt !== null,
  removed: row.removedAt !== null,
  joinedAt: row.firstSeenAt.getTime(),
  handRaisedAt: row.handRaisedAt?.getTime() ?? null,
  revision: row.revision,
})

export async function findSeat(classId: string, personId: string): Promise<Seat | undefined> {
  const row = await db.participant.findUnique({ where: { classId_personId: { classId, personId } } })
  return row ? seatOf(row) : undefined
}

/** Everybody who was not removed, in seat order. */
export async function listSeats(classId: string): Promise<Seat[]> {
  const rows = await db.participant.findMany({ where: { classId, removedAt: null }, orderBy: { seat: 'asc' } })
  return rows.map(seatOf)
}

/** A member of this class by id. Throws `not_found` for another class's or the host. */
export async function getMember(classId: string, participantId: string): Promise<Seat> {
  const row = await db.participant.findFirst({ where: { id: participantId, classId, role: 'member' } })
  if (!row) throw new AppError('not_found', 'This person is not in the class.')
  return seatOf(row)
}

export type SeatChange = {
  cameraReach?: Seat['cameraReach'] | undefined
  heartRateReach?: 'me' | 'trainer' | 'everyone' | undefined
  name?: string | undefined
}

/** A member's own choices. The class can only narrow: "everyone" in a class that shares with the trainer becomes "trainer". */
export async function changeSeat(seat: Seat, change: SeatChange): Promise<Seat> {
  const { series } = await db.liveClass.findUniqueOrThrow({
    where: { id: seat.classId },
    select: { series: { select: { heartRateReach: true, eachToEach: true } } },
  })
  const heartRateReach = change.heartRateReach === 'everyone' ? series.heartRateReach : change.heartRateReach
  const cameraReach = change.cameraReach && allowedReach(change.cameraReach, series)
  return seatOf(await db.participant.update({ where: { id: seat.participantId }, data: { ...change, heartRateReach, cameraReach } }))
}

/** "Everyone" means the trainer in a class whose members do not see each other. */
export const allowedReach = (wanted: Seat['cameraReach'], { eachToEach }: { eachToEach: boolean }): Seat['cameraReach'] =>
  wanted === 'everyone' && !eachToEach ? 'trainer' : wanted

/**
 * They said goodbye, on this screen. The place stays theirs for a minute, then it goes to the first in line, and stays theirs while nobody
 * wants it. A connection that is merely lost is not this, and costs nobody a place.
 */
export async function leaveClass(seat: Seat, screenId: string): Promise<{ readonly seat: Seat; readonly news: PlaceCount | null }> {
  const { result, news } = await changePlaces(seat.classId, async (tx, liveClass) => {
    const where = { id: seat.participantId }
    await tx.participant.updateMany({ where: { ...where, leftAt: null }, data: { leftAt: new Date(now()), handRaisedAt: null } })
    if (isRunning(liveClass)) await dropBooking(tx, seat)
    // Of two screens the last goodbye counts, and the first time.
    return seatOf(await tx.participant.update({ where, data: { leftScreenId: screenId } }))
  })
  return { seat: result, news }
}

/** Up or down; undefined when it was so already, and a hand that is up keeps its place in the line. */
export async function setHand(participantId: string, raised: boolean): Promise<Seat | undefined> {
  const { count } = await db.participant.updateMany({
    where: { id: participantId, handRaisedAt: raised ? null : { not: null } },
    data: { handRaisedAt: raised ? new Date(now()) : null },
  })
  return count === 0 ? undefined : seatOf(await db.participant.findUniqueOrThrow({ where: { id: participantId } }))
}

/** Puts one member before everybody's eyes, or nobody. */
export async function spotlight(classId: string, participantId: string | null): Promise<void> {
  if (participantId !== null && (await getMember(classId, participantId)).removed)
    throw new AppError('not_found', 'This person is not in the class.')
  await db.liveClass.update({ where: { id: classId }, data: { spotlightId: participantId } })
}

/**
 * By the trainer; may not come back to this class, and the place is free at once. What they recorded stays theirs. The class's epoch is
 * raised with it, so that no pass to the room's channel outlives the removal; null when they were removed before.
 */
export async function removeFromClass(
  classId: string,
  participantId: string,
): Promise<{ readonly epoch: number | null; readonly news: PlaceCount | null }> {
  const member = await getMember(classId, participantId)
  if (member.removed) return { epoch: null, news: null }
  const { news, result } = await changePlaces(classId, async (tx) => {
    const { count } = await tx.participant.updateMany({
      where: { id: participantId, removedAt: null },
      data: { removedAt: new Date(now()), handRaisedAt: null },
    })
    if (count === 0) return null
    await tx.liveClass.updateMany({ where: { id: classId, spotlightId: participantId }, data: { spotlightId: null } })
    await dropBooking(tx, member)
    return await raiseEpoch(classId, tx)
  })
  return { epoch: result, news }
}

/** No pass to the room's channels outlives this: everybody goes on to new ones, and asks again. Returns the new epoch. */
export async function raiseEpoch(classId: string, tx: Db): Promise<number> {
  const { epoch } = await tx.liveClass.update({ where: { id: classId }, data: { epoch: { increment: 1 } }, select: { epoch: true } })
  return epoch
}

const dropBooking = (tx: Db, { classId, personId }: Seat) =>
  tx.booking.updateMany({ where: { classId, personId }, data: { status: 'cancelled', heldUntil: null } })

/** A screen of theirs is alive. The host's keeps an overtime class from being closed as abandoned. */
export async function markSeen(seat: Pick<Seat, 'participantId' | 'classId' | 'role'>): Promise<void> {
  const at = new Date(now())
  await db.participant.update({ where: { id: seat.participantId }, data: { lastSeenAt: at } })
  if (seat.role === 'host') await db.liveClass.update({ where: { id: seat.classId }, data: { hostSeenAt: at } })
}
