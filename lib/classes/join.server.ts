import 'server-only'
import type { Person } from '@/lib/accounts/caller.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { rejoinSeries } from './belonging.server'
import { holdsSeat, type Joining } from './booking'
import { allowedReach, type Seat, seatOf, type SeatRow } from './participant.server'
import { changePlaces, type LockedClass, type PlaceCount } from './places.server'
import { takePlace } from './take-place.server'

export type { Joining }
/**
 * `first`: they were not in this class before. `guestOf`: the trainer who knows them by cookie; null for an account. `news`: how full
 * the class is now, where somebody waits to hear it.
 */
export type Joined = { readonly seat: Seat; readonly first: boolean; readonly guestOf: string | null; readonly news: PlaceCount | null }

/**
 * A place in a class, for an account, a guest that this trainer knows, or somebody new (`caller` undefined). Whoever has a place keeps
 * it and is never told full; whoever waits in line, or has given their place back, comes in when it is their turn. Throws `not_found`,
 * `class_cancelled`, `class_over`, `class_full`, `removed_from_class`, and `conflict` before the door opens.
 */
export async function joinClass(classId: string, caller: Person | undefined, wanted: Joining): Promise<Joined> {
  const join = async (tx: Db, liveClass: LockedClass) => {
    const joining = { ...wanted, cameraReach: allowedReach(wanted.cameraReach, liveClass) }
    const known = caller && (await tx.participant.findUnique({ where: { classId_personId: { classId, personId: caller.personId } } }))
    const guestOf = caller?.kind === 'account' ? null : liveClass.hostId
    if (known?.removedAt) throw new AppError('removed_from_class', 'The trainer has removed you from this class.')
    if (known) {
      requireOpenRoom(liveClass)
      await comeBackIn(tx, liveClass, known)
      await rejoinSeries(tx, classId, known.personId)
      const row = await tx.participant.update({ where: { id: known.id }, data: { ...choicesOf(known.role, joining), leftAt: null } })
      return { seat: seatOf(row), first: false, guestOf }
    }
    requireOpenDoor(liveClass)
    await takePlace(tx, liveClass, caller?.personId)
    const personId = await nameGuest(tx, liveClass.hostId, caller, joining.name)
    await rejoinSeries(tx, classId, personId)
    const seat = await lowestFreeSeat(tx, classId)
    const at = new Date(now())
    const row = await tx.participant.create({
      data: { id: newId('par'), classId, personId, role: 'member', seat, ...joining, firstSeenAt: at, lastSeenAt: at },
    })
    return { seat: seatOf(row), first: true, guestOf }
  }
  const { result, news } = await changePlaces(classId, join, { joining: true })
  return { ...result, news }
}

/** Who calls, under the name they gave: a stranger becomes a guest of this trainer, an account keeps its own. */
export async function nameGuest(tx: Db, hostId: string, caller: Person | undefined, name: string): Promise<string> {
  if (!caller) return (await tx.person.create({ data: { id: newId('per'), name, guestOfId: hostId } })).id
  if (caller.kind === 'guest') await tx.person.update({ where: { id: caller.personId }, data: { name } })
  return caller.personId
}

/**
 * Somebody who said goodbye is here again, unless their place has gone to another meanwhile; after the workout places count no more.
 * Undefined when they are here all along, by what is written now and not when the caller came. Throws `class_full`, `removed_from_class`,
 * and `conflict` for the very screen that said goodbye: what it asks now was on its way before.
 */
export async function returnToClass(
  { classId, participantId }: Pick<Seat, 'classId' | 'participantId'>,
  screenId: string,
): Promise<{ seat: Seat; news: PlaceCount | null } | undefined> {
  const where = { id: participantId }
  if ((await db.participant.findUniqueOrThrow({ where, select: { leftAt: true } })).leftAt === null) return undefined
  const { result, news } = await changePlaces(classId, async (tx, liveClass) => {
    const row = await tx.participant.findUniqueOrThrow({ where })
    if (row.removedAt) throw new AppError('removed_from_class', 'The trainer has removed you from this class.')
    if (row.leftAt !== null && row.leftScreenId === screenId) throw new AppError('conflict', 'This screen has said goodbye.')
    await comeBackIn(tx, liveClass, row)
    return seatOf(await tx.participant.update({ where, data: { leftAt: null } }))
  })
  return { seat: result, news }
}

async function comeBackIn(tx: Db, liveClass: LockedClass, row: SeatRow): Promise<void> {
  const keeps = holdsSeat({ personId: row.personId, leftAt: row.leftAt?.getTime() ?? null, removed: false }, now())
  if (keeps || row.role === 'host' || liveClass.status === 'ended') return
  await takePlace(tx, liveClass, row.personId)
}

function requireOpenRoom({ status, closedAt }: LockedClass): void {
  if (status === 'cancelled') throw new AppError('class_cancelled', 'The trainer has cancelled this class.')
  if (closedAt !== null) throw new AppError('class_over', 'This class is over. The same link leads to the next one.')
}

/** Newcomers come while there is a workout; whoever was in may come back for the talk. */
function requireOpenDoor(liveClass: LockedClass): void {
  requireOpenRoom(liveClass)
  if (liveClass.status === 'ended') throw new AppError('class_over', 'This class is over. The same link leads to the next one.')
  if (liveClass.status === 'scheduled')
    throw new AppError('conflict', 'The door is not open yet. It opens 15 minutes before the class starts.')
}

/** Seats of those who left stay theirs, so that a returning member is where the trainer looks for them. */
async function lowestFreeSeat(tx: Db, classId: string): Promise<number> {
  const taken = new Set((await tx.participant.findMany({ where: { classId }, select: { seat: true } })).map(({ seat }) => seat))
  let seat = 1
  while (taken.has(seat)) seat++
  return seat
}

/** The host keeps their name and camera: joining by the link is only their way back in. */
const choicesOf = (role: 'host' | 'member', joining: Joining): Partial<Joining> => (role === 'host' ? {} : joining)
