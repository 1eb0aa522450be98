import 'server-only'
import { getProfile } from '@/lib/accounts/profile.server'
import type { Recording } from '@/lib/formats/recording'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { ActivitySource } from './activity'
import { activityFigures } from './activity-figures'
import { inputsFor, lockHistory, recordingRow, sameBytes, sameInputs } from './activity-row.server'
import { relink } from './relink.server'

export type NewActivity = {
  /** An account's; a guest has no history. */
  readonly personId: string
  readonly source: ActivitySource
  /** The source's own id: saving under it again updates. Of a file its SHA-256, of a class the class. */
  readonly externalId: string
  readonly connectionId?: string
  readonly classId?: string
  /** Of a new activity; one that is there keeps its title, which may be its owner's by now. */
  readonly title?: string | null
  readonly recording: Recording
  /** Instead of the profile of the day: of a class, what its summary was computed with. */
  readonly inputs?: FigureInputs
}
export type Saved = { readonly outcome: 'saved' | 'updated' | 'unchanged'; readonly activityId: string }

/** What a person puts in with their own hands comes back when they put it in again; what a source sends does not. */
const BY_HAND: ReadonlySet<ActivitySource> = new Set(['file', 'apple_health'])

/**
 * Puts an activity into its owner's history: figures from the recording and the profile, packed streams, links to what else was recorded
 * of the same training. An activity whose owner deleted it stays deleted ('unchanged').
 */
export async function saveActivity({ personId, source, externalId, connectionId, classId, title, recording, inputs: given }: NewActivity): Promise<Saved> {
  // Before the transaction: who waits for the lock holds one connection, and must not need a second one.
  const [row, profile] = await Promise.all([recordingRow(recording), getProfile(personId)])
  return await db.$transaction(async (tx) => {
    await lockHistory(tx, personId)
    const known = await tx.activity.findUnique({ where: { personId_source_externalId: { personId, source, externalId } } })
    if (known?.removedAt && !BY_HAND.has(source)) return { outcome: 'unchanged', activityId: known.id }
    const from = { connectionId: connectionId ?? known?.connectionId ?? null, classId: classId ?? known?.classId ?? null }
    const inputs = inputsFor(profile, recording.startedAt, known?.figures, given)
    if (known && !known.removedAt && sameBytes(known.recording, row.recording) && (!given || sameInputs(known.figures, inputs))) {
      if (from.connectionId !== known.connectionId) await tx.activity.update({ where: { id: known.id }, data: from })
      return { outcome: 'unchanged', activityId: known.id }
    }
    const figures = activityFigures(recording, inputs)
    const data = { ...row, ...from, figures, title: known?.title ?? title ?? null, removedAt: null, updatedAt: new Date(now()) }
    const { id } = known
      ? await tx.activity.update({ where: { id: known.id }, data, select: { id: true } })
      : await tx.activity.create({ data: { id: newId('act'), personId, source, externalId, ...data }, select: { id: true } })
    await relink(tx, personId, recording.startedAt, ...(known ? [known.startedAt.getTime()] : []))
    return { outcome: known && !known.removedAt ? 'updated' : 'saved', activityId: id }
  })
}

/** Its owner's own name for it; null gives back the plain one. Throws `not_found`. */
export async function renameActivity(personId: string, activityId: string, title: string | null): Promise<void> {
  const { count } = await db.activity.updateMany({ where: { id: activityId, personId, removedAt: null }, data: { title } })
  if (count === 0) throw notHere()
}

/**
 * Deletes an activity with all its samples; what it stood before counts again. Of one that a source may send again an empty row stays
 * behind. Throws `not_found`, and `conflict` for our own record of a class, which is deleted with the class's summary.
 */
export async function removeActivity(personId: string, activityId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockHistory(tx, personId)
    const row = await tx.activity.findFirst({ where: { id: activityId, personId, removedAt: null } })
    if (!row) throw notHere()
    if (row.source === 'class_recording') throw new AppError('conflict', 'This is your record of a class. Delete it on the summary of the class.')
    if (BY_HAND.has(row.source)) await tx.activity.delete({ where: { id: activityId } })
    else {
      const emptied = { title: null, device: null, sourceSport: null, figures: {}, problems: [], recording: null, duplicateOfId: null }
      await tx.activity.update({ where: { id: activityId }, data: { ...emptied, removedAt: new Date(now()) } })
      await tx.activity.updateMany({ where: { duplicateOfId: activityId }, data: { duplicateOfId: null } })
    }
    await relink(tx, personId, row.startedAt.getTime())
  })
}

/** Takes a source's activities out of a history for good, as when their connection ends. Returns how many. */
export async function forgetActivities(personId: string, of: { readonly source: ActivitySource; readonly externalId?: string }): Promise<number> {
  return await db.$transaction(async (tx) => {
    await lockHistory(tx, personId)
    const rows = await tx.activity.findMany({ where: { personId, ...of }, select: { id: true, startedAt: true } })
    await tx.activity.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })
    await relink(tx, personId, ...rows.map(({ startedAt }) => startedAt.getTime()))
    return rows.length
  })
}

export const notHere = (): AppError => new AppError('not_found', 'This activity is not here (any more).')
