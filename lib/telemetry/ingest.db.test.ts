import { beforeEach, describe, expect, it } from 'vitest'
import { POST as postChunks } from '@/app/api/recorders/[recorderId]/chunks/route'
import { recordConsent } from '@/lib/accounts/consent.server'
import { db } from '@/lib/platform/db.server'
import { request } from '@/tests/people'
import { chunksOf, makeMember, makeScene, newRun, openRun, type Scene, steady } from '@/tests/telemetry'
import { clampPresence, recordPresence } from './attendance.server'
import type { Chunk } from './chunk'
import { ingest } from './ingest.server'
import { openRecorder, type RecorderOwner } from './open-recorder.server'
import { readRuns } from './read.server'

const MIN = 60_000
let scene: Scene
let ana: RecorderOwner
let recorderId: string
let grant: string
beforeEach(async () => {
  scene = await makeScene(600)
  ana = await makeMember(scene, 'Ana')
  ;({ recorderId, grant } = await openRun(ana, scene.startsAtMs))
})

const post = async (to: string, body: unknown, bearer = grant): Promise<{ status: number; body: unknown }> => {
  const response = await postChunks(
    request('POST', `/api/recorders/${to}/chunks`, { body, headers: { authorization: `Bearer ${bearer}` } }),
    { params: Promise.resolve({ recorderId: to }) },
  )
  return { status: response.status, body: await response.json() }
}
const samples = async (): Promise<(number | null)[]> => (await readRuns(ana.participantId)).flatMap(({ bpm }) => bpm)
const stored = (): Promise<number> => db.chunk.count({ where: { recorder: { classId: scene.classId } } })
const present = async (participantId: string): Promise<string> => {
  const [row] = await db.$queryRaw<{ present: string }[]>`SELECT present_s::text AS present FROM participants WHERE id = ${participantId}`
  return row?.present ?? ''
}
const [first, second, third] = chunksOf([...steady(15, 100), null, ...steady(14, 110), ...steady(5, 120)]) as [Chunk, Chunk, Chunk]

describe('ingest: nothing lost, nothing twice', () => {
  it('acknowledges what is stored, in any order and however often it comes', async () => {
    expect(await ingest(recorderId, { chunks: [third] })).toEqual({ received: [[2, 3]] })
    expect(await ingest(recorderId, { chunks: [first] })).toEqual({
      received: [
        [0, 1],
        [2, 3],
      ],
    })
    expect(await ingest(recorderId, { chunks: [second, first, third], lastSeq: 2 })).toEqual({ received: [[0, 3]] })
    expect(await ingest(recorderId, { chunks: [first, first] })).toEqual({ received: [[0, 3]] })
    expect(await samples()).toEqual([...steady(15, 100), null, ...steady(14, 110), ...steady(5, 120)])
    expect(await readRuns(ana.participantId)).toMatchObject([
      { complete: true, received: '{[0,3)}', startedAtMs: scene.startsAtMs, source: 'heart_rate_strap' },
    ])
  })

  it('stores one copy of a chunk that comes ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ingest(recorderId, { chunks: [first, second] })))
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ received: [[0, 2]] })))
    expect(await stored()).toBe(2)
  })

  it('refuses other bytes under a number that is taken, names it, and stores the rest', async () => {
    await ingest(recorderId, { chunks: [first] })
    const changed = { ...first, bpm: steady(15, 99) }
    const answer = await post(recorderId, { chunks: [second, changed, third] })
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'chunk_mismatch', fields: { mismatched: '0', received: '0-3' } } } })
    expect((await samples()).slice(0, 2)).toEqual([100, 100])
    expect(await samples()).toHaveLength(35)
  })

  it('refuses the second of two chunks that claim one number in one upload', async () => {
    await expect(ingest(recorderId, { chunks: [first, { ...first, rr: [700] }] })).rejects.toMatchObject({
      code: 'chunk_mismatch',
      fields: { mismatched: '0' },
    })
    expect(await stored()).toBe(1)
  })

  it('keeps apart what two devices record of one person', async () => {
    const other = await openRun(ana, scene.startsAtMs)
    await Promise.all([ingest(recorderId, { chunks: [first] }), ingest(other.recorderId, { chunks: [{ ...first, bpm: steady(15, 90) }] })])
    expect((await readRuns(ana.participantId)).map(({ bpm }) => bpm[0])).toEqual([100, 90])
  })

  it.each([
    ['0', 0],
    ['300', 300],
    ['NaN, which JSON cannot say', 'NaN'],
    ['half a beat', 71.5],
  ])('refuses a bpm of %s with a clear code, and what was stored stays', async (_, bpm) => {
    await ingest(recorderId, { chunks: [first] })
    const answer = await post(recorderId, { chunks: [{ ...second, bpm: [bpm] }] })
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_input', fields: { 'chunks.0.bpm.0': expect.any(String) } } },
    })
    expect(await stored()).toBe(1)
  })

  it('refuses an end that no run can have', async () => {
    expect(await post(recorderId, { chunks: [], lastSeq: 2 ** 31 })).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } })
  })

  it('lets the database refuse what code might let through', async () => {
    const { key } = await db.recorder.findUniqueOrThrow({ where: { id: recorderId } })
    const insert = (bpm: number[]): Promise<number> =>
      db.$executeRaw`INSERT INTO chunks VALUES (${key}, 9, decode(repeat('00', 32), 'hex'), ${bpm}::smallint[], '{}', '{}')`
    await expect(insert([300])).rejects.toThrow(/chunks_bpm_check/)
    await expect(insert(steady(16, 100))).rejects.toThrow(/chunks_bpm_check/)
    await expect(insert([100])).resolves.toBe(1)
  })
})

