import { describe, expect, it } from 'vitest'
import { changeProfile } from '@/lib/accounts/profile.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { makeAccount } from '@/tests/people'
import { pulse, readFixture } from '@/tests/recordings'
import { getShareable, listShareable } from './activity-reading.server'
import { getOwnActivity, listHistory } from './history.server'
import { purgeOwnerOnlyActivities, removeOwnerOnlyActivities, saveOwnerOnlyActivity } from './owner-only-activity.server'
import { forgetActivities, removeActivity, renameActivity, saveActivity } from './save-activity.server'

const T0 = Date.UTC(2026, 10, 22, 18)
const steady = (seconds: number) => Array.from({ length: seconds }, () => 130)
const ride = (shift = 0) => pulse(T0 + shift * 1000, steady(1200), { sport: 'cycling' })
const linksOf = async (personId: string) => Object.fromEntries((await listHistory(personId)).map(({ source, duplicateOfId }) => [source, duplicateOfId]))

async function makeAthlete() {
  const { personId } = await makeAccount('Ines')
  const connection = await db.connection.create({ data: { id: newId('con'), personId, provider: 'strava', status: 'active' } })
  const strava = (recording = ride(), keepMs = 1_000_000) =>
    saveOwnerOnlyActivity({
      ...{ personId, connectionId: connection.id, source: 'strava', externalId: '42', title: 'Lunch ride', recording },
      ...{ fetchedAt: Date.now(), keepUntil: Date.now() + keepMs },
    })
  return { personId, strava }
}

