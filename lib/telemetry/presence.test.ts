import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApi } from '@/lib/platform/api.client'
import type { PageEvent } from './page-events.client'
import { keepPresent } from './presence.client'

let nowMs: number | null
let online: boolean
let said: { from: number; to: number; keepalive: boolean }[]
let tell: (event: PageEvent) => void
const start = (): (() => void) =>
  keepPresent({
    classId: 'cls_1',
    serverNowMs: () => nowMs,
    page: { listen: (listener) => ((tell = listener), () => undefined) },
    api: createApi(async (_, init) => {
      if (!online) throw new TypeError('Failed to fetch')
      const { fromMs, toMs } = JSON.parse(String(init?.body))
      said.push({ from: fromMs, to: toMs, keepalive: init?.keepalive === true })
      return new Response(null, { status: 204 })
    }),
  })
async function pass(ms: number): Promise<void> {
  nowMs = (nowMs ?? 0) + ms
  await vi.advanceTimersByTimeAsync(ms)
}

describe('keepPresent', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    nowMs = 1_000_000
    online = true
    said = []
  })
  afterEach(() => vi.useRealTimers())

  it('covers the time without a hole, every fifteen seconds and on leaving', async () => {
    const stop = start()
    await pass(15_000)
    await pass(7_000)
    tell('leaving')
    stop()
    await pass(60_000)
    expect(said).toEqual([
      { from: 1_000_000, to: 1_000_000, keepalive: false },
      { from: 1_000_000, to: 1_015_000, keepalive: false },
      { from: 1_015_000, to: 1_022_000, keepalive: true },
      { from: 1_022_000, to: 1_022_000, keepalive: true },
    ])
  })

  it('reaches back over a call that failed, but never further than one call may', async () => {
    start()
    online = false
    await pass(15_000)
    online = true
    await pass(3_000)
    tell('online')
    await pass(0)
    expect(said.at(-1)).toEqual({ from: 1_000_000, to: 1_018_000, keepalive: false })
    online = false
    await pass(15_000)
    await pass(15_000)
    online = true
    tell('online')
    await pass(0)
    expect(said.at(-1)).toEqual({ from: 1_028_000, to: 1_048_000, keepalive: false })
  })

  it('says nothing while the time is unknown, and then all of it', async () => {
    nowMs = null
    const stop = start()
    await vi.advanceTimersByTimeAsync(9_000)
    expect(said).toEqual([])
    // A short stay ends before the first fifteen seconds do.
    nowMs = 1_009_000
    stop()
    await pass(0)
    expect(said).toEqual([{ from: 1_000_000, to: 1_009_000, keepalive: true }])
  })

  it('says what the screen’s messages cost, each once, and again what did not get through', async () => {
    const bodies: unknown[] = []
    let cost = 0
    const stop = keepPresent({
      classId: 'cls_1',
      serverNowMs: () => nowMs,
      billed: () => cost,
      page: { listen: () => () => undefined },
      api: createApi(async (_, init) => {
        if (!online) throw new TypeError('Failed to fetch')
        bodies.push(JSON.parse(String(init?.body)).billed)
        return new Response(null, { status: 204 })
      }),
    })
    cost = 40
    await pass(15_000)
    online = false
    cost = 65
    await pass(15_000)
    online = true
    cost = 70
    await pass(15_000)
    stop()
    await pass(0)
    expect(bodies).toEqual([undefined, 40, 30, undefined])
  })
})
