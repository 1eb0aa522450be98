import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PeerConnection, PeerConnectionOptions } from './peer-connection.client'
import { openPeerLink } from './peer-link.client'
import type { Signal } from './room-event'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Fake = {
  options: PeerConnectionOptions
  received: Signal[]
  told: unknown[]
  restarts: number
  closed: boolean
  become(state: PeerConnection['state']): void
}

/** A connection whose network is the test. */
function rig(role: 'caller' | 'answerer') {
  const made: Fake[] = []
  const sent: Array<[string, Signal]> = []
  let gone = 0
  const link = openPeerLink({
    role,
    iceServers: [],
    streams: { person: {} as MediaStream, screen: {} as MediaStream },
    send: (id, signal) => sent.push([id, signal]),
    onChange: () => undefined,
    onData: () => undefined,
    onGone: () => (gone += 1),
    open(options) {
      let state: PeerConnection['state'] = 'connecting'
      const fake: Fake = {
        options,
        received: [],
        told: [],
        restarts: 0,
        closed: false,
        become(next) {
          state = next
          options.onState(next)
        },
      }
      made.push(fake)
      return {
        get state() {
          return state
        },
        received: () => null,
        receive: (signal) => void fake.received.push(signal),
        setTrack: () => undefined,
        setShape: () => undefined,
        tell: (message) => void fake.told.push(message),
        say: () => true,
        restart: () => void (fake.restarts += 1),
        stats: async () => ({ framesDecoded: 0, screenFramesDecoded: 0, audioPackets: 0, roundTripMs: null, path: null }),
        close: () => void (fake.closed = true),
      }
    },
  })
  return { link, made, sent, gone: () => gone }
}
const offer: Signal = { type: 'description', description: { type: 'offer', sdp: 'v=0' } }
const id = (fake: Fake | undefined, sent: Array<[string, Signal]>) => {
  fake?.options.send(offer)
  return sent.at(-1)?.[0] ?? ''
}

test('the caller restarts after 1 s, then builds anew: two connections within 11 s of a break', () => {
  const { made } = rig('caller')
  made[0]?.become('connected')
  vi.advanceTimersByTime(60_000)
  made[0]?.become('interrupted')
  vi.advanceTimersByTime(999)
  expect(made[0]?.restarts).toBe(0)
  vi.advanceTimersByTime(1)
  expect(made[0]?.restarts).toBe(1)
  vi.advanceTimersByTime(4_000)
  expect([made.length, made[0]?.closed]).toEqual([2, true])
  vi.advanceTimersByTime(6_000)
  expect(made).toHaveLength(3)
  made[2]?.become('connected')
  vi.advanceTimersByTime(120_000)
  expect(made).toHaveLength(3)
})

test('a break that mends itself is left alone', () => {
  const { made, link } = rig('caller')
  made[0]?.become('connected')
  made[0]?.become('interrupted')
  expect(link.state).toBe('interrupted')
  made[0]?.become('connected')
  vi.advanceTimersByTime(60_000)
  expect([made.length, made[0]?.restarts, link.state]).toEqual([1, 0, 'connected'])
})

test('when the network is back nobody waits: a restart at once, a new connection 4 s later', () => {
  const { made, link } = rig('caller')
  made[0]?.become('connected')
  made[0]?.become('interrupted')
  vi.advanceTimersByTime(20_000)
  const before = made.length
  link.hurry()
  expect(made.at(-1)?.restarts).toBe(1)
  vi.advanceTimersByTime(4_000)
  expect(made).toHaveLength(before + 1)
})

test('a half that the other end has closed is called again at once', () => {
  const { made } = rig('caller')
  made[0]?.become('connected')
  made[0]?.options.onBroken()
  vi.advanceTimersByTime(1)
  expect(made).toHaveLength(2)
})

test('the answerer opens nothing before it is called, takes a new call in place of the old, and ignores the old one’s stragglers', () => {
  const { link, made } = rig('answerer')
  expect(made).toHaveLength(0)
  link.receive('first', offer)
  link.receive('second', offer)
  expect(made.map(({ closed }) => closed)).toEqual([true, false])
  link.receive('first', { type: 'candidates', candidates: [] })
  link.receive('first', offer)
  expect([made.length, made[1]?.received.length]).toEqual([2, 1])
})

test('an answerer whose link stays broken asks to be called; the caller obeys with the id that was asked for', () => {
  const answerer = rig('answerer')
  answerer.link.receive('first', offer)
  answerer.made[0]?.become('connected')
  answerer.made[0]?.become('interrupted')
  vi.advanceTimersByTime(9_000)
  const hello = answerer.sent.at(-1)
  expect(hello?.[1]).toEqual({ type: 'hello', connectionId: hello?.[0] })

  const caller = rig('caller')
  if (hello) caller.link.receive(...hello)
  expect(caller.made).toHaveLength(2)
  expect(id(caller.made[1], caller.sent)).toBe(hello?.[0])
  if (hello) answerer.link.receive(hello[0], offer)
  expect(answerer.made.at(-1)?.received).toEqual([offer])
})

test('what an old connection still says is not heard', () => {
  const { made, sent } = rig('caller')
  made[0]?.become('connected')
  made[0]?.become('interrupted')
  vi.advanceTimersByTime(5_000)
  const before = sent.length
  made[0]?.options.send({ type: 'bye' })
  made[0]?.options.onState('connected')
  expect(sent).toHaveLength(before)
  vi.advanceTimersByTime(6_000)
  expect(made).toHaveLength(3)
})

test('the owner’s word about camera and voice is kept until the connection is replaced, and said anew on each', () => {
  const { link, made } = rig('caller')
  made[0]?.options.onControl({ type: 'sending', cameraOn: true, talking: true, sharing: false })
  made[0]?.options.onControl({ type: 'taking', camera: false })
  expect(link.remote).toEqual({ cameraOn: true, talking: true, sharing: false, takesCamera: false })
  made[0]?.options.onOpen()
  expect(made[0]?.told).toEqual([
    { type: 'sending', cameraOn: false, talking: false, sharing: false },
    { type: 'taking', camera: true },
  ])
  link.receive('x', { type: 'hello', connectionId: 'other' })
  expect(link.remote).toEqual({ cameraOn: false, talking: false, sharing: false, takesCamera: false })
})

test('goodbye is said and heard once; a closed link does nothing more', () => {
  const { link, made, sent, gone } = rig('caller')
  link.receive('x', { type: 'bye' })
  expect(gone()).toBe(1)
  link.close(true)
  link.close(true)
  expect(sent.filter(([, signal]) => signal.type === 'bye')).toHaveLength(1)
  vi.advanceTimersByTime(120_000)
  expect([made.length, made[0]?.closed]).toEqual([1, true])
})
