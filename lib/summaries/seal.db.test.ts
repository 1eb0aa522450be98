import { beforeEach, describe, expect, it } from 'vitest'
import { changeProfile } from '@/lib/accounts/profile.server'
import { db } from '@/lib/platform/db.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import type { RecorderOwner } from '@/lib/telemetry/open-recorder.server'
import { readRuns } from '@/lib/telemetry/read.server'
import { ageOutRuns, sealRuns } from '@/lib/telemetry/seal.server'
import { chunksOf, makeMember, makeScene, openRun, type Scene } from '@/tests/telemetry'
import { findOwnSummary } from './own-summary.server'
import { recomputeWithToday, summariseClass } from './summarise-class.server'

const DAY_MS = 86_400_000
/** Forty seconds that rise, with a chunk that never came between them. */
const bpm = Array.from({ length: 40 }, (_, second) => (second === 7 ? null : 120 + second))
const chunks = chunksOf(bpm).map((chunk) => ({ ...chunk, rr: chunk.seq === 0 ? [900, 910] : chunk.seq === 2 ? [880] : [] })).filter(({ seq }) => seq !== 1)

let scene: Scene
let ana: RecorderOwner
let recorderId: string
beforeEach(async () => {
  // Whatever other tests of this file left is older than anything here.
  await db.recorder.deleteMany()
  scene = await makeScene(600)
  ana = await makeMember(scene, 'Ana')
  ;({ recorderId } = await openRun(ana, scene.startsAtMs))
  await ingest(recorderId, { chunks, lastSeq: 2 })
  await endedAgo(0)
  await summariseClass(scene.classId)
})

const endedAgo = (days: number): Promise<unknown> =>
  db.liveClass.update({ where: { id: scene.classId }, data: { status: 'ended', workoutEndedAt: new Date(scene.startsAtMs + 60_000 - days * DAY_MS) } })
const metrics = () =>
  db.$queryRaw<Array<{ second: number; bpm: number }>>`
    SELECT extract(epoch FROM m.at - r."startedAt")::int AS second, m.bpm FROM metrics m JOIN recorders r ON r.id = m.recorder_id
    WHERE m.class_id = ${scene.classId} ORDER BY 1`

