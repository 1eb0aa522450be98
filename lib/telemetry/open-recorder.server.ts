import 'server-only'
import { mintBearer } from '@/lib/accounts/bearer.server'
import { findConsents } from '@/lib/accounts/consent.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db, isUniqueViolation, type Prisma } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import type { OpenedRecorder, OpenRecorder } from './chunk'
import { isTooLate } from './ingest.server'
import { placeStart } from './place-start'
import { SOURCE_RANK } from './run-samples'

/** Whose recorder: their place in the class, and the trainer towards whom they chose that samples are kept. */
export type RecorderOwner = { readonly participantId: string; readonly personId: string; readonly classId: string; readonly hostId: string }

/** Reloads, re-pairings and gaps each take one; a class in which somebody needs more has another problem. */
const MOST_RECORDERS = 200

/**
 * Opens a recorder and mints its grant. The same run again: the same recorder, another grant. Throws `not_allowed` when it is somebody
 * else's heart or its owner did not choose to keep samples, `not_found` once its owner has deleted what was recorded in this class,
 * `too_late`, `class_cancelled`, `too_many_requests`.
 */
export async function openRecorder(owner: RecorderOwner, wanted: OpenRecorder): Promise<OpenedRecorder> {
  if (wanted.participantId !== owner.participantId || wanted.classId !== owner.classId)
    throw new AppError('not_allowed', 'This was recorded by somebody else. They have to come back to send it.')
  const consents = await findConsents(owner.personId, owner.hostId)
  if (consents?.keep !== true) throw new AppError('not_allowed', 'Samples are kept only after their owner has chosen so.')
  const participant = await db.participant.findUniqueOrThrow({ where: { id: owner.participantId }, include: { liveClass: true } })
  if (participant.recordErasedAt !== null) throw new AppError('not_found', 'This recording was deleted.')
  const { liveClass } = participant
  if (liveClass.status === 'cancelled') throw new AppError('class_cancelled', 'This class was cancelled.')
  if (isTooLate(liveClass)) throw new AppError('too_late', 'This class ended more than seven days ago. Its record is closed.')
  const endedAtMs = liveClass.closedAt?.getTime() ?? null
  const { startedAt, clockUncertaintyMs } = placeStart(wanted, { joinedAtMs: participant.firstSeenAt.getTime(), endedAtMs, nowMs: now() })
  const { source, label, runId } = wanted
  const { participantId, personId, classId } = owner
  const recorderId = await findOrCreate({
    ...{ id: newId('rec'), participantId, personId, classId, runId, source, label, clockUncertaintyMs },
    startedAt: new Date(startedAt),
    rank: SOURCE_RANK[source],
  })
  const { token } = await mintBearer({ personId, scope: 'recorder', label: `Upload of ${label}`, classId, recorderId })
  return { recorderId, grant: token, serverNow: now() }
}

async function findOrCreate(data: Prisma.RecorderUncheckedCreateInput): Promise<string> {
  const { participantId, runId } = data
  const find = () => db.recorder.findUnique({ where: { participantId_runId: { participantId, runId } }, select: { id: true } })
  const found = await find()
  if (found) return found.id
  if ((await db.recorder.count({ where: { participantId } })) >= MOST_RECORDERS) {
    throw new AppError('too_many_requests', 'Too many recordings of one person in one class. Reload the page once and leave it open.')
  }
  try {
    return (await db.recorder.create({ data, select: { id: true } })).id
  } catch (error) {
    const other = isUniqueViolation(error) ? await find() : null
    if (!other) throw error
    return other.id
  }
}
