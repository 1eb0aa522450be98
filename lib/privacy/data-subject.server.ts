import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db, type Prisma } from '@/lib/platform/db.server'
import { tellRoom } from '@/lib/room/publish.server'
import { forgetClassActivity } from '@/lib/summaries/class-activity.server'
import { endAllConnections } from '@/lib/sync/end-connection.server'
import { confirmsDeletion } from './confirm-deletion'
import { challengesOf, HOLDINGS } from './holdings.server'

type Held = keyof typeof HOLDINGS
const MODELS = Object.keys(HOLDINGS) as Held[]

/** Everything we hold about a person, by model. Throws `not_found`. */
export async function exportPerson(
  personId: string,
): Promise<{ exportedAt: string; data: Record<Held, ReadonlyArray<object>> }> {
  await requirePerson(personId)
  const rows = await Promise.all(MODELS.map(async (model) => [model, await HOLDINGS[model](personId)] as const))
  return { exportedAt: new Date(now()).toISOString(), data: Object.fromEntries(rows) as Record<Held, ReadonlyArray<object>> }
}

/**
 * Forgets a person: every row about them, and for a trainer their classes with all that was recorded in these. What they had connected
 * is ended there first. There is no way back.
 * Throws `not_found`.
 */
export async function erasePerson(personId: string): Promise<void> {
  await requirePerson(personId)
  await closeRoomsOf(personId)
  await endAllConnections(personId)
  const challenges = await challengesOf(personId)
  await db.$transaction([db.signInChallenge.deleteMany({ where: challenges }), db.person.delete({ where: { id: personId } })])
}

/** Nobody is left in a room whose class is about to be gone. */
async function closeRoomsOf(hostId: string): Promise<void> {
  const open = { series: { hostId }, status: { in: ['open', 'live', 'ended'] }, closedAt: null } satisfies Prisma.LiveClassWhereInput
  const closedAt = new Date(now())
  for (const { id } of await db.liveClass.findMany({ where: open, select: { id: true } })) {
    await db.liveClass.update({ where: { id }, data: { closedAt } })
    await tellRoom(id, { type: 'room-closed', closedAt: closedAt.getTime() })
  }
}

/** The same for an account whose owner has typed DELETE or its address. Throws `invalid_input` for anything else. */
export async function eraseAccount({ personId, email }: { readonly personId: string; readonly email: string }, confirm: string): Promise<void> {
  if (!confirmsDeletion(confirm, email)) {
    const message = 'Type DELETE, or the e-mail address of the account.'
    throw new AppError('invalid_input', message, { confirm: message })
  }
  await erasePerson(personId)
}

/**
 * Deletes what a person recorded in one class, the summary made of it, and every link to it. That they were there stays on the
 * trainer's list. What a device has not sent yet is not taken any more, and no summary is made again.
 */
export async function eraseRecord({ personId, classId }: { readonly personId: string; readonly classId: string }): Promise<void> {
  const where = { personId, classId }
  await db.$transaction([
    db.bearer.deleteMany({ where: { ...where, scope: { in: ['recorder', 'summary'] } } }),
    db.recorder.deleteMany({ where }),
    // After the recorders, as ingest takes its locks; before the summary, so that one being computed is waited for and goes too.
    db.participant.updateMany({ where, data: { recordErasedAt: new Date(now()) } }),
    db.summary.deleteMany({ where }),
    db.summaryAddress.deleteMany({ where }),
  ])
  await forgetClassActivity(personId, classId)
}

/** The same in every class of one trainer: for whoever does not want to be kept any more. */
export async function eraseRecordsWith(personId: string, trainerId: string): Promise<void> {
  const seats = await db.participant.findMany({ where: { personId, liveClass: { series: { hostId: trainerId } } }, select: { classId: true } })
  for (const { classId } of seats) await eraseRecord({ personId, classId })
}

async function requirePerson(personId: string): Promise<void> {
  if ((await db.person.count({ where: { id: personId } })) === 0) throw new AppError('not_found', 'This person is not here (any more).')
}