describe('a record that takes no more', () => {
  it('is sealed into one row, once, and reads the same: to us and in SQL', async () => {
    const [before, rows] = [await readRuns(ana.participantId), await metrics()]
    expect(rows).toHaveLength(24)
    expect(rows[0]).toEqual({ second: 0, bpm: 120 })
    expect(rows.at(-1)).toEqual({ second: 39, bpm: 159 })
    expect(await sealRuns()).toBe(0)
    await endedAgo(8)
    expect(Math.max(...(await Promise.all([sealRuns(), sealRuns()])))).toBe(1)
    expect(await db.chunk.count()).toBe(0)
    expect(await readRuns(ana.participantId)).toEqual(before)
    expect(await metrics()).toEqual(rows)
    expect(await db.sealedRun.findMany({ select: { effort: true, watts: true, rr: true, rrCounts: true } })).toEqual([{ effort: [], watts: [], rr: [900, 910, 880], rrCounts: [2, 0, 1] }])
    await expect(ingest(recorderId, { chunks })).rejects.toMatchObject({ code: 'too_late' })
  })

  it('holds a bike beside the heart: the same seconds, sealed or not, and power in the summary', async () => {
    const bike = await openRun(ana, scene.startsAtMs, { source: 'motion_sensor', label: 'Bike' })
    const watts = Array.from({ length: 15 }, (_, second) => (second === 3 ? null : 200))
    const motion = [0, 1].map((seq) => ({ seq, bpm: [], effort: [], rr: [], watts, cadence: watts.map((value) => (value === null ? null : 85)), speed: watts }))
    await ingest(bike.recorderId, { chunks: motion, lastSeq: 1 })
    await ingest(bike.recorderId, { chunks: motion, lastSeq: 1 })
    await summariseClass(scene.classId)
    // 30 s at 200 W, the gaps within held, and the last for ten: 39 s.
    const power = { measuredSeconds: 39, averageWatts: 200, weightedWatts: 200, workKj: 7.8, averageCadence: 85 }
    expect((await findOwnSummary(scene.classId, ana.personId))?.figures.power).toEqual(power)
    const moved = () =>
      db.$queryRaw`SELECT extract(epoch FROM m.at - r."startedAt")::int AS second, m.bpm, m.cadence, m.watts, m.speed
        FROM metrics m JOIN recorders r ON r.id = m.recorder_id WHERE m.source = 'motion_sensor' ORDER BY 1`
    const [before, rows] = [await readRuns(ana.participantId), await moved()]
    expect(rows).toHaveLength(28)
    expect(rows).toContainEqual({ second: 29, bpm: null, cadence: 85, watts: 200, speed: 200 })
    await endedAgo(8)
    expect(await sealRuns()).toBe(2)
    expect(await readRuns(ana.participantId)).toEqual(before)
    expect(await moved()).toEqual(rows)
    await expect(ingest(bike.recorderId, { chunks: motion })).rejects.toMatchObject({ code: 'too_late' })
  })

  it('is plain rows in SQL while some runs are sealed and others are not, each second at its time, for whoever may read what it is made of', async () => {
    await endedAgo(8)
    expect(await sealRuns()).toBe(1)
    await endedAgo(0)
    const late = await openRun(ana, scene.startsAtMs + 60_000, { source: 'effort', label: 'Effort' })
    await ingest(late.recorderId, { chunks: [{ seq: 2, bpm: [], effort: [null, 7], rr: [] }], lastSeq: 2 })
    const rows = () =>
      db.$queryRaw<Array<{ source: string; at: Date }>>`
        SELECT source, at, bpm, effort, cadence, watts, speed FROM metrics WHERE class_id = ${scene.classId} AND person_id = ${ana.personId} ORDER BY at`
    const all = await rows()
    expect(all).toHaveLength(25)
    expect(all.slice(-2)).toEqual([
      { source: 'heart_rate_strap', at: new Date(scene.startsAtMs + 39_000), bpm: 159, effort: null, cadence: null, watts: null, speed: null },
      { source: 'effort', at: new Date(scene.startsAtMs + 60_000 + 31_000), bpm: null, effort: 7, cadence: null, watts: null, speed: null },
    ])
    await endedAgo(8)
    await sealRuns()
    expect([await db.chunk.count(), await rows()]).toEqual([0, all])
    // The view lends nobody its owner's rights.
    const asStranger = db.$transaction(async (tx) => {
      await tx.$executeRaw`CREATE ROLE stranger`
      await tx.$executeRaw`GRANT SELECT ON metrics TO stranger`
      await tx.$executeRaw`SET LOCAL ROLE stranger`
      return await tx.$queryRaw`SELECT count(*) FROM metrics`
    })
    await expect(asStranger).rejects.toThrow('permission denied for table recorders')
  })

  it('ages out as long after its class as its owner keeps it, sealed or not, and the summary stays as it was', async () => {
    const summary = await findOwnSummary(scene.classId, ana.personId)
    await changeProfile(ana.personId, { keepDays: 90 })
    await endedAgo(89)
    expect(await ageOutRuns()).toBe(0)
    await endedAgo(91)
    await sealRuns()
    expect(await ageOutRuns()).toBe(1)
    expect(await ageOutRuns()).toBe(0)
    expect([await db.sealedRun.count(), await db.chunk.count(), await metrics()]).toEqual([0, 0, []])
    await db.summary.updateMany({ where: { classId: scene.classId }, data: { dirty: true } })
    await summariseClass(scene.classId)
    expect((await findOwnSummary(scene.classId, ana.personId))?.figures).toEqual(summary?.figures)
    await expect(recomputeWithToday(scene.classId, ana.personId)).rejects.toMatchObject({ code: 'conflict' })
    // A class that still takes late data is not touched, however little its owner keeps.
    await db.profile.update({ where: { personId: ana.personId }, data: { keepDays: 1 } })
    await db.recorder.updateMany({ data: { agedOutAt: null } })
    await endedAgo(7)
    expect(await ageOutRuns()).toBe(0)
  })
})
