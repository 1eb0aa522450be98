import 'server-only'
import { recordAct } from '@/lib/accounts/audit.server'
import { sharesHistory } from '@/lib/accounts/history-share.server'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import type { ActivityCard, ActivityDetail, Span } from './activity'
import { getShareable, listShareable } from './activity-reading.server'

// What somebody else may see of a person's history. It reads `activities` and cannot read what is for its owner only.

export type SharedHistory = { readonly name: string; readonly activities: readonly ActivityCard[] }

/** A member's history for a trainer with whom they share it. Every reading is written down. Throws `not_found` for everybody else. */
export async function readSharedHistory(trainerId: string, personId: string, span: Span = {}): Promise<SharedHistory> {
  const name = await requireShared(trainerId, personId)
  return { name, activities: await listShareable(personId, span) }
}

/** One activity of it, whole. Throws `not_found`. */
export async function readSharedActivity(trainerId: string, personId: string, activityId: string): Promise<{ name: string; activity: ActivityDetail }> {
  const name = await requireShared(trainerId, personId)
  return { name, activity: await getShareable(personId, activityId) }
}

async function requireShared(trainerId: string, personId: string): Promise<string> {
  const person = await db.person.findUnique({ where: { id: personId }, select: { name: true } })
  // The same answer whether there is nobody, nothing, or no leave: that somebody trains elsewhere is theirs to tell.
  if (!person || !(await sharesHistory(personId, trainerId))) throw new AppError('not_found', 'This history is not shared with you.')
  await recordAct({ actorId: trainerId, subjectId: personId, action: 'history.read' })
  return person.name
}
