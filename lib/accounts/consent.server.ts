import 'server-only'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { CONSENT_VERSION, ConsentChoices } from './consent'

/** Writes down what a person chose towards one trainer. Nothing is overwritten: what was agreed to before stays on record. */
export async function recordConsent(
  personId: string,
  trainerId: string,
  { live, keep, shareSummary }: ConsentChoices,
  tx: Db = db,
): Promise<void> {
  const said = { personId, trainerId, version: CONSENT_VERSION, at: new Date(now()) }
  await tx.consent.createMany({
    data: [
      { ...said, purpose: 'live', choice: live },
      { ...said, purpose: 'keep', choice: keep ? 'yes' : 'no' },
      { ...said, purpose: 'share_summary', choice: shareSummary },
    ],
  })
}

/** What counts now; undefined until the person was asked. */
export async function findConsents(personId: string, trainerId: string, tx: Db = db): Promise<ConsentChoices | undefined> {
  return (await currentConsents([personId], trainerId, tx)).get(personId)
}

/** What counts now for several people of one trainer: the newest row of each purpose. Whoever was not asked is not in it. */
export async function currentConsents(personIds: readonly string[], trainerId: string, tx: Db = db): Promise<Map<string, ConsentChoices>> {
  const rows = await tx.consent.findMany({
    where: { trainerId, personId: { in: [...personIds] } },
    distinct: ['personId', 'purpose'],
    orderBy: { id: 'desc' },
    select: { personId: true, purpose: true, choice: true },
  })
  const choices = new Map<string, ConsentChoices>()
  for (const personId of personIds) {
    const said = (purpose: string): string | undefined => rows.find((row) => row.personId === personId && row.purpose === purpose)?.choice
    const parsed = ConsentChoices.safeParse({ live: said('live'), keep: said('keep') === 'yes', shareSummary: said('share_summary') })
    if (parsed.success) choices.set(personId, parsed.data)
  }
  return choices
}
