import { describe, expect, it } from 'vitest'
import { listHistoryLooks, listHistoryShares, sayHistoryShare } from '@/lib/accounts/history-share.server'
import { joinClass } from '@/lib/classes/join.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { makeAccount, makeClass } from '@/tests/people'
import { pulse } from '@/tests/recordings'
import { saveOwnerOnlyActivity } from './owner-only-activity.server'
import { saveActivity } from './save-activity.server'
import { readSharedActivity, readSharedHistory } from './shared-history.server'

const T0 = Date.UTC(2026, 10, 22, 18)

/** An account with a run of a file and a ride of Strava, who has been in a class of Mara's and in none of Otto's. */
async function makeMember() {
  const [mara, otto, ines] = [await makeAccount('Mara'), await makeAccount('Otto'), await makeAccount('Ines')]
  const { classId } = await makeClass(mara.personId)
  await makeClass(otto.personId)
  await joinClass(classId, { kind: 'account', ...ines }, { name: 'Ines', cameraReach: 'trainer' })
  const { personId } = ines
  const run = await saveActivity({ personId, source: 'file', externalId: 'a'.repeat(64), recording: pulse(T0, [120, 121], { sport: 'running' }) })
  const connection = await db.connection.create({ data: { id: newId('con'), personId, provider: 'strava', status: 'active' } })
  const ride = await saveOwnerOnlyActivity({
    ...{ personId, connectionId: connection.id, source: 'strava', externalId: '42', recording: pulse(T0 + 9_000_000, [130], { sport: 'cycling' }) },
    ...{ fetchedAt: Date.now(), keepUntil: Date.now() + 1_000_000 },
  })
  return { mara, otto, personId, runId: run.activityId, rideId: ride.activityId }
}

describe('a history', () => {
  it('is nobody’s to see until its owner says so, to one trainer, and no longer when they take it back', async () => {
    const { mara, otto, personId, runId } = await makeMember()
    const refused = { code: 'not_found', message: 'This history is not shared with you.' }
    await expect(readSharedHistory(mara.personId, personId)).rejects.toMatchObject(refused)
    await expect(readSharedActivity(mara.personId, personId, runId)).rejects.toMatchObject(refused)
    expect(await listHistoryShares(personId)).toEqual([{ trainerId: mara.personId, trainerName: 'Mara', share: false, since: null }])
    await sayHistoryShare(personId, mara.personId, true)
    expect(await readSharedHistory(mara.personId, personId)).toMatchObject({ name: 'Ines', activities: [{ activityId: runId, sport: 'running' }] })
    expect((await readSharedActivity(mara.personId, personId, runId)).activity.recording?.streams.bpm).toEqual([120, 121])
    await expect(readSharedHistory(otto.personId, personId)).rejects.toMatchObject(refused)
    await sayHistoryShare(personId, mara.personId, false)
    await expect(readSharedHistory(mara.personId, personId)).rejects.toMatchObject(refused)
    await expect(readSharedActivity(mara.personId, personId, runId)).rejects.toMatchObject(refused)
    expect(await db.consent.count({ where: { personId, purpose: 'share_history' } })).toBe(2)
  })

  it('cannot be promised to a trainer of whom one was never a member, nor to oneself', async () => {
    const { otto, personId } = await makeMember()
    await expect(sayHistoryShare(personId, otto.personId, true)).rejects.toMatchObject({ code: 'not_found' })
    await expect(sayHistoryShare(personId, personId, true)).rejects.toMatchObject({ code: 'not_found' })
    // Even a row that says so opens nothing where there never was a class.
    await db.consent.create({ data: { personId, trainerId: otto.personId, purpose: 'share_history', choice: 'yes', version: 'x' } })
    await expect(readSharedHistory(otto.personId, personId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('tells its owner who looked, each time, and of those who were refused nothing', async () => {
    const { mara, otto, personId, runId } = await makeMember()
    await sayHistoryShare(personId, mara.personId, true)
    await readSharedHistory(otto.personId, personId).catch(() => undefined)
    await readSharedHistory(mara.personId, personId)
    await readSharedActivity(mara.personId, personId, runId)
    expect((await listHistoryLooks(personId)).map(({ name }) => name)).toEqual(['Mara', 'Mara'])
  })

  it('shows others nothing of a source that forbids it, whatever was agreed', async () => {
    const { mara, personId, runId, rideId } = await makeMember()
    await sayHistoryShare(personId, mara.personId, true)
    expect((await readSharedHistory(mara.personId, personId)).activities.map(({ activityId }) => activityId)).toEqual([runId])
    await expect(readSharedActivity(mara.personId, personId, rideId)).rejects.toMatchObject({ code: 'not_found' })
  })
})
