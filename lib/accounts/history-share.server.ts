import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { recordAct } from './audit.server'
import { CONSENT_VERSION } from './consent'
import type { HistoryLook, HistoryShare } from './history-share'

const PURPOSE = 'share_history'

const trained = (personId: string, trainerId: string) => db.participant.count({ where: { personId, role: 'member', liveClass: { series: { hostId: trainerId } } } })
const newest = (personId: string, trainerId: string) =>
  db.consent.findFirst({ where: { personId, trainerId, purpose: PURPOSE }, orderBy: { id: 'desc' }, select: { choice: true, at: true } })

/** Writes down what a person says now. Throws `not_found` towards somebody in whose classes they have never been. */
export async function sayHistoryShare(personId: string, trainerId: string, share: boolean): Promise<void> {
  if (personId === trainerId || (await trained(personId, trainerId)) === 0) throw new AppError('not_found', 'You have not been in a class of this trainer.')
  await db.$transaction(async (tx) => {
    await tx.consent.create({
      data: { personId, trainerId, purpose: PURPOSE, choice: share ? 'yes' : 'no', version: CONSENT_VERSION, at: new Date(now()) },
    })
    if (!share) await recordAct({ actorId: personId, subjectId: personId, action: 'consent.withdrawn' }, tx)
  })
}

/** Whether this trainer may see this person's history now: a member of theirs, who says yes. */
export const sharesHistory = async (personId: string, trainerId: string): Promise<boolean> =>
  (await newest(personId, trainerId))?.choice === 'yes' && (await trained(personId, trainerId)) > 0

/** Every trainer of a person, with what counts now. */
export async function listHistoryShares(personId: string): Promise<HistoryShare[]> {
  const trainers = await db.person.findMany({
    where: { id: { not: personId }, series: { some: { classes: { some: { participants: { some: { personId, role: 'member' } } } } } } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return await Promise.all(
    trainers.map(async ({ id, name }) => {
      const said = await newest(personId, id)
      const share = said?.choice === 'yes'
      return { trainerId: id, trainerName: name, share, since: share ? (said?.at.getTime() ?? null) : null }
    }),
  )
}

/** Who looked at a person's history, newest first. */
export async function listHistoryLooks(personId: string, most = 20): Promise<HistoryLook[]> {
  const rows = await db.auditEvent.findMany({
    where: { subjectId: personId, action: 'history.read', NOT: { actorId: personId } },
    orderBy: { at: 'desc' },
    take: most,
    select: { at: true, actor: { select: { name: true } } },
  })
  return rows.map(({ at, actor }) => ({ name: actor?.name ?? '', at: at.getTime() }))
}

/** The members of a trainer who show them their history now. */
export async function listSharers(trainerId: string): Promise<Array<{ readonly personId: string; readonly name: string }>> {
  const said = await db.consent.findMany({
    where: { trainerId, purpose: PURPOSE },
    distinct: ['personId'],
    orderBy: { id: 'desc' },
    select: { personId: true, choice: true, person: { select: { name: true } } },
  })
  return said.flatMap(({ personId, choice, person }) => (choice === 'yes' ? [{ personId, name: person.name }] : []))
}
