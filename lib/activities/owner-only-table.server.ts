import 'server-only'
import type { Db } from '@/lib/platform/db.server'
import { candidateOf } from './candidate'
import type { Candidate } from './duplicates'

// Of all files that know `owner_only_activities` (a lint rule names them), this one gives only times, for the search of duplicates.

export async function listOwnerOnlyCandidates(
  tx: Db,
  personId: string,
  around: { readonly gte: Date; readonly lte: Date },
): Promise<Array<Candidate & { readonly linked: string | null }>> {
  const rows = await tx.ownerOnlyActivity.findMany({
    where: { personId, startedAt: around },
    select: { id: true, source: true, sport: true, startedAt: true, elapsedSeconds: true, problems: true, duplicateOfId: true },
  })
  return rows.map((row) => ({ ...candidateOf(row), linked: row.duplicateOfId }))
}

export async function linkOwnerOnlyRows(tx: Db, links: ReadonlyArray<{ readonly activityId: string; readonly link: string | null }>): Promise<void> {
  for (const { activityId, link } of links) await tx.ownerOnlyActivity.update({ where: { id: activityId }, data: { duplicateOfId: link } })
}
