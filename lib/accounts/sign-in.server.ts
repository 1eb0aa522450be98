import 'server-only'
import { now } from '@/lib/platform/clock'
import { type Db, db, isUniqueViolation } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { newId } from '@/lib/platform/id'
import { guestClaimedElsewhere } from './account-event'
import { findGuestOfRequest } from './caller.server'
import type { SolvedChallenge } from './challenge.server'
import { DeviceScope } from './device'
import { mergeGuest } from './merge-guest.server'

export type SignedIn = { readonly personId: string; readonly name: string }
type Completed = SignedIn & { readonly claimed: boolean }

/**
 * Who a proven address is. A known address is its account; a guest who asked to keep their history becomes the account, or is merged
 * into the one that exists; anybody else is new. `browser`: the request that proves it, where there is one.
 */
export async function completeSignIn(solved: SolvedChallenge, browser?: Request): Promise<SignedIn> {
  const sameBrowser = await isGuestOf(browser, solved.claimPersonId)
  const once = () => db.$transaction((tx) => complete(tx, solved, sameBrowser))
  const { claimed, ...signedIn } = await once().catch((error: unknown) => {
    // The same new address was proven twice at once: by now its account exists.
    if (isUniqueViolation(error)) return once()
    throw error
  })
  // A runner that is away hears of it from nobody else; nobody is kept out of their account for it.
  if (claimed && !sameBrowser) await emit(guestClaimedElsewhere, { personId: signedIn.personId }).catch(() => undefined)
  return signedIn
}

async function complete(tx: Db, { email, name, claimPersonId }: SolvedChallenge, sameBrowser: boolean): Promise<Completed> {
  const known = await tx.emailCredential.findUnique({ where: { email }, include: { person: true } })
  const guest = claimPersonId === null ? null : await findUnclaimedGuest(tx, claimPersonId)
  if (guest) await shutWaysIn(tx, guest.id, sameBrowser)
  if (known) {
    if (guest) await mergeGuest(tx, guest.id, known.personId)
    return { personId: known.personId, name: known.person.name, claimed: guest !== null }
  }
  const credential = { create: { email, verifiedAt: new Date(now()) } }
  const person = guest
    ? // No longer a guest: the cookie that was theirs must not open an account.
      await tx.person.update({ where: { id: guest.id }, data: { guestOfId: null, credential } })
    : await tx.person.create({ data: { id: newId('per'), name: name?.trim() || nameFromEmail(email), credential } })
  // Looked at again: an account has a history, and what was recorded in classes appears in it.
  if (guest) await tx.summary.updateMany({ where: { personId: guest.id }, data: { dirty: true } })
  return { personId: person.id, name: person.name, claimed: guest !== null }
}

/**
 * Whoever asks to be claimed types any address, and its owner may say yes to a mail about a guest who is somebody else. So nothing that
 * the guest held opens the account: no link in a mail to an address that was not proven, and, unless the guest's own browser signs in
 * (`sameBrowser`), no second screen and no browser that is woken. What a recorder still has to send may come.
 */
async function shutWaysIn(tx: Db, guestId: string, sameBrowser: boolean): Promise<void> {
  const scopes = ['summary', ...(sameBrowser ? [] : DeviceScope.options)]
  await tx.bearer.updateMany({ where: { personId: guestId, scope: { in: scopes }, revokedAt: null }, data: { revokedAt: new Date(now()) } })
  await tx.seriesFollow.updateMany({ where: { personId: guestId }, data: { email: null, emailConfirmedAt: null, tokenHash: null } })
  if (!sameBrowser) await tx.pushSubscription.deleteMany({ where: { personId: guestId } })
}

async function isGuestOf(browser: Request | undefined, personId: string | null): Promise<boolean> {
  const guest = browser && personId !== null ? await db.person.findUnique({ where: { id: personId }, select: { guestOfId: true } }) : null
  return browser !== undefined && guest?.guestOfId != null && (await findGuestOfRequest(browser, guest.guestOfId))?.personId === personId
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
