import 'server-only'
import { db } from '@/lib/platform/db.server'
import type { ActivityCard, ActivityDetail, Span } from './activity'
import { CARD_COLUMNS, cardOf } from './card'
import { unpackRecording } from './packed-recording'
import { notHere } from './save-activity.server'

const COLUMNS = { ...CARD_COLUMNS, classId: true } as const

/** What of a person's history may be shown to others too: the table `activities`. Newest first. */
export async function listShareable(ownerId: string, { fromMs = 0, toMs = 8.64e15 }: Span = {}): Promise<ActivityCard[]> {
  const rows = await db.activity.findMany({
    where: { personId: ownerId, removedAt: null, startedAt: { gte: new Date(fromMs), lt: new Date(toMs) } },
    select: COLUMNS,
    orderBy: { startedAt: 'desc' },
  })
  return rows.map(cardOf)
}

/** One of them whole, with those that are linked to it. Throws `not_found`. */
export async function getShareable(ownerId: string, activityId: string): Promise<ActivityDetail> {
  const row = await db.activity.findFirst({
    where: { id: activityId, personId: ownerId, removedAt: null },
    select: { ...COLUMNS, sourceSport: true, device: true, recording: true, duplicates: { select: COLUMNS }, duplicateOf: { select: COLUMNS } },
  })
  if (!row) throw notHere()
  const { sourceSport, device, recording, duplicates, duplicateOf, ...card } = row
  const linked = [...(duplicateOf ? [duplicateOf] : []), ...duplicates].map(cardOf)
  return { ...cardOf(card), sourceSport, device, sourceId: null, linked, recording: recording && (await unpackRecording(recording)) }
}
