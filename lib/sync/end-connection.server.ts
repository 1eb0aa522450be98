import 'server-only'
import { removeOwnerOnlyActivities } from '@/lib/activities/owner-only-activity.server'
import { forgetActivities } from '@/lib/activities/save-activity.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db, Prisma } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { Provider } from './provider'
import { isTrouble, ProviderError } from './provider-error'
import { findProvider } from './registry.server'
import { withAccess } from './tokens.server'

type Reason = 'disconnected' | 'revoked_there' | 'account_deleted'

/**
 * Ends a connection for its owner: nothing is read from this moment on, our tokens are ended there and forgotten here, and what came over
 * it goes or stays as they chose. Where the provider does not answer, the tokens wait, unused, for the sweep to end them. Throws `not_found`.
 */
export async function disconnect(personId: string, connectionId: string, erase: boolean): Promise<void> {
  const { count } = await db.connection.updateMany({ where: { id: connectionId, personId, status: { not: 'revoked' } }, data: ended() })
  if (count === 0) throw new AppError('not_found', 'This connection has ended already.')
  await eraseData(connectionId, erase, 'disconnected')
  await endThere(connectionId)
}

/** The person ended it on the provider's own pages: there is nothing to end there any more. What they may keep stays. */
export async function endFromThere(connectionId: string): Promise<void> {
  const data = { ...ended(), tokens: null, tokensExpireAt: null, externalUserId: null }
  const { count } = await db.connection.updateMany({ where: { id: connectionId, status: { not: 'revoked' } }, data })
  if (count > 0) await eraseData(connectionId, false, 'revoked_there')
}

/** Before an account is deleted: with it go the tokens that could still end what is there. A provider that is away does not stop a deletion. */
export async function endAllConnections(personId: string): Promise<void> {
  const live = await db.connection.findMany({ where: { personId, tokens: { not: null } }, select: { id: true } })
  for (const { id } of live) {
    await db.connection.update({ where: { id }, data: ended() })
    await endThere(id)
  }
}

const ended = () => ({ status: 'revoked' as const, purposes: [], revokedAt: new Date(now()), lastProblem: null, cursor: Prisma.DbNull, backfill: Prisma.DbNull })

/** Ends our tokens at the provider and forgets them; again and again until it answers. Returns whether it is done. */
export async function endThere(connectionId: string): Promise<boolean> {
  try {
    await withAccess(connectionId, ({ access, tokens, provider }) => provider.revoke(access, tokens), { ending: true })
  } catch (error) {
    if (isTrouble(error, 'away', 'limited')) return false
    // Refused: they open nothing any more. Not found: another ended it meanwhile.
    if (!(error instanceof ProviderError) && !(error instanceof AppError)) throw error
  }
  await db.connection.updateMany({ where: { id: connectionId, status: 'revoked' }, data: { tokens: null, tokensExpireAt: null, externalUserId: null, lastProblem: null } })
  return true
}

/** Raw payloads go whenever a connection ends. What only its owner may see goes too; of the rest, what the owner wants gone. */
async function eraseData(connectionId: string, erase: boolean, reason: Reason): Promise<void> {
  const { personId, provider: name } = await db.connection.findUniqueOrThrow({ where: { id: connectionId } })
  const provider = findProvider(name)
  // What we know of what was sent there is what they told us.
  await db.sending.deleteMany({ where: { connectionId } })
  if (!provider) return
  const all = erase || provider.capabilities.reach.kind === 'owner_only'
  if (!all) {
    await db.providerPayload.deleteMany({ where: { connectionId } })
    return
  }
  const id = newId('cer')
  await db.deletionCertificate.create({ data: { id, personId, provider: name, reason, counts: {}, requestedAt: new Date(now()) } })
  await completeDeletion(id, personId, provider)
}

/** Deletes everything from a provider and says so, with what it was. Safe to run again: what was counted before a crash is counted once. */
async function completeDeletion(certificateId: string, personId: string, { name, capabilities: { reach } }: Provider): Promise<void> {
  const activities = reach.kind === 'shareable' ? await forgetActivities(personId, { source: reach.source }) : await removeOwnerOnlyActivities(personId, { source: reach.source })
  const { count: payloads } = await db.providerPayload.deleteMany({ where: { personId, connection: { provider: name } } })
  const { count: webhooks } = await db.webhookDelivery.deleteMany({ where: { personId, provider: name } })
  await db.deletionCertificate.update({ where: { id: certificateId }, data: { counts: { activities, payloads, webhooks }, completedAt: new Date(now()) } })
}

/** What a crash left half done: deletions that were promised, and tokens that a provider would not end. */
export async function finishEndings(): Promise<number> {
  const open = await db.deletionCertificate.findMany({ where: { completedAt: null } })
  for (const { id, personId, provider: name } of open) {
    const provider = findProvider(name)
    if (provider) await completeDeletion(id, personId, provider)
  }
  const ending = await db.connection.findMany({ where: { status: 'revoked', tokens: { not: null } }, select: { id: true, revokedAt: true } })
  for (const { id, revokedAt } of ending) {
    const givenUp = (revokedAt?.getTime() ?? 0) < now() - GIVE_UP_MS
    if (!(await endThere(id)) && givenUp) await db.connection.update({ where: { id }, data: { tokens: null, tokensExpireAt: null, externalUserId: null } })
  }
  return open.length + ending.length
}

/** A provider that is away for longer than this has no use for our good manners. */
const GIVE_UP_MS = 7 * 86_400_000