describe('saving', () => {
  it('a real ride: the row, its figures with the profile of the day, and the recording whole', async () => {
    const { personId } = await makeAthlete()
    await changeProfile(personId, { birthYear: 1991, sex: 'male', weightKg: 80, hrmaxBpm: 190, hrrestBpm: 60, thresholdWatts: 250 }).catch(() => undefined)
    const recording = await readFixture('garmin-fenix2-run.fit')
    const saved = await saveActivity({ personId, source: 'file', externalId: 'a'.repeat(64), title: 'run.fit', recording })
    expect(saved.outcome).toBe('saved')
    const detail = await getShareable(personId, saved.activityId)
    expect(detail).toMatchObject({ sport: 'running', title: 'run.fit', device: 'garmin fenix2', zoneOffsetMinutes: 120, elapsedSeconds: 2833, duplicateOfId: null })
    expect(detail.figures.zoneSeconds).toEqual({ outcome: 'computed', value: [11, 101, 313, 696, 1011, 700] })
    expect(detail.recording?.streams.bpm).toEqual(recording.streams.bpm)
    // The same again changes nothing; a later profile does not either, even when the source corrects the recording.
    expect(await saveActivity({ personId, source: 'file', externalId: 'a'.repeat(64), recording })).toEqual({ ...saved, outcome: 'unchanged' })
    await changeProfile(personId, { hrmaxBpm: 170 }).catch(() => undefined)
    expect(await saveActivity({ personId, source: 'file', externalId: 'a'.repeat(64), recording: { ...recording, device: 'fēnix' } })).toEqual({ ...saved, outcome: 'updated' })
    const again = await getShareable(personId, saved.activityId)
    expect(again).toMatchObject({ device: 'fēnix', title: 'run.fit' })
    expect(again.figures.inputs).toMatchObject({ hrmaxBpm: 190, thresholdWatts: 250 })
  })

  it('what its owner calls it stays when the source sends it again', async () => {
    const { personId } = await makeAthlete()
    const { activityId } = await saveActivity({ personId, source: 'polar', externalId: '1', title: 'Cycling', recording: ride() })
    await renameActivity(personId, activityId, 'Home from work')
    await saveActivity({ personId, source: 'polar', externalId: '1', title: 'Cycling', recording: ride(1) })
    expect((await getShareable(personId, activityId)).title).toBe('Home from work')
    await expect(renameActivity((await makeAccount('Ben')).personId, activityId, 'mine')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('one training from several sources', () => {
  it('counts once, by the best source, whatever came first; and the next best when that goes', async () => {
    const { personId, strava } = await makeAthlete()
    const polar = await saveActivity({ personId, source: 'polar', externalId: '1', recording: ride(30) })
    await strava()
    expect(await linksOf(personId)).toEqual({ polar: null, strava: polar.activityId })
    const file = await saveActivity({ personId, source: 'file', externalId: 'b'.repeat(64), recording: ride(-20) })
    expect(await linksOf(personId)).toEqual({ file: null, polar: file.activityId, strava: file.activityId })
    const detail = await getOwnActivity(personId, file.activityId)
    expect(detail.linked.map(({ source }) => source).sort()).toEqual(['polar', 'strava'])
    await removeActivity(personId, file.activityId)
    expect(await linksOf(personId)).toEqual({ polar: null, strava: polar.activityId })
    expect(await db.activity.count({ where: { personId } })).toBe(1)
  })

  it('is found anew when a source moves it, and four at once come out as one', async () => {
    const { personId } = await makeAthlete()
    const sources = ['polar', 'garmin', 'apple_health', 'google_health'] as const
    await Promise.all(sources.map((source) => saveActivity({ personId, source, externalId: '1', recording: ride() })))
    const links = await linksOf(personId)
    expect(Object.values(links).filter((link) => link === null)).toHaveLength(1)
    expect(links.polar).toBeNull()
    await saveActivity({ personId, source: 'polar', externalId: '1', recording: ride(7200) })
    expect(await linksOf(personId)).toMatchObject({ polar: null, garmin: null })
  })
})

describe('what goes', () => {
  it('stays away when its source sends it again, and comes back when its owner puts the file in again', async () => {
    const { personId } = await makeAthlete()
    const polar = await saveActivity({ personId, source: 'polar', externalId: '1', recording: ride() })
    const file = await saveActivity({ personId, source: 'file', externalId: 'c'.repeat(64), recording: ride(90_000) })
    await removeActivity(personId, polar.activityId)
    await removeActivity(personId, file.activityId)
    expect(await listHistory(personId)).toEqual([])
    expect(await db.activity.findUnique({ where: { id: polar.activityId } })).toMatchObject({ recording: null, title: null, figures: {} })
    expect((await saveActivity({ personId, source: 'polar', externalId: '1', recording: ride() })).outcome).toBe('unchanged')
    expect((await saveActivity({ personId, source: 'file', externalId: 'c'.repeat(64), recording: ride(90_000) })).outcome).toBe('saved')
    expect((await listHistory(personId)).map(({ source }) => source)).toEqual(['file'])
    expect(await forgetActivities(personId, { source: 'polar' })).toBe(1)
  })

  it('our record of a class goes with the class', async () => {
    const { personId } = await makeAthlete()
    const { activityId } = await saveActivity({ personId, source: 'class_recording', externalId: 'cls_1', recording: ride() })
    await expect(removeActivity(personId, activityId)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('what only its owner may see', () => {
  it('is in their history and detail, and in nothing that others are shown', async () => {
    const { personId, strava } = await makeAthlete()
    const { activityId } = await strava()
    expect((await listHistory(personId)).map(({ source, title }) => [source, title])).toEqual([['strava', 'Lunch ride']])
    expect((await getOwnActivity(personId, activityId)).recording?.streams.bpm).toHaveLength(1200)
    expect(await listShareable(personId)).toEqual([])
    await expect(getShareable(personId, activityId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getOwnActivity((await makeAccount('Ben')).personId, activityId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is gone when it may not be kept any longer, at once from sight and with the sweep from the table', async () => {
    const { personId, strava } = await makeAthlete()
    await strava(ride(), -1)
    expect(await listHistory(personId)).toEqual([])
    expect(await purgeOwnerOnlyActivities()).toBe(1)
    await strava()
    expect((await strava()).outcome).toBe('unchanged')
    expect(await removeOwnerOnlyActivities(personId, { source: 'strava' })).toBe(1)
  })
})
