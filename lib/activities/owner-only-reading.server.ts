import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import type { ActivityCard, ActivityDetail, Span } from './activity'
import { CARD_COLUMNS, cardOf } from './card'
import { unpackRecording } from './packed-recording'

// For lib/activities/history.server.ts alone, which answers the owner. What may not be kept any longer is not shown either.
const kept = () => ({ gt: new Date(now()) })

export async function listOwnerOnly(ownerId: string, { fromMs = 0, toMs = 8.64e15 }: Span): Promise<ActivityCard[]> {
  const rows = await db.ownerOnlyActivity.findMany({
    where: { personId: ownerId, keepUntil: kept(), startedAt: { gte: new Date(fromMs), lt: new Date(toMs) } },
    select: CARD_COLUMNS,
  })
  return rows.map(cardOf)
}

export async function listOwnerOnlyDuplicates(ownerId: string, activityId: string): Promise<ActivityCard[]> {
  const where = { personId: ownerId, keepUntil: kept(), duplicateOfId: activityId }
  return (await db.ownerOnlyActivity.findMany({ where, select: CARD_COLUMNS })).map(cardOf)
}

export async function findOwnerOnly(ownerId: string, activityId: string): Promise<ActivityDetail | undefined> {
  const row = await db.ownerOnlyActivity.findFirst({
    where: { id: activityId, personId: ownerId, keepUntil: kept() },
    select: { ...CARD_COLUMNS, externalId: true, sourceSport: true, device: true, recording: true, duplicateOf: { select: CARD_COLUMNS } },
  })
  if (!row) return undefined
  const { externalId: sourceId, sourceSport, device, recording, duplicateOf, ...card } = row
  const linked = duplicateOf ? [cardOf(duplicateOf)] : []
  return { ...cardOf(card), sourceSport, device, sourceId, linked, recording: recording && (await unpackRecording(recording)) }
}
