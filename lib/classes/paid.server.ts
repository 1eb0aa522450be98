import 'server-only'
import { recordAct } from '@/lib/accounts/audit.server'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { getMember } from './participant.server'

/** The trainer's tick that somebody has paid for this class. Again: the same. Throws `not_found`. */
export async function tickPaid(trainerId: string, classId: string, participantId: string, paid: boolean): Promise<void> {
  const { personId } = await getMember(classId, participantId)
  await db.$transaction(async (tx) => {
    const { count } = await tx.participant.updateMany({
      where: { id: participantId, paidAt: paid ? null : { not: null } },
      data: { paidAt: paid ? new Date(now()) : null },
    })
    const action = paid ? 'participant.paid' : 'participant.unpaid'
    if (count > 0) await recordAct({ actorId: trainerId, subjectId: personId, action, classId }, tx)
  })
}
