import { describe, expect, it } from 'vitest'
import { makeAccount } from '@/tests/people'
import { db } from '@/lib/platform/db.server'
import { recordConsent } from './consent.server'
import { listConsentsGiven, requireAsked } from './consents-given.server'

describe('what a person agreed to', () => {
  it('is listed trainer by trainer, as it counts now, and belongs to nobody else', async () => {
    const [ines, mara, tom] = await Promise.all([makeAccount('Ines'), makeAccount('Mara'), makeAccount('Tom')])
    await recordConsent(ines.personId, tom.personId, { live: 'everyone', keep: true, shareSummary: 'curve' })
    await recordConsent(ines.personId, mara.personId, { live: 'me', keep: false, shareSummary: 'no' })
    await recordConsent(ines.personId, tom.personId, { live: 'trainer', keep: true, shareSummary: 'summary' })
    expect(await listConsentsGiven(ines.personId)).toEqual([
      { trainerId: mara.personId, trainerName: 'Mara', choices: { live: 'me', keep: false, shareSummary: 'no' } },
      { trainerId: tom.personId, trainerName: 'Tom', choices: { live: 'trainer', keep: true, shareSummary: 'summary' } },
    ])
    expect(await listConsentsGiven(mara.personId)).toEqual([])
  })

  it('can be taken back, and what was agreed to before stays on record', async () => {
    const [ines, mara] = await Promise.all([makeAccount('Ines'), makeAccount('Mara')])
    await recordConsent(ines.personId, mara.personId, { live: 'everyone', keep: true, shareSummary: 'curve' })
    await requireAsked(ines.personId, mara.personId)
    await recordConsent(ines.personId, mara.personId, { live: 'me', keep: true, shareSummary: 'no' })
    expect((await listConsentsGiven(ines.personId))[0]?.choices).toEqual({ live: 'me', keep: true, shareSummary: 'no' })
    expect(await db.consent.count({ where: { personId: ines.personId } })).toBe(6)
  })

  it('towards a trainer who never asked cannot be made up', async () => {
    const [ines, mara] = await Promise.all([makeAccount('Ines'), makeAccount('Mara')])
    await expect(requireAsked(ines.personId, mara.personId)).rejects.toMatchObject({ code: 'not_found' })
    expect(await listConsentsGiven(ines.personId)).toEqual([])
  })
})
