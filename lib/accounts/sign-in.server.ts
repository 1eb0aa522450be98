import 'server-only'
import { now } from '@/lib/platform/clock'
import { type Db, db, isUniqueViolation } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { SolvedChallenge } from './challenge.server'
import { mergeGuest } from './merge-guest.server'

export type SignedIn = { readonly personId: string; readonly name: string }

/**
 * Who a proven address is. A known address is its account; a guest who asked to keep their history becomes the account, or is merged
 * into the one that exists; anybody else is new.
 */
export async function completeSignIn(solved: SolvedChallenge): Promise<SignedIn> {
  try {
    return await db.$transaction((tx) => complete(tx, solved))
  } catch (error) {
    // The same new address was proven twice at once: by now its account exists.
    if (isUniqueViolation(error)) return await db.$transaction((tx) => complete(tx, solved))
    throw error
  }
}

async function complete(tx: Db, { email, name, claimPersonId }: SolvedChallenge): Promise<SignedIn> {
  const known = await tx.emailCredential.findUnique({ where: { email }, include: { person: true } })
  const guest = claimPersonId === null ? null : await findUnclaimedGuest(tx, claimPersonId)
  // They were mailed to an address that nobody had proven; from now on the account opens what is its own.
  if (guest)
    await tx.bearer.updateMany({
      where: { personId: guest.id, scope: 'summary', revokedAt: null },
      data: { revokedAt: new Date(now()) },
    })
  if (known) {
    if (guest) await mergeGuest(tx, guest.id, known.personId)
    return { personId: known.personId, name: known.person.name }
  }
  const credential = { create: { email, verifiedAt: new Date(now()) } }
  const person = guest
    ? // No longer a guest: the cookie that was theirs must not open an account.
      await tx.person.update({ where: { id: guest.id }, data: { guestOfId: null, credential } })
    : await tx.person.create({ data: { id: newId('per'), name: name?.trim() || nameFromEmail(email), credential } })
  // Looked at again: an account has a history, and what was recorded in classes appears in it.
  if (guest) await tx.summary.updateMany({ where: { personId: guest.id }, data: { dirty: true } })
  return { personId: person.id, name: person.name }
}

const findUnclaimedGuest = async (tx: Db, personId: string): Promise<{ id: string } | null> =>
  await tx.person.findFirst({
    where: { id: personId, guestOfId: { not: null }, mergedIntoId: null, credential: null },
    select: { id: true },
  })

/** `mara.lind@…` → `Mara Lind`, until they say otherwise. */
function nameFromEmail(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[^\p{L}]+/u).filter(Boolean)
  return (
    words
      .map((word) => word[0]?.toUpperCase() + word.slice(1))
      .join(' ')
      .slice(0, 60) || 'Trainer'
  )
}
