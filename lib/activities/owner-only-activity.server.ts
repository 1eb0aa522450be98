import 'server-only'
import { getProfile } from '@/lib/accounts/profile.server'
import type { Recording } from '@/lib/formats/recording'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { OwnerOnlySource } from './activity'
import { activityFigures } from './activity-figures'
import { inputsFor, lockHistory, recordingRow, sameBytes } from './activity-row.server'
import { relink } from './relink.server'
import type { Saved } from './save-activity.server'

export type NewOwnerOnlyActivity = {
  readonly personId: string
  readonly connectionId: string
  readonly source: OwnerOnlySource
  readonly externalId: string
  readonly title?: string | null
  readonly recording: Recording
  readonly fetchedAt: number
  /** When it must be gone unless fetched again, UTC ms. */
  readonly keepUntil: number
}

/** As `saveActivity`, into the table that nobody but its owner can be shown. Its title is the source's. */
export async function saveOwnerOnlyActivity(activity: NewOwnerOnlyActivity): Promise<Saved> {
  const { personId, connectionId, source, externalId, title, recording } = activity
  // Before the transaction: who waits for the lock holds one connection, and must not need a second one.
  const [row, profile] = await Promise.all([recordingRow(recording), getProfile(personId)])
  return await db.$transaction(async (tx) => {
    await lockHistory(tx, personId)
    const known = await tx.ownerOnlyActivity.findUnique({ where: { personId_source_externalId: { personId, source, externalId } } })
    const kept = { connectionId, title: title ?? null, fetchedAt: new Date(activity.fetchedAt), keepUntil: new Date(activity.keepUntil) }
    if (known && sameBytes(known.recording, row.recording)) {
      await tx.ownerOnlyActivity.update({ where: { id: known.id }, data: kept })
      return { outcome: known.title === kept.title ? 'unchanged' : 'updated', activityId: known.id }
    }
    const data = { ...row, ...kept, figures: activityFigures(recording, inputsFor(profile, recording.startedAt, known?.figures)) }
    const { id } = known
      ? await tx.ownerOnlyActivity.update({ where: { id: known.id }, data, select: { id: true } })
      : await tx.ownerOnlyActivity.create({ data: { id: newId('own'), personId, source, externalId, ...data }, select: { id: true } })
    await relink(tx, personId, recording.startedAt, ...(known ? [known.startedAt.getTime()] : []))
    return { outcome: known ? 'updated' : 'saved', activityId: id }
  })
}

/** Deletes one, or all of a source. Nothing leans on them, so nothing else changes. Returns how many. */
export async function removeOwnerOnlyActivities(personId: string, of: { readonly source: OwnerOnlySource; readonly externalId?: string }): Promise<number> {
  return (await db.ownerOnlyActivity.deleteMany({ where: { personId, ...of } })).count
}

/** Deletes what may not be kept any longer. Returns how many; safe to run at any time. */
export async function purgeOwnerOnlyActivities(): Promise<number> {
  return (await db.ownerOnlyActivity.deleteMany({ where: { keepUntil: { lte: new Date(now()) } } })).count
}
