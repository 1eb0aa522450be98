import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeAccount } from '@/tests/people'
import { ProfileChange } from './profile'
import { changeProfile, getProfile } from './profile.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())
beforeEach(() => {
  outside.events.length = 0
})

describe('a profile', () => {
  it('says nothing until its person does, then keeps what it is not told to change', async () => {
    const { personId } = await makeAccount('Ana')
    expect(await getProfile(personId)).toMatchObject({ name: 'Ana', birthYear: null, hrmaxBpm: null, effortOnly: false, units: 'metric', keepDays: 30 })
    await changeProfile(personId, { birthYear: 1974, sex: 'female' })
    expect(await changeProfile(personId, { sex: null, name: 'Ana Lind', keepDays: 90 })).toMatchObject({ name: 'Ana Lind', birthYear: 1974, sex: null, keepDays: 90 })
  })

  it('tells the summaries when a figure of theirs came, and only then', async () => {
    const { personId } = await makeAccount('Ana')
    await changeProfile(personId, { units: 'imperial', name: 'Bo', heightCm: 170 })
    expect(outside.events).toEqual([])
    await changeProfile(personId, { hrmaxBpm: 181 })
    expect(outside.events).toMatchObject([{ name: 'accounts/profile.changed', data: { personId } }])
  })

  it('takes only figures that a body can have', async () => {
    const { personId } = await makeAccount('Ana')
    for (const change of [
      { hrmaxBpm: 300 },
      { hrmaxBpm: 0 },
      { hrrestBpm: Number.NaN },
      { weightKg: 4 },
      { birthYear: 1850 },
      { timezone: 'Nowhere/Land' },
      { name: ' ' },
      // Devices may bring samples for a week.
      { keepDays: 7 },
      { role: 'admin' },
    ]) {
      expect(ProfileChange.safeParse(change).success, JSON.stringify(change)).toBe(false)
    }
    await expect(changeProfile(personId, { birthYear: new Date().getUTCFullYear() - 3 })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { birthYear: expect.any(String) },
    })
  })
})
