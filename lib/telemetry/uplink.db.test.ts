import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as postConsents } from '@/app/api/classes/[classId]/consents/route'
import { POST as postRecorder } from '@/app/api/recorders/route'
import { POST as postChunks } from '@/app/api/recorders/[recorderId]/chunks/route'
import { GET as getTime } from '@/app/api/time/route'
import { guestCookieOf, request } from '@/tests/people'
import { startOutsideWorld } from '@/tests/outside-world'
import { makeMember, makeScene, type Scene } from '@/tests/telemetry'
import { openOutbox } from './outbox.client'
import type { RecorderOwner } from './open-recorder.server'
import { readRuns } from './read.server'
import { createUplink, type Uplink } from './uplink.client'

// The real client against the real routes and database; only the wire between them is cut and mended.
let scene: Scene
let ana: RecorderOwner
let online: boolean
let losesAnswers: boolean
let timeMs: number
let outside: Awaited<ReturnType<typeof startOutsideWorld>>
const uplinks: Uplink[] = []

const wire: typeof fetch = async (input, init) => {
  if (!online) throw new TypeError('Failed to fetch')
  const path = String(input)
  const sent = request(init?.method ?? 'GET', path, {
    cookie: guestCookieOf(scene.hostId, ana.personId),
    headers: Object.fromEntries(new Headers(init?.headers)),
    ...(init?.body == null ? {} : { body: String(init.body) }),
  })
  const [, , , id = ''] = path.split('/')
  const context = { params: Promise.resolve({ recorderId: id, classId: id }) }
  const route = path.endsWith('/chunks')
    ? postChunks
    : path.endsWith('/consents')
      ? postConsents
      : path === '/api/recorders'
        ? postRecorder
        : getTime
  const answer = await route(sent, context)
  if (losesAnswers) throw new TypeError('Failed to fetch')
  return answer
}
const tab = (): Uplink => {
  const clock = { monotonicMs: () => timeMs, wallMs: () => Date.now() }
  const uplink = createUplink({
    fetch: wire,
    clock,
    locks: null,
    page: { listen: () => () => undefined },
    openOutbox: () => openOutbox(scene.classId),
  })
  uplinks.push(uplink)
  return uplink
}
const spec = () =>
  ({ classId: scene.classId, participantId: ana.participantId, source: 'heart_rate_strap', label: 'Polar H10', keep: true }) as const
const readings = (from: number, to: number): { atMs: number; bpm: number; rr: number[] }[] =>
  Array.from({ length: to - from }, (_, i) => ({ atMs: 1_000 + (from + i) * 1000, bpm: 100 + (from + i), rr: [600] }))
const bpmOf = async (): Promise<(number | null)[]> => (await readRuns(ana.participantId)).flatMap(({ bpm }) => bpm)
const expected = (to: number): number[] => Array.from({ length: to }, (_, i) => 100 + i)

beforeEach(async () => {
  outside = await startOutsideWorld()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  online = true
  losesAnswers = false
  timeMs = 1_000
  scene = await makeScene(300)
  ana = await makeMember(scene, 'Ana', null)
})
afterEach(async () => {
  online = false
  await Promise.all(uplinks.splice(0).map((uplink) => uplink.dispose()))
  vi.useRealTimers()
  await outside.close()
})

describe('the uplink against the real server', () => {
  it('waits for consent, survives lost answers and a server that is away, and stores every second once', async () => {
    const uplink = tab()
    const recorder = uplink.openRecorder(spec())
    for (const reading of readings(0, 40)) recorder.push(reading)
    await uplink.flush()
    expect(await bpmOf()).toEqual([])
    expect(uplink.pendingChunks()).toBe(2)

    await wire(`/api/classes/${scene.classId}/consents`, {
      method: 'POST',
      body: JSON.stringify({ live: 'trainer', keep: true, shareSummary: 'no' }),
      headers: { 'content-type': 'application/json' },
    })
    losesAnswers = true
    await uplink.flush()
    losesAnswers = false
    await uplink.flush()
    expect(await bpmOf()).toEqual(expected(30))
    expect(uplink.pendingChunks()).toBe(0)

    online = false
    for (const reading of readings(40, 100)) recorder.push(reading)
    await recorder.complete()
    expect(uplink.pendingChunks()).toBe(5)
    online = true
    await uplink.flush()
    expect(await bpmOf()).toEqual(expected(100))
    expect(await readRuns(ana.participantId)).toMatchObject([{ complete: true, received: '{[0,7)}' }])
    expect(uplink.pendingChunks()).toBe(0)
    expect(uplink.refused()).toEqual([])
  })
})
