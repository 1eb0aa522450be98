import 'server-only'
import { removeOwnerOnlyActivities, saveOwnerOnlyActivity } from '@/lib/activities/owner-only-activity.server'
import { forgetActivities, saveActivity } from '@/lib/activities/save-activity.server'
import { now } from '@/lib/platform/clock'
import { seal } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { Connection } from '@/lib/platform/prisma/client'
import type { Found, Provider, Raw } from './provider'

const DAY_MS = 86_400_000

/** Puts what a provider answered into its owner's history, where its source says who may see it. Saving it again changes nothing. */
export async function saveFound({ id: connectionId, personId }: Connection, { capabilities }: Provider, found: Found): Promise<void> {
  const { reach, rawDays } = capabilities
  if (found.outcome === 'gone') return await forgetFound(personId, reach, found.externalId)
  if (found.outcome === 'only') return await forgetOthers(personId, reach, found)
  const { externalId } = found
  // A connection that ended while the provider was asked brings nothing any more.
  if ((await db.connection.count({ where: { id: connectionId, status: { not: 'revoked' } } })) === 0) return
  const { title, recording, raw } = found
  if (reach.kind === 'shareable') await saveActivity({ personId, source: reach.source, externalId, connectionId, title, recording })
  else {
    const fetchedAt = now()
    await saveOwnerOnlyActivity({ personId, connectionId, source: reach.source, externalId, title, recording, fetchedAt, keepUntil: fetchedAt + reach.keepDays * DAY_MS })
  }
  for (const one of raw) await keepRaw({ personId, connectionId, externalId, rawDays }, one)
}

/** What was deleted there is deleted here. */
export async function forgetFound(personId: string, reach: Provider['capabilities']['reach'], externalId: string): Promise<void> {
  if (reach.kind === 'shareable') await forgetActivities(personId, { source: reach.source, externalId })
  else await removeOwnerOnlyActivities(personId, { source: reach.source, externalId })
  await db.providerPayload.deleteMany({ where: { personId, externalId, connection: { provider: reach.source } } })
}

/** What of ours is in a window in which the provider has nothing else: it was deleted there. Never asked of a source for its owner only. */
async function forgetOthers(personId: string, reach: Provider['capabilities']['reach'], { window, externalIds }: Extract<Found, { outcome: 'only' }>): Promise<void> {
  if (reach.kind !== 'shareable') return
  const startedAt = { gte: new Date(window.fromMs), lt: new Date(window.toMs) }
  const where = { personId, source: reach.source, startedAt, externalId: { notIn: [...externalIds] } }
  const others = await db.activity.findMany({ where, select: { externalId: true } })
  for (const { externalId } of others) await forgetFound(personId, reach, externalId)
}

type Keeping = { personId: string; connectionId: string; externalId: string; rawDays: number }

async function keepRaw({ personId, connectionId, externalId, rawDays }: Keeping, { kind, bytes }: Raw): Promise<void> {
  const keepUntil = new Date(now() + rawDays * DAY_MS)
  const key = { connectionId_kind_externalId: { connectionId, kind, externalId } }
  const known = await db.providerPayload.findUnique({ where: key, select: { id: true } })
  const id = known?.id ?? newId('pay')
  const data = { body: seal(`payload:${id}`, bytes), keepUntil, receivedAt: new Date(now()) }
  await db.providerPayload.upsert({ where: key, create: { id, personId, connectionId, kind, externalId, ...data }, update: data })
}
