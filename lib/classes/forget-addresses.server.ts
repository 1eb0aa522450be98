import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'

const WEEK_MS = 7 * 86_400_000

/**
 * A guest's address that was never confirmed, or is not written to any more, is forgotten after a week; so is a guest of whom nothing
 * else is known, also one who wanted to be woken in a browser that never said where. Returns how many addresses went.
 */
export async function forgetAddresses(): Promise<number> {
  const before = new Date(now() - WEEK_MS)
  const unused = { email: { not: null }, updatedAt: { lt: before }, OR: [{ emailConfirmedAt: null }, { byEmail: false }] }
  const { count } = await db.seriesFollow.updateMany({ where: unused, data: { email: null, emailConfirmedAt: null, tokenHash: null, byEmail: false } })
  // Of an account, silence is kept: without a row it would be told of classes that it books.
  const nobody = { byPush: true, person: { credential: null, name: '', pushes: { none: {} } } }
  const silent = { byEmail: false, email: null, leftAt: null, OR: [{ byPush: false, person: { credential: null } }, nobody] }
  const gone = await db.seriesFollow.findMany({ where: { ...silent, createdAt: { lt: before } }, select: { personId: true, seriesId: true } })
  for (const { personId, seriesId } of gone) {
    const { count: deleted } = await db.seriesFollow.deleteMany({ where: { personId, seriesId, ...silent } })
    if (deleted > 0) await forgetEmptyGuest(personId)
  }
  return count
}

async function forgetEmptyGuest(id: string): Promise<void> {
  const none = { none: {} }
  await db.person.deleteMany({
    where: {
      id,
      ...{ guestOfId: { not: null }, mergedIntoId: null, credential: null, name: '' },
      ...{ follows: none, seats: none, bookings: none, messages: none, consents: none, summaries: none, mergedFrom: none },
    },
  })
}
