import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PeerConnection, PeerConnectionOptions } from './peer-connection.client'
import { createPeerVideoRoom } from './peer-video-room.client'
import type { CameraReach, PeerScreen } from './topology'
import { CAMERA_LIMIT } from './video-policy'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', class {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const track = (kind: string) =>
  ({ kind, stop: () => undefined, onended: null, contentHint: '' }) as Partial<MediaStreamTrack> as MediaStreamTrack
type Fake = { options: PeerConnectionOptions; told: unknown[]; picture: boolean[]; lines: Map<string, MediaStreamTrack | null>; become(state: PeerConnection['state']): void }
const screen = (screenId: string, role: 'host' | 'member' = 'member'): PeerScreen => ({ screenId, role, participantId: `par_${screenId}` })

const ALL = ['ana', 'ben', 'cem', 'h', 'h1', 'h2', ...Array.from({ length: CAMERA_LIMIT + 1 }, (_, index) => `m${index}`)]
const around = (
  screens: readonly PeerScreen[],
  people: readonly string[] = ALL,
  { eachToEach = false, reach = {} }: { eachToEach?: boolean; reach?: Record<string, CameraReach> } = {},
) => ({ screens, people: new Map(people.map((one) => [`par_${one}`, reach[one] ?? ('trainer' as const)])), eachToEach })

