import 'server-only'
import type { ActivityCard, ActivityDetail, Span } from './activity'
import { getShareable, listShareable } from './activity-reading.server'
import { findOwnerOnly, listOwnerOnly, listOwnerOnlyDuplicates } from './owner-only-reading.server'

/** All of a person's own history, from whatever source, newest first. For its owner's eyes and nobody else's. */
export async function listHistory(ownerId: string, span: Span = {}): Promise<ActivityCard[]> {
  const [shareable, ownerOnly] = await Promise.all([listShareable(ownerId, span), listOwnerOnly(ownerId, span)])
  return [...shareable, ...ownerOnly].sort((one, other) => other.startedAt - one.startedAt)
}

/** One of one's own, from whatever source. For its owner's eyes and nobody else's. Throws `not_found`. */
export async function getOwnActivity(ownerId: string, activityId: string): Promise<ActivityDetail> {
  const ownerOnly = await findOwnerOnly(ownerId, activityId)
  if (ownerOnly) return ownerOnly
  const shareable = await getShareable(ownerId, activityId)
  return { ...shareable, linked: [...shareable.linked, ...(await listOwnerOnlyDuplicates(ownerId, activityId))] }
}
