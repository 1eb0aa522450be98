import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import type { Db } from '@/lib/platform/db.server'
import { decidePlaces } from './booking'
import { type LockedClass, readFacts } from './places.server'

/** Somebody at the door who is not in the line yet: behind everybody who is. */
const NEWCOMER = 'newcomer'

/**
 * Lets somebody in on the place they booked, or on one that nobody before them wants. Throws `class_full`. The caller holds the lock,
 * and what was free has gone to the line before.
 */
export async function takePlace(tx: Db, liveClass: LockedClass, personId: string | undefined): Promise<void> {
  const { classId, capacity } = liveClass
  const own = personId === undefined ? null : await tx.booking.findUnique({ where: { classId_personId: { classId, personId } } })
  if (own?.status === 'booked') {
    // Walked in: nothing is held for them any more.
    await tx.booking.update({ where: { id: own.id }, data: { heldUntil: null } })
    return
  }
  const full = () => new AppError('class_full', `All ${capacity} places are taken. Wait in line, and you come in when it is your turn.`)
  if (own?.status === 'waiting') throw full()
  const facts = await readFacts(tx, liveClass)
  const newcomer = { bookingId: NEWCOMER, personId: NEWCOMER, status: 'waiting', askedAt: Infinity, heldUntil: null } as const
  const { promote, giveUp } = decidePlaces({ ...facts, bookings: [...facts.bookings, newcomer] }, now())
  if (!promote.includes(NEWCOMER)) throw full()
  await tx.booking.updateMany({ where: { id: { in: [...giveUp] } }, data: { status: 'cancelled' } })
}
