import 'server-only'
import { listHistoryShares } from '@/lib/accounts/history-share.server'
import { countOwnerOnly } from '@/lib/activities/owner-only-held.server'
import { db } from '@/lib/platform/db.server'
import type { Connection } from '@/lib/platform/prisma/client'
import { ConnectionProblem, Past } from './connection'
import type { ConnectionCard } from './connections-page'
import { type Provider, Purpose } from './provider'
import { providers } from './registry.server'

/** Every provider that we know, and how this person stands with it. */
export async function listConnections(personId: string): Promise<ConnectionCard[]> {
  const [connections, certificates, shares] = await Promise.all([
    db.connection.findMany({ where: { personId } }),
    db.deletionCertificate.findMany({ where: { personId }, orderBy: { requestedAt: 'asc' } }),
    listHistoryShares(personId),
  ])
  const sharedWith = shares.flatMap(({ trainerId, trainerName: name, share, since }) => (share && since !== null ? [{ trainerId, name, since }] : []))
  return await Promise.all(
    providers().map(async (provider): Promise<ConnectionCard> => {
      const { purposes, reach, rawDays, past } = provider.capabilities
      const connection = connections.find((one) => one.provider === provider.name)
      const certificate = certificates.findLast((one) => one.provider === provider.name)
      return {
        provider: provider.name,
        setUp: provider.isSetUp(),
        purposes: [...purposes],
        ownerOnlyDays: reach.kind === 'owner_only' ? reach.keepDays : null,
        rawDays,
        pastDays: past?.days ?? null,
        sharedWith: reach.kind === 'owner_only' ? null : sharedWith,
        connection: connection ? await stateOf(connection, provider) : null,
        certificate: certificate
          ? { certificateId: certificate.id, completedAt: certificate.completedAt?.getTime() ?? null, counts: countsOf(certificate.counts) }
          : null,
      }
    }),
  )
}

async function stateOf({ id, personId, ...row }: Connection, { capabilities: { reach } }: Provider): Promise<NonNullable<ConnectionCard['connection']>> {
  const past = Past.safeParse(row.backfill)
  return {
    connectionId: id,
    status: row.status !== 'revoked' ? row.status : row.tokens ? 'ending' : 'ended',
    purposes: Purpose.array().catch([]).parse(row.purposes),
    connectedAt: row.connectedAt.getTime(),
    endedAt: row.revokedAt?.getTime() ?? null,
    lastSyncAt: row.lastSyncAt?.getTime() ?? null,
    problem: ConnectionProblem.nullable().catch(null).parse(row.lastProblem),
    activities: reach.kind === 'owner_only' ? await countOwnerOnly(personId, reach.source) : await db.activity.count({ where: { personId, source: reach.source } }),
    past: past.success ? past.data : null,
  }
}

const countsOf = (counts: unknown): Record<string, number> =>
  Object.fromEntries(Object.entries(counts ?? {}).filter((pair): pair is [string, number] => typeof pair[1] === 'number'))