describe('consent to keep that was taken back', () => {
  const say = (keep: boolean) => recordConsent(ana.personId, ana.hostId, { live: 'trainer', keep, shareSummary: 'no' })

  it('stops what another tab or device still sends, and leaves what is stored', async () => {
    await ingest(recorderId, { chunks: [first] })
    await say(false)
    expect(await post(recorderId, { chunks: [second] })).toMatchObject({ status: 403, body: { error: { code: 'not_allowed' } } })
    expect(await ingest(recorderId, { chunks: [first], lastSeq: 0 }), 'what is there is acknowledged again').toEqual({ received: [[0, 1]] })
    expect(await stored()).toBe(1)
    await say(true)
    expect(await ingest(recorderId, { chunks: [second] })).toEqual({ received: [[0, 2]] })
  })
})

describe('the grant', () => {
  it('appends to its own recorder and to no other', async () => {
    const bo = await makeMember(scene, 'Bo')
    const other = await openRun(bo, scene.startsAtMs)
    expect(await post(other.recorderId, { chunks: [first] })).toMatchObject({ status: 401, body: { error: { code: 'invalid_grant' } } })
    expect(await post(recorderId, { chunks: [first] }, 'no-such-grant-that-is-long-enough')).toMatchObject({ status: 401 })
    expect(await stored()).toBe(0)
    expect(await post(recorderId, { chunks: [first] })).toMatchObject({ status: 200, body: { received: [[0, 1]] } })
  })

  it('ends after eight days', async () => {
    await db.bearer.updateMany({ where: { recorderId }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await post(recorderId, { chunks: [first] })).toMatchObject({ status: 401, body: { error: { code: 'invalid_grant' } } })
  })

  it('is of no use once the class ended more than seven days ago', async () => {
    await db.liveClass.update({
      where: { id: scene.classId },
      data: { status: 'ended', workoutEndedAt: new Date(Date.now() - 7 * 86_400_000 - 1000) },
    })
    expect(await post(recorderId, { chunks: [first] })).toMatchObject({ status: 410, body: { error: { code: 'too_late' } } })
    await expect(openRun(ana, scene.startsAtMs)).rejects.toMatchObject({ code: 'too_late' })
  })
})

describe('openRecorder', () => {
  it('is the same recorder for the same run, also when asked twice at once', async () => {
    const run = newRun(ana, scene.startsAtMs)
    const opened = await Promise.all([openRecorder(ana, run), openRecorder(ana, run), openRecorder(ana, run)])
    expect(new Set(opened.map((one) => one.recorderId)).size).toBe(1)
    expect(new Set(opened.map((one) => one.grant)).size).toBe(3)
  })

  it('opens nothing for somebody else, and nothing before its owner chose to keep samples', async () => {
    const bo = await makeMember(scene, 'Bo', null)
    await expect(openRecorder(bo, newRun(ana, scene.startsAtMs))).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(openRun(bo, scene.startsAtMs)).rejects.toMatchObject({ code: 'not_allowed' })
    const cy = await makeMember(scene, 'Cy', { live: 'trainer', keep: false, shareSummary: 'no' })
    await expect(openRun(cy, scene.startsAtMs)).rejects.toMatchObject({ code: 'not_allowed' })
  })

  it.each([
    ['ahead', 20 * MIN],
    ['behind', -10 * MIN],
  ])('corrects a clock that is minutes %s to now and marks it, and loses nothing', async (_, off) => {
    const before = Date.now()
    const off10 = await openRun(ana, scene.startsAtMs + off)
    const recorder = await db.recorder.findUniqueOrThrow({ where: { id: off10.recorderId } })
    expect(recorder.clockUncertaintyMs).toBe(60_000)
    expect(recorder.startedAt.getTime()).toBeGreaterThanOrEqual(before)
    expect(recorder.startedAt.getTime()).toBeLessThanOrEqual(Date.now())
    await expect(ingest(off10.recorderId, { chunks: [first] })).resolves.toEqual({ received: [[0, 1]] })
  })
})

describe('time present', () => {
  it('is the union of what screens say and what samples span', async () => {
    const nowMs = Date.now()
    await recordPresence(ana.participantId, { fromMs: nowMs - 15_000, toMs: nowMs })
    await recordPresence(ana.participantId, { fromMs: nowMs - 10_000, toMs: nowMs })
    await ingest(recorderId, { chunks: [first, second, third] })
    const at = Math.round((nowMs - scene.startsAtMs) / 1000)
    expect(await present(ana.participantId)).toBe(`{[0,35),[${at - 15},${at})}`)
  })

  it('takes at most twenty seconds a call, never of the future, whatever the clock of the device says', () => {
    expect(clampPresence({ fromMs: 985_000, toMs: 1_000_000 }, 1_000_100)).toEqual([985_000, 1_000_000])
    expect(clampPresence({ fromMs: 0, toMs: 1_000_000 }, 1_000_000)).toEqual([980_000, 1_000_000])
    expect(clampPresence({ fromMs: 1_585_000, toMs: 1_600_000 }, 1_000_000)).toEqual([985_000, 1_000_000])
    expect(clampPresence({ fromMs: 1_000_000, toMs: 900_000 }, 1_000_000)).toEqual([1_000_000, 1_000_000])
  })

  it('does not run ahead of now when a recording is played faster than it happened', async () => {
    const replay = await openRun(ana, Date.now(), { source: 'replay' })
    await ingest(replay.recorderId, { chunks: chunksOf(steady(900, 140)) })
    const until = Math.round((Date.now() - scene.startsAtMs) / 1000)
    const [row] = await db.$queryRaw<
      { last: number }[]
    >`SELECT COALESCE(upper(present_s), 0) AS last FROM participants WHERE id = ${ana.participantId}`
    expect(row?.last).toBeLessThanOrEqual(until + 1)
    expect((await readRuns(ana.participantId)).at(-1)?.bpm).toHaveLength(900)
  })
})
