import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Chunk, chunkText, OpenRecorder, Upload } from './chunk'
import { openOutbox } from './outbox.client'
import type { PageEvent } from './page-events.client'
import { createUplink, type RecorderHandle, type Uplink } from './uplink.client'

const SERVER_START = Date.UTC(2026, 10, 22, 18)
const spec = { classId: 'cls_1', participantId: 'par_1', source: 'heart_rate_strap', label: 'Polar H10', keep: true } as const

/** The ingest contract over HTTP, with a network that can be cut. `timeMs` is the world's time; both device clocks derive from it. */
class World {
  timeMs = 0
  wallSkewMs = 0
  sleptMs = 0
  online = true
  /** Stores, but the answer is lost on the way. */
  losesAnswers = false
  refusesGrant: number | null = null
  refusesOpening: { status: number; code: string } | null = null
  requests: { path: string; keepalive: boolean; bytes: number; chunks: number }[] = []
  recorders = new Map<string, { opened: OpenRecorder; chunks: Map<number, Chunk>; lastSeq: number | null }>()
  clock = { monotonicMs: () => this.timeMs - this.sleptMs, wallMs: () => 1_000_000 + this.timeMs + this.wallSkewMs }
  #page: ((event: PageEvent) => void)[] = []
  page = { listen: (listener: (event: PageEvent) => void) => (this.#page.push(listener), () => undefined) }
  tell(event: PageEvent): void {
    for (const listener of this.#page) listener(event)
  }

  fetch: typeof fetch = async (input, init) => {
    if (!this.online) throw new TypeError('Failed to fetch')
    const path = String(input)
    const text = String(init?.body ?? '')
    const answer = this.#answer(path, text === '' ? null : JSON.parse(text), new Headers(init?.headers).get('authorization'))
    const chunks = path.endsWith('/chunks') ? Upload.safeParse(JSON.parse(text)).data?.chunks.length : 0
    this.requests.push({ path, keepalive: init?.keepalive === true, bytes: text.length, chunks: chunks ?? -1 })
    if (this.losesAnswers) throw new TypeError('Failed to fetch')
    return answer
  }

  #answer(path: string, body: unknown, authorization: string | null): Response {
    const refuse = (status: number, code: string, fields?: Record<string, string>): Response =>
      Response.json({ error: { code, message: code, fields }, requestId: 'req_1' }, { status })
    if (path === '/api/time') return Response.json({ now: SERVER_START + this.timeMs })
    if (path === '/api/recorders') {
      if (this.refusesOpening) return refuse(this.refusesOpening.status, this.refusesOpening.code)
      const opened = OpenRecorder.parse(body)
      const recorderId = `rec_${opened.runId}`
      if (!this.recorders.has(recorderId)) this.recorders.set(recorderId, { opened, chunks: new Map(), lastSeq: null })
      return Response.json({ recorderId, grant: `grant-${recorderId}`, serverNow: SERVER_START + this.timeMs })
    }
    const recorder = this.recorders.get(path.split('/')[3] ?? '')
    if (recorder === undefined || authorization !== `Bearer grant-${path.split('/')[3]}`) return refuse(401, 'invalid_grant')
    if (this.refusesGrant !== null) return refuse(this.refusesGrant, this.refusesGrant === 410 ? 'too_late' : 'invalid_grant')
    const upload = Upload.safeParse(body)
    if (!upload.success) return refuse(400, 'invalid_input')
    const mismatched: number[] = []
    for (const chunk of upload.data.chunks) {
      const known = recorder.chunks.get(chunk.seq)
      if (known === undefined) recorder.chunks.set(chunk.seq, chunk)
      else if (chunkText(known) !== chunkText(chunk)) mismatched.push(chunk.seq)
    }
    if (upload.data.lastSeq !== undefined) recorder.lastSeq = upload.data.lastSeq
    const received = [...recorder.chunks.keys()].map((seq): [number, number] => [seq, seq + 1])
    if (mismatched.length > 0)
      return refuse(409, 'chunk_mismatch', {
        mismatched: mismatched.join(','),
        received: received.map((range) => range.join('-')).join(','),
      })
    return Response.json({ received })
  }

  /** Every second that the server holds, by server time, and how often it holds it. */
  stored(): Map<number, number> {
    const seconds = new Map<number, number>()
    for (const { opened, chunks } of this.recorders.values()) {
      for (const chunk of chunks.values()) {
        chunk.bpm.forEach((bpm, slot) => {
          if (bpm !== null) seconds.set(Math.round((opened.startedAt - SERVER_START) / 1000) + chunk.seq * 15 + slot, bpm)
        })
      }
    }
    return seconds
  }
  get samples(): number {
    return [...this.recorders.values()]
      .flatMap(({ chunks }) => [...chunks.values()].flatMap(({ bpm }) => bpm))
      .filter((bpm) => bpm !== null).length
  }
}

/** Web Locks of one browser, shared by its tabs. */
class Locks {
  #held = new Set<string>()
  request = (async (name: string, ...rest: unknown[]) => {
    const options = typeof rest[0] === 'object' ? rest[0] : {}
    const work = rest.at(-1) as (lock: Lock | null) => unknown
    if (this.#held.has(name) && 'ifAvailable' in (options ?? {})) return work(null)
    this.#held.add(name)
    try {
      return await work({ name, mode: 'exclusive' })
    } finally {
      this.#held.delete(name)
    }
  }) as LockManager['request']
  /** What the browser does when a tab dies. */
  drop(): void {
    this.#held.clear()
  }
}

let world: World
let locks: Locks
const uplinks: Uplink[] = []
const tab = (): Uplink => {
  const uplink = createUplink({ fetch: world.fetch, clock: world.clock, locks, page: world.page, openOutbox: () => openOutbox('test') })
  uplinks.push(uplink)
  return uplink
}
/** Lets the world run for `seconds`, with one reading a second of bpm 100 + second % 50. */
async function run(recorder: RecorderHandle | null, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    recorder?.push({ atMs: world.clock.monotonicMs(), bpm: 100 + (Math.round(world.timeMs / 1000) % 50), rr: [600] })
    world.timeMs += 1_000
    vi.advanceTimersByTime(1_000)
  }
}
const secondsOf = (from: number, to: number): [number, number][] =>
  Array.from({ length: to - from }, (_, i) => [from + i, 100 + ((from + i) % 50)])
const inOrder = (seconds: Map<number, number>): [number, number][] => [...seconds].sort(([a], [b]) => a - b)

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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 40))
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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 60))
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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 22))
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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 40))
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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 30))
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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 18))
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
    expect(inOrder(world.stored())).toEqual([...secondsOf(0, 20), ...secondsOf(110, 130)])
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
    expect(inOrder(world.stored())).toEqual(secondsOf(0, 40))
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
    expect(inOrder(world.stored()).slice(1)).toEqual(secondsOf(15, 40))
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

  it('sends bodies of at most 64 kB, and gets hours of offline training through', async () => {
    world.online = false
    const uplink = tab()
    const recorder = uplink.openRecorder(spec)
    await run(recorder, 3 * 3600)
    await uplink.flush()
    world.online = true
    await recorder.complete()
    expect(world.samples).toBe(3 * 3600)
    expect(Math.max(...world.requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(64 * 1024)
    expect(uplink.pendingChunks()).toBe(0)
  }, 30_000)

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
