import { beforeEach, describe, expect, it } from 'vitest'
import { completeSignIn } from '@/lib/accounts/sign-in.server'
import { getShareable, listShareable } from '@/lib/activities/activity-reading.server'
import { exportFile } from '@/lib/activities/export-file'
import { removeActivity } from '@/lib/activities/save-activity.server'
import { readFit } from '@/lib/formats/fit'
import { db } from '@/lib/platform/db.server'
import { eraseRecord } from '@/lib/privacy/data-subject.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import type { RecorderOwner } from '@/lib/telemetry/open-recorder.server'
import { ageOutRuns, sealRuns } from '@/lib/telemetry/seal.server'
import { chunksOf, makeMember, makeScene, openRun, type Scene, SHARES, steady } from '@/tests/telemetry'
import { findOwnSummary } from './own-summary.server'
import { recomputeDirty, summariseClass } from './summarise-class.server'

const RR = [512, 520, 508, 515, 511, 509, 514]
let scene: Scene
let ana: RecorderOwner
let recorderId: string

/** Ana's strap from the class's first second: 60 s at 120 bpm, 60 s at 150, RR in the first and the third quarter of a minute. */
beforeEach(async () => {
  scene = await makeScene(600)
  ana = await makeMember(scene, 'Ana', SHARES)
  await db.profile.create({ data: { personId: ana.personId, birthYear: 1990, sex: 'female', weightKg: 60, hrmaxBpm: 180, hrrestBpm: 55 } })
  ;({ recorderId } = await openRun(ana, scene.startsAtMs))
  const chunks = chunksOf([...steady(60, 120), ...steady(60, 150)]).map((chunk, at) => (at === 0 || at === 2 ? { ...chunk, rr: RR } : chunk))
  await ingest(recorderId, { chunks, lastSeq: 7 })
  await db.liveClass.update({ where: { id: scene.classId }, data: { status: 'ended', workoutEndedAt: new Date(scene.startsAtMs + 120_000) } })
})

const claim = () => completeSignIn({ email: `ana@${scene.classId.toLowerCase()}.example`, name: null, claimPersonId: ana.personId, returnTo: '/home' })
const history = () => listShareable(ana.personId)

describe('a class in the history', () => {
  it('appears when a guest who was in it has an account, with the figures of its summary', async () => {
    await summariseClass(scene.classId)
    expect(await history()).toEqual([])
    await claim()
    expect(await recomputeDirty()).toBe(1)
    const [card] = await history()
    expect(card).toMatchObject({ source: 'class_recording', sport: 'other', title: 'Morning burn', startedAt: scene.startsAtMs, elapsedSeconds: 120, classId: scene.classId })
    const summary = await findOwnSummary(scene.classId, ana.personId)
    for (const figure of ['averageBpm', 'peakBpm', 'zoneSeconds', 'edwards', 'banister', 'energyKcal'] as const)
      expect(card?.figures[figure]).toEqual(summary?.figures[figure])
    expect(card?.figures.averageBpm).toEqual({ outcome: 'computed', value: 135 })
    const detail = await getShareable(ana.personId, card?.activityId ?? '')
    expect(detail.recording?.rr).toEqual([{ second: 0, intervals: RR }, { second: 30, intervals: RR }])
    // It goes out as FIT, and comes back with every second and every interval.
    const file = detail.recording && exportFile(detail.recording, 'fit')
    const back = readFit(file?.body ?? new Uint8Array())
    expect(back.outcome === 'read' && back.recording.streams.bpm.filter((bpm) => bpm === 150)).toHaveLength(60)
    expect(back.outcome === 'read' && back.recording.rr.flatMap(({ intervals }) => intervals)).toHaveLength(14)
  })

  it('follows its summary when samples come late, and stays one', async () => {
    await claim()
    await summariseClass(scene.classId)
    await summariseClass(scene.classId)
    const late = await openRun(ana, scene.startsAtMs + 105_000)
    await ingest(late.recorderId, { chunks: chunksOf(steady(15, 180)), lastSeq: 0 })
    await recomputeDirty()
    const cards = await history()
    expect(cards).toHaveLength(1)
    expect(cards[0]?.figures.peakBpm).toEqual({ outcome: 'computed', value: 180 })
  })

  it('goes when its owner deletes the recording, does not come back, and goes in no other way', async () => {
    await claim()
    await summariseClass(scene.classId)
    const [card] = await history()
    await expect(removeActivity(ana.personId, card?.activityId ?? '')).rejects.toMatchObject({ code: 'conflict' })
    await eraseRecord({ personId: ana.personId, classId: scene.classId })
    expect(await history()).toEqual([])
    await summariseClass(scene.classId)
    await recomputeDirty()
    expect(await history()).toEqual([])
  })

  it('loses its seconds when its owner keeps them no longer; the figures stay', async () => {
    await claim()
    await summariseClass(scene.classId)
    await db.liveClass.update({ where: { id: scene.classId }, data: { workoutEndedAt: new Date(Date.now() - 40 * 86_400_000) } })
    await sealRuns()
    expect(await ageOutRuns()).toBe(1)
    await db.summary.updateMany({ data: { dirty: true } })
    await recomputeDirty()
    const [card] = await history()
    expect(card?.figures.averageBpm).toEqual({ outcome: 'computed', value: 135 })
    expect((await getShareable(ana.personId, card?.activityId ?? '')).recording).toBeNull()
  })
})