function enter(me: PeerScreen) {
  const made: Fake[] = []
  const sent: Array<[string, string]> = []
  const room = createPeerVideoRoom({
    me,
    iceServers: [],
    sendSignal: (to, _, signal) => sent.push([to, signal.type]),
    devices: {
      getUserMedia: async (wanted) =>
        ({ getTracks: () => [track(wanted?.video ? 'video' : 'audio')] }) as Partial<MediaStream> as MediaStream,
    },
    open(options) {
      let state: PeerConnection['state'] = 'connecting'
      const fake: Fake = { options, told: [], picture: [], lines: new Map(), become: (next) => ((state = next), options.onState(next)) }
      made.push(fake)
      return {
        get state() {
          return state
        },
        received: (line) => track(line),
        receive: () => undefined,
        setTrack: (line, sent) => void fake.lines.set(line, sent),
        setShape: (_, picture) => void fake.picture.push(picture),
        tell: (message) => void fake.told.push(message),
        say: () => true,
        restart: () => undefined,
        stats: async () => ({ framesDecoded: 0, screenFramesDecoded: 0, audioPackets: 0, roundTripMs: null, path: null }),
        close: () => undefined,
      }
    },
  })
  const call = (from: string) =>
    room.receiveSignal({ from, connectionId: `c_${from}`, signal: { type: 'description', description: { type: 'offer', sdp: '' } } })
  return { room, made, sent, call }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

test('a member’s screen calls every host screen and nobody else; a host’s screen waits to be called by members', async () => {
  const ana = enter(screen('ana'))
  await ana.room.join()
  ana.room.setClass(around([screen('ana'), screen('h1', 'host'), screen('h2', 'host'), screen('ben')]))
  await settle()
  expect(ana.room.snapshot.remotes.map(({ screenId }) => screenId)).toEqual(['h1', 'h2'])
  expect(ana.made).toHaveLength(2)
  expect(ana.room.snapshot.state).toBe('joining')

  const host = enter(screen('h1', 'host'))
  await host.room.join()
  host.call('ana') // before presence has shown her
  host.room.setClass(around([screen('h1', 'host'), screen('h2', 'host'), screen('ana'), screen('ben')]))
  await settle()
  expect(host.room.snapshot.remotes.map(({ screenId }) => screenId)).toEqual(['ana', 'ben'])
  expect(host.made).toHaveLength(1)
})

test('the ninth camera has no picture, is told so on both sides, and takes the next free place', async () => {
  const host = enter(screen('h', 'host'))
  await host.room.join()
  const members = Array.from({ length: CAMERA_LIMIT + 1 }, (_, index) => `m${index}`)
  host.room.setClass(around(members.map((one) => screen(one))))
  for (const one of members) host.call(one)
  for (const fake of host.made) {
    fake.become('connected')
    fake.options.onControl({ type: 'sending', cameraOn: true, talking: false, sharing: false })
  }
  await settle()
  const shown = () => host.room.snapshot.remotes.map(({ video, overCameraLimit }) => (overCameraLimit ? 'over' : video ? 'picture' : '-'))
  expect(shown()).toEqual([...Array<string>(8).fill('picture'), 'over'])
  expect(host.made[8]?.told.at(-1)).toEqual({ type: 'taking', camera: false })
  host.made[2]?.options.onControl({ type: 'sending', cameraOn: false, talking: false, sharing: false })
  await settle()
  expect(shown()).toEqual(['picture', 'picture', '-', ...Array<string>(6).fill('picture')])
  expect(host.made[8]?.told.at(-1)).toEqual({ type: 'taking', camera: true })
})

test('a member whose picture is not taken stops sending it and knows', async () => {
  const ana = enter(screen('ana'))
  await ana.room.join()
  ana.room.setClass(around([screen('h', 'host')]))
  ana.made[0]?.become('connected')
  await ana.room.setCamera(true)
  ana.made[0]?.options.onControl({ type: 'taking', camera: false })
  await settle()
  expect(ana.room.snapshot.local.cameraHeldBack).toBe(true)
  expect(ana.made[0]?.picture.at(-1)).toBe(false)
})

test('a connection that stands outlives a screen that presence lost; one that is broken goes with it', async () => {
  const host = enter(screen('h', 'host'))
  await host.room.join()
  host.room.setClass(around([screen('ana')]))
  host.call('ana')
  host.made[0]?.become('connected')
  host.room.setClass(around([]))
  await settle()
  expect(host.room.snapshot.remotes).toHaveLength(1)
  host.made[0]?.become('interrupted')
  await settle()
  expect(host.room.snapshot.remotes).toHaveLength(0)
})

test('a connection ends with its person’s place in the class, though their screen stays on the channel', async () => {
  const host = enter(screen('h', 'host'))
  await host.room.join()
  host.room.setClass(around([screen('ana'), screen('ben')]))
  for (const one of ['ana', 'ben']) host.call(one)
  for (const fake of host.made) fake.become('connected')
  host.room.setClass(around([screen('ana'), screen('ben')], ['ben', 'h']))
  await settle()
  expect(host.room.snapshot.remotes.map(({ screenId }) => screenId)).toEqual(['ben'])
  host.call('ana')
  await settle()
  expect(host.made, 'nor is she answered').toHaveLength(2)
})

test('losing every host is "reconnecting", never a failure; leaving says goodbye and stops all', async () => {
  const ana = enter(screen('ana'))
  await ana.room.join()
  ana.room.setClass(around([screen('h', 'host')]))
  ana.made[0]?.become('connected')
  ana.made[0]?.become('interrupted')
  await settle()
  expect(ana.room.snapshot.state).toBe('reconnecting')
  ana.room.leave()
  await settle()
  expect([ana.room.snapshot.state, ana.sent.at(-1), vi.getTimerCount()]).toEqual(['left', ['h', 'bye'], 0])
})

test('members who may meet: what was meant for the trainer alone is never handed to another member’s connection', async () => {
  const ana = enter(screen('ana'))
  await ana.room.join()
  await ana.room.setCamera(true)
  await ana.room.setTalk(true)
  const here = [screen('ana'), screen('ben'), screen('cem'), screen('h', 'host')]
  const now = (reach: CameraReach) => ana.room.setClass(around(here, ALL, { eachToEach: true, reach: { ana: reach, ben: 'everyone' } }))
  now('trainer')
  await settle()
  expect(ana.room.snapshot.remotes.map(({ screenId }) => screenId)).toEqual(['ben', 'h'])
  const [toBen, toHost] = ana.made
  expect([toBen?.lines.get('camera'), toBen?.lines.get('microphone')]).toEqual([null, null])
  expect([toHost?.lines.get('camera'), toHost?.lines.get('microphone')]).toEqual([track('video'), track('audio')].map((one) => expect.objectContaining({ kind: one.kind })))
  now('everyone')
  expect(toBen?.lines.get('camera')).toMatchObject({ kind: 'video' })
  now('trainer')
  expect([toBen?.lines.get('camera'), toBen?.lines.get('microphone')]).toEqual([null, null])
  expect(toBen?.told.findLast((one) => (one as { type: string }).type === 'sending')).toMatchObject({ cameraOn: false, talking: false })
})

test('the seventh member makes it a star again, in words for those who were offered more', async () => {
  const ana = enter(screen('ana'))
  await ana.room.join()
  const members = ['ana', 'm0', 'm1', 'm2', 'm3', 'm4']
  const now = (names: readonly string[]) =>
    ana.room.setClass(around([screen('h', 'host'), ...names.map((one) => screen(one))], ALL, { eachToEach: true, reach: { ana: 'everyone' } }))
  now(members)
  await settle()
  expect([ana.room.snapshot.membersMeet, ana.room.snapshot.remotes.length]).toEqual(['yes', 6])
  now([...members, 'm5'])
  await settle()
  expect([ana.room.snapshot.membersMeet, ana.room.snapshot.remotes.map(({ screenId }) => screenId)]).toEqual(['too_many', ['h']])
  expect(ana.sent.filter(([, type]) => type === 'bye').map(([to]) => to)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
})
