import 'server-only'
import { recordAct } from '@/lib/accounts/audit.server'
import { type ConsentChoices, narrower } from '@/lib/accounts/consent'
import { findConsents, recordConsent } from '@/lib/accounts/consent.server'
import { db } from '@/lib/platform/db.server'
import { seatOf } from '@/lib/classes/participant.server'
import { changeMe } from './run-room.server'

/**
 * What a person chose towards a trainer counts from here on, everywhere: the wall of a class that runs hears it at once, nothing more is
 * stored without `keep`, and the trainer opens only what is shared now. What was stored before stays until its owner deletes it.
 */
export async function sayConsents(personId: string, trainerId: string, choices: ConsentChoices): Promise<void> {
  const before = await findConsents(personId, trainerId)
  await db.$transaction(async (tx) => {
    await recordConsent(personId, trainerId, choices, tx)
    const less = before && JSON.stringify(narrower(before, choices)) !== JSON.stringify(narrower(before, before))
    if (less) await recordAct({ actorId: personId, subjectId: personId, action: 'consent.withdrawn' }, tx)
  })
  const seats = await db.participant.findMany({
    // Of somebody who was removed the room hears nothing any more.
    where: { personId, removedAt: null, liveClass: { series: { hostId: trainerId }, closedAt: null, status: { in: ['open', 'live', 'ended'] } } },
  })
  for (const row of seats) await changeMe(seatOf(row), { heartRateReach: choices.live })
}
