import 'server-only'
import { db } from '@/lib/platform/db.server'
import type { OwnerOnlySource } from './activity'

// For keeping the table true to its source: ids and counts, nothing of what was trained.

export const countOwnerOnly = (personId: string, source: OwnerOnlySource): Promise<number> => db.ownerOnlyActivity.count({ where: { personId, source } })

/** What of a list is here already. What the source does not list any more of a window was deleted there, and is deleted here. */
export async function reconcileOwnerOnly(
  personId: string,
  source: OwnerOnlySource,
  { fromMs, toMs, listed }: { readonly fromMs: number; readonly toMs: number; readonly listed: readonly string[] },
): Promise<{ readonly known: ReadonlySet<string>; readonly removed: number }> {
  const inside = { personId, source, startedAt: { gte: new Date(fromMs), lt: new Date(toMs) } }
  const { count } = await db.ownerOnlyActivity.deleteMany({ where: { ...inside, externalId: { notIn: [...listed] } } })
  const rows = await db.ownerOnlyActivity.findMany({ where: { personId, source, externalId: { in: [...listed] } }, select: { externalId: true } })
  return { known: new Set(rows.map(({ externalId }) => externalId)), removed: count }
}
