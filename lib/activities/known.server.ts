import 'server-only'
import { db } from '@/lib/platform/db.server'
import type { AskKnown } from './known'

/** Those that are in their owner's history, whole: one that was cut is worth bringing again. */
export async function knownActivities(personId: string, { source, externalIds }: AskKnown): Promise<{ known: string[] }> {
  const where = { personId, source, externalId: { in: externalIds }, removedAt: null, NOT: { problems: { has: 'damaged' } } }
  const rows = await db.activity.findMany({ where, select: { externalId: true } })
  return { known: rows.map(({ externalId }) => externalId) }
}
