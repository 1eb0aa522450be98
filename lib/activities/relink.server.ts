import 'server-only'
import type { Db } from '@/lib/platform/db.server'
import { candidateOf } from './candidate'
import { linkDuplicates, neighbours } from './duplicates'
import { linkOwnerOnlyRows, listOwnerOnlyCandidates } from './owner-only-table.server'

/** How far around a change records are looked at: a chain of starts five minutes apart is never this long. */
const AROUND_MS = 12 * 3_600_000

/**
 * Links a person's records around these instants to those that count instead of them: after one came, went, or changed. The caller holds
 * `lockHistory`. Nothing is deleted by it, and when what counted is gone, the next best counts.
 */
export async function relink(tx: Db, personId: string, ...instants: readonly number[]): Promise<void> {
  for (const atMs of instants) await relinkAround(tx, personId, atMs)
}

async function relinkAround(tx: Db, personId: string, atMs: number): Promise<void> {
  const around = { gte: new Date(atMs - AROUND_MS), lte: new Date(atMs + AROUND_MS) }
  const rows = await tx.activity.findMany({
    where: { personId, removedAt: null, startedAt: around },
    select: { id: true, source: true, sport: true, startedAt: true, elapsedSeconds: true, problems: true, duplicateOfId: true },
  })
  const owned = await listOwnerOnlyCandidates(tx, personId, around)
  const records = [...rows.map((row) => ({ ...candidateOf(row), linked: row.duplicateOfId })), ...owned]
  const near = neighbours(records, atMs)
  const links = linkDuplicates(near)
  const changed = near.flatMap(({ activityId, linked }) => {
    const link = links.get(activityId) ?? null
    return link === linked ? [] : [{ activityId, link }]
  })
  const ownedIds = new Set(owned.map(({ activityId }) => activityId))
  for (const { activityId, link } of changed)
    if (!ownedIds.has(activityId)) await tx.activity.update({ where: { id: activityId }, data: { duplicateOfId: link } })
  await linkOwnerOnlyRows(tx, changed.filter(({ activityId }) => ownedIds.has(activityId)))
}
