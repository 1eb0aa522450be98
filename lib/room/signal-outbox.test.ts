import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '@/lib/platform/api.client'
import type { Signal } from './room-event'
import { createSignalOutbox } from './signal-outbox.client'
import { SignalRequest } from './signals'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const description = (sdp: string): Signal => ({ type: 'description', description: { type: 'offer', sdp } })
const BYE: Signal = { type: 'bye' }

function outbox(answer: () => Response = () => new Response(null, { status: 204 })) {
  const calls: Array<{ request: SignalRequest; keepalive: boolean }> = []
  const api = createApi(async (_, init) => {
    calls.push({ request: SignalRequest.parse(JSON.parse(String(init?.body))), keepalive: init?.keepalive === true })
    return answer()
  })
  return { calls, box: createSignalOutbox(api, 'cls_1', { screenId: 'scr_me', screenToken: 'token' }) }
}
const sdps = (request: SignalRequest | undefined) =>
  request?.signals.map(({ signal }) => (signal.type === 'description' ? signal.description.sdp : signal.type))

test('signals of a tenth of a second go in one call a screen, in order', async () => {
  const { calls, box } = outbox()
  box.send('a', 'c1', description('1'))
  box.send('b', 'c2', description('x'))
  await vi.advanceTimersByTimeAsync(60)
  box.send('a', 'c1', description('2'))
  expect(calls).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(40)
  expect(calls.map(({ request }) => [request.to, sdps(request)])).toEqual([
    ['a', ['1', '2']],
    ['b', ['x']],
  ])
})

test('more than a call takes goes with the next, after the first', async () => {
  const { calls, box } = outbox()
  for (let index = 0; index < 23; index += 1) box.send('a', 'c1', description(String(index)))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(calls.map(({ request }) => request.signals.length)).toEqual([10, 10, 3])
  expect(calls.flatMap(({ request }) => sdps(request))).toEqual(Array.from({ length: 23 }, (_, index) => String(index)))
})

test('while the server is not reached they are kept and sent again in order; a refusal is not repeated', async () => {
  let down = true
  const { calls, box } = outbox(() => {
    if (down) throw new TypeError('Failed to fetch')
    return new Response(null, { status: 204 })
  })
  box.send('a', 'c1', description('1'))
  await vi.advanceTimersByTimeAsync(200)
  down = false
  box.send('a', 'c1', description('2'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(calls.map(({ request }) => sdps(request))).toEqual([['1'], ['1', '2']])

  const refused = outbox(
    () => new Response(JSON.stringify({ error: { code: 'not_allowed', message: 'No.' }, requestId: 'r' }), { status: 403 }),
  )
  refused.box.send('a', 'c1', description('1'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused.calls).toHaveLength(1)
})

test('a goodbye outlives the page', () => {
  const { calls, box } = outbox()
  box.send('a', 'c1', description('1'))
  box.send('a', 'c1', BYE)
  box.close()
  expect(calls.map(({ request, keepalive }) => [sdps(request), keepalive])).toEqual([[['bye'], true]])
})
