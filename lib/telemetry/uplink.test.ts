import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Locks, secondsOf, SERVER_START, World } from '@/tests/uplink-world'
import { openOutbox } from './outbox.client'
import { createUplink, type RecorderHandle, type Uplink } from './uplink.client'

const spec = { classId: 'cls_1', participantId: 'par_1', source: 'heart_rate_strap', label: 'Polar H10', keep: true } as const

let world: World
let locks: Locks
const uplinks: Uplink[] = []
const tab = (): Uplink => {
  const uplink = createUplink({ fetch: world.fetch, clock: world.clock, locks, page: world.page, openOutbox: () => openOutbox('test') })
  uplinks.push(uplink)
  return uplink
}
const run = (recorder: RecorderHandle, seconds: number): Promise<void> => world.run(recorder, seconds)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.stubGlobal('indexedDB', new IDBFactory())
  world = new World()
  locks = new Locks()
})
afterEach(async () => {
  world.online = false
  await Promise.all(uplinks.splice(0).map((uplink) => uplink.dispose()))
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('Uplink', () => {
  it('stores every second once, at its server time, and keeps nothing that was acknowledged', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 40)
    await recorder.complete()
    expect(world.stored()).toEqual(secondsOf(0, 40))
    expect(world.samples).toBe(40)
    expect([...world.recorders.values()].map((r) => r.lastSeq)).toEqual([2])
    expect(uplink.pendingChunks()).toBe(0)
    expect(uplink.durable()).toBe(true)
    expect(await (await openOutbox('test')).runs()).toEqual([])
  })

  it('flushes every fifteen seconds', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 16)
    await vi.waitFor(() => expect(world.samples).toBe(15))
    await run(recorder, 16)
    await vi.waitFor(() => expect(world.samples).toBe(30))
  })

  it('starts offline, and places what it recorded when it first meets the server', async () => {
    world.online = false
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 60)
    await uplink.flush()
    expect(uplink.pendingChunks()).toBe(4)
    world.online = true
    world.tell('online')
    await vi.waitFor(() => expect(uplink.pendingChunks()).toBe(0))
    await recorder.complete()
    expect(world.stored()).toEqual(secondsOf(0, 60))
  })

  it('sends again what was stored while its answer was lost, and nothing is there twice', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 16)
    await uplink.flush()
    world.losesAnswers = true
    await run(recorder, 30)
    await uplink.flush()
    expect(uplink.pendingChunks()).toBeGreaterThan(0)
    world.losesAnswers = false
    await recorder.complete()
    expect(world.samples).toBe(46)
    expect(world.recorders.size).toBe(1)
    expect(uplink.pendingChunks()).toBe(0)
  })

  it('opens the same run once, though the answer to opening was lost', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 5)
    await uplink.flush()
    world.losesAnswers = true
    await run(recorder, 15)
    await uplink.flush()
    world.losesAnswers = false
    await recorder.complete()
    expect(world.recorders.size).toBe(1)
  })

  it('loses at most two seconds when the tab is killed: the next one sends what was growing', async () => {
    world.online = false
    const killed = tab()
    await run(killed.openRecorder(spec), 22)
    await vi.waitFor(async () => expect(await (await openOutbox('test')).runs()).toHaveLength(1))
    await killed.localRuns('cls_1') // waits for the disk, nothing more
    locks.drop()
    uplinks.splice(0)
    world.online = true
    const next = tab()
    await next.flush()
    expect(world.stored()).toEqual(secondsOf(0, 22))
    expect([...world.recorders.values()].map((r) => r.lastSeq)).toEqual([1])
    expect(next.pendingChunks()).toBe(0)
  })

  it('does not take over the run of a tab that lives, and sends what that tab has written', async () => {
    const first = tab()
    const recorder = first.openRecorder(spec)
    await run(recorder, 20)
    await tab().flush()
    await run(recorder, 20)
    await recorder.complete()
    await first.flush()
    expect(world.stored()).toEqual(secondsOf(0, 40))
    expect(world.recorders.size).toBe(1)
  })

  it('ends the run on leaving and sends it with keepalive; coming back begins another', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 16)
    await uplink.flush()
    await run(recorder, 4)
    world.tell('leaving')
    await vi.waitFor(() => expect(world.samples).toBe(20))
    expect(world.requests.at(-1)).toMatchObject({ keepalive: true, chunks: 1 })
    await run(recorder, 10) // back from the browser's cache
    await recorder.complete()
    expect(world.stored()).toEqual(secondsOf(0, 30))
    expect(world.recorders.size).toBe(2)
    expect(uplink.refused()).toEqual([])
  })

  it('is in no conflict with its own last words: a page that died after sending more than its draft', async () => {
    const dying = tab()
    const recorder = dying.openRecorder(spec)
    await run(recorder, 18)
    await dying.flush()
    const disk = await openOutbox('test')
    const [left] = await disk.runs()
    world.tell('leaving') // the server has seconds 15, 16 and 17
    await vi.waitFor(() => expect(world.samples).toBe(18))
    await dying.flush()
    if (left) await disk.addRun(left)
    await disk.putDraft(left?.runId ?? '', { seq: 1, bpm: [115, 116], effort: [], rr: [] }, 0)
    locks.drop()
    const next = tab()
    await next.flush()
    expect(next.refused()).toEqual([])
    expect(world.stored()).toEqual(secondsOf(0, 18))
    expect(await disk.runs()).toEqual([])
  })

  it('begins a new recorder after the lid was shut, each placed by its own clock', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 20)
    await uplink.flush()
    world.timeMs += 90_000
    world.sleptMs += 90_000
    await run(recorder, 20)
    await recorder.complete()
    expect(world.stored()).toEqual([...secondsOf(0, 20), ...secondsOf(110, 130)])
    expect(world.recorders.size).toBe(2)
  })

  it.each([600_000, -600_000])('places samples right though the wall clock jumps by %d ms', async (jump) => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 20)
    await uplink.flush()
    world.wallSkewMs += jump
    await run(recorder, 20)
    await recorder.complete()
    expect(world.stored()).toEqual(secondsOf(0, 40))
  })

  it('keeps and reports a chunk that the server has in other bytes, and sends the rest', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 5)
    await uplink.flush()
    await vi.waitFor(() => expect(world.recorders.size).toBe(1))
    for (const { chunks } of world.recorders.values()) chunks.set(0, { seq: 0, bpm: [60], effort: [], rr: [] })
    await run(recorder, 35)
    await recorder.complete()
    expect(uplink.refused()).toMatchObject([{ code: 'chunk_mismatch', chunks: 1 }])
    expect(uplink.pendingChunks()).toBe(0)
    expect(world.stored().slice(1)).toEqual(secondsOf(15, 40))
    const requests = world.requests.length
    await uplink.flush()
    expect(world.requests.slice(requests).filter(({ chunks }) => chunks > 0)).toEqual([])
  })

  it.each([
    [410, 'too_late'],
    [401, 'invalid_grant'],
  ])('keeps and reports a run that is refused for good (%d %s), and asks no more', async (status, code) => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 5)
    await uplink.flush()
    world.refusesGrant = status
    await run(recorder, 20)
    await recorder.complete()
    expect(uplink.refused()).toMatchObject([{ code, chunks: 2 }])
    const requests = world.requests.filter(({ path }) => path !== '/api/time').length
    await uplink.flush()
    expect(world.requests.filter(({ path }) => path !== '/api/time')).toHaveLength(requests)
  })

  it('waits while it may not open, without holding up another run', async () => {
    const uplink = tab()
    world.refusesOpening = { status: 403, code: 'not_allowed' }
    const early = uplink.openRecorder(spec)
    await run(early, 16)
    await early.complete()
    expect(uplink.pendingChunks()).toBe(2)
    expect(uplink.refused()).toEqual([])
    world.refusesOpening = null
    await uplink.flush()
    expect(world.samples).toBe(16)
  })

  it('sends bodies of at most 64 kB, and gets an hour and a half of offline training through', async () => {
    world.online = false
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 5400)
    await uplink.flush()
    world.online = true
    await recorder.complete()
    expect(world.samples).toBe(5400)
    expect(Math.max(...world.requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(64 * 1024)
    expect(uplink.pendingChunks()).toBe(0)
  })

  it('never sends what is not to be kept, and gives it to the summary on this device', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder({ ...spec, keep: false })
    await run(recorder, 20)
    await recorder.complete()
    world.tell('hidden')
    await uplink.flush()
    expect(world.requests.map(({ path }) => path).filter((path) => path !== '/api/time')).toEqual([])
    const [local] = await uplink.localRuns('cls_1')
    expect(local?.startedAtMs).toBe(SERVER_START)
    expect(local?.chunks.flatMap(({ bpm }) => bpm)).toEqual(secondsOf(0, 20).map(([, bpm]) => bpm))
    expect(uplink.pendingChunks()).toBe(0)
  })

  it('finds the one chunk that the server calls invalid, keeps it, and sends the rest', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 70)
    await uplink.localRuns('cls_1') // waits for the disk, nothing more
    world.online = false
    const disk = await openOutbox('test')
    const [left] = await disk.runs()
    await disk.addChunks(left?.runId ?? '', [{ seq: 2, bpm: [300], effort: [], rr: [] }])
    world.online = true
    await recorder.complete()
    expect(uplink.refused()).toMatchObject([{ code: 'invalid_input', chunks: 1 }])
    expect(world.stored()).toEqual([...secondsOf(0, 30), ...secondsOf(45, 70)])
    expect(uplink.pendingChunks()).toBe(0)
  })

  it('goes on in memory when the disk fails, says so, and loses nothing', async () => {
    const disk = await openOutbox('test')
    let full = false
    const write = disk.addChunks.bind(disk)
    disk.addChunks = (runId, chunks) => (full ? Promise.reject(new Error('QuotaExceededError')) : write(runId, chunks))
    const uplink = createUplink({ fetch: world.fetch, clock: world.clock, locks, page: world.page, openOutbox: async () => disk })
    uplinks.push(uplink)
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 20)
    await uplink.flush()
    expect(uplink.durable()).toBe(true)
    full = true
    await run(recorder, 40)
    await recorder.complete()
    expect(uplink.durable()).toBe(false)
    expect(world.stored()).toEqual(secondsOf(0, 60))
    expect(uplink.pendingChunks()).toBe(0)
  })

  it('goes on in memory without IndexedDB, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 20)
    await recorder.complete()
    expect(uplink.durable()).toBe(false)
    expect(world.samples).toBe(20)
  })
})
