import 'server-only'
import { purgeOwnerOnlyActivities } from '@/lib/activities/owner-only-activity.server'
import { now } from '@/lib/platform/clock'
import { isSealedWithOldKey, seal } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { emit } from '@/lib/platform/event.server'
import { log } from '@/lib/platform/log.server'
import { webhookTaken } from './connection'
import type { Provider } from './provider'
import { ProviderError } from './provider-error'
import { findProvider, providers } from './registry.server'
import { sendingAsked } from './sending'
import { openTokens, sealTokens } from './tokens.server'
import { oursAt } from './webhook.server'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A webhook that nobody acted on for this long says nothing that reading again would not find. */
const DELIVERY_DAYS = 7
const READ_EVERY_MS = 6 * 3_600_000
const AT_ONCE = 50

/** Makes, wakes or mends our subscription at every provider that is set up. One that fails does not keep the others. */
export async function tendSubscriptions(): Promise<number> {
  const tended = await Promise.all(providers().map((provider) => tendOne(provider)))
  return tended.filter(Boolean).length
}

/** The same at once for the provider of a connection, where there is none yet: the first person must not wait for the day to end. */
export async function ensureSubscription(connectionId: string): Promise<boolean> {
  const connection = await db.connection.findUnique({ where: { id: connectionId }, select: { provider: true } })
  const provider = connection && findProvider(connection.provider)
  if (!provider || (await db.providerSubscription.count({ where: { provider: provider.name, active: true } })) > 0) return false
  return await tendOne(provider)
}

async function tendOne({ name, isSetUp, tend }: Provider): Promise<boolean> {
  if (!isSetUp() || !tend) return false
  try {
    const { externalId, secret, active } = await tend(await oursAt(name))
    const data = { externalId, secret: secret === null ? null : seal(`subscription:${name}`, secret), active, checkedAt: new Date(now()) }
    await db.providerSubscription.upsert({ where: { provider: name }, create: { provider: name, ...data }, update: data })
    return true
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    log.warn({ err: error, provider: name }, 'the webhook subscription could not be tended')
    return false
  }
}

/** Deletes what may not or need not be kept any longer. Safe to run at any time. */
export async function purgeSync(): Promise<number> {
  const payloads = await db.providerPayload.deleteMany({ where: { keepUntil: { lte: new Date(now()) } } })
  const attempts = await db.connectAttempt.deleteMany({ where: { createdAt: { lt: new Date(now() - 10 * MINUTE_MS) } } })
  const deliveries = await db.webhookDelivery.deleteMany({ where: { receivedAt: { lt: new Date(now() - DELIVERY_DAYS * DAY_MS) } } })
  return (await purgeOwnerOnlyActivities()) + payloads.count + attempts.count + deliveries.count
}

/** Says again that a webhook is there which no job has acted on: one was lost with a runner that was away. */
export async function remindOfDeliveries(): Promise<number> {
  const waiting = { handledAt: null, receivedAt: { lt: new Date(now() - 10 * MINUTE_MS) } }
  const rows = await db.webhookDelivery.findMany({ where: waiting, select: { id: true }, orderBy: { receivedAt: 'asc' }, take: AT_ONCE })
  const hour = Math.floor(now() / (60 * MINUTE_MS))
  for (const { id } of rows) await emit(webhookTaken, { deliveryId: id }, `${id}:${hour}`)
  return rows.length
}

/** The same of recordings that somebody sent and no job has brought there. */
export async function remindOfSendings(): Promise<number> {
  const idle = new Date(now() - 10 * MINUTE_MS)
  const late = [{ retryAt: null }, { retryAt: { lt: idle } }]
  const rows = await db.sending.findMany({ where: { state: 'sending', askedAt: { lt: idle }, OR: late }, select: { id: true }, orderBy: { askedAt: 'asc' }, take: AT_ONCE })
  const hour = Math.floor(now() / (60 * MINUTE_MS))
  for (const { id } of rows) await emit(sendingAsked, { sendingId: id }, `${id}:${hour}`)
  return rows.length
}

/** Connections that nobody has read for some hours, those first that waited longest. */
export async function listDue(): Promise<string[]> {
  const before = new Date(now() - READ_EVERY_MS)
  const rows = await db.connection.findMany({
    where: { status: 'active', tokens: { not: null }, OR: [{ lastSyncAt: null }, { lastSyncAt: { lt: before } }] },
    select: { id: true },
    orderBy: { lastSyncAt: { sort: 'asc', nulls: 'first' } },
    take: AT_ONCE,
  })
  return rows.map(({ id }) => id)
}

/** Seals anew what an older key sealed, so that the key can be taken away. */
export async function resealTokens(): Promise<number> {
  const rows = await db.connection.findMany({ where: { tokens: { not: null } }, select: { id: true, tokens: true } })
  let sealed = 0
  for (const { id, tokens } of rows) {
    if (!tokens || !isSealedWithOldKey(tokens)) continue
    // Unless a renewal wrote in between: that sealed it with the new key.
    const { count } = await db.connection.updateMany({ where: { id, tokens }, data: { tokens: sealTokens(id, openTokens(id, tokens)) } })
    sealed += count
  }
  return sealed
}
