import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '@/lib/platform/api.client'
import type { Authorize, ChannelListeners, Realtime, RealtimeState } from '@/lib/platform/realtime.client'
import { channels, CLIENT_BOARD, type ParticipantInfo, type RoomEvent, type RoomSnapshot } from './room-event'
import { createRoomSession } from './room-session.client'
import type { PeerVideoRoom } from './peer-video-room.client'
import type { PeerScreen } from './topology'
import type { VideoSnapshot } from './video-room'
import { TIMER_READY } from './timer'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The realtime service as one screen sees it, in the test's hand. */
function wire() {
  const open = new Map<string, ChannelListeners>()
  const sent: Array<[string, string, unknown]> = []
  const states = new Set<(state: RealtimeState) => void>()
  let state: RealtimeState = 'connecting'
  const realtime: Realtime = {
    get state() {
      return state
    },
    billed: 0,
    onState: (listener) => (states.add(listener), () => states.delete(listener)),
    subscribe(channel, listeners) {
      open.set(channel, listeners)
      return { send: (event, data) => (sent.push([channel, event, data]), state === 'connected'), close: () => void open.delete(channel) }
    },
    hurry: () => undefined,
    close: () => void (state = 'refused'),
  }
  return {
    realtime,
    open,
    sent,
    become(next: RealtimeState) {
      state = next
      for (const listener of states) listener(next)
    },
  }
}

const person = (participantId: string, seat: number, more: Partial<ParticipantInfo> = {}): ParticipantInfo => ({
  participantId,
  name: participantId,
  role: seat === 0 ? 'host' : 'member',
  seat,
  cameraReach: 'trainer',
  heartRateReach: null,
  left: false,
  handRaisedAt: null,
  revision: 0,
  ...more,
})
const SNAPSHOT: RoomSnapshot = {
  classId: 'cls_1',
  epoch: 0,
  slug: 'spin',
  title: 'Spin',
  hostName: 'Tea',
  status: 'live',
  startsAt: 0,
  plannedEndAt: 0,
  workoutEndedAt: null,
  closedAt: null,
  capacity: 12,
  heartRateReach: 'everyone',
  videoPlace: 'here',
  videoUrl: null,
  spotlightId: null,
  waiting: 0,
  eachToEach: false,
  participants: [person('host', 0), person('ana', 1)],
  workoutStartedAt: null,
  hostSeenAt: null,
  plan: null,
  timer: TIMER_READY,
  serverNow: 0,
}
const info = (participantId: string) => ({
  participantId,
  role: participantId === 'host' ? 'host' : 'member',
  name: participantId,
  since: 0,
})

function enter(who: 'host' | 'ana', { answer = (_: string): Response | Promise<Response> => new Response(null, { status: 204 }), snapshot = SNAPSHOT, serverNowMs = (): number | null => null } = {}) {
  const net = wire()
  const calls: string[] = []
  const screens: Array<readonly PeerScreen[]> = []
  const turned: string[] = []
  let ask: Authorize | undefined
  let media: VideoSnapshot = {
    state: 'joined',
    local: { camera: null, cameraProblem: null, cameraHeldBack: false, microphone: null, microphoneProblem: null, screen: null, screenProblem: null, mayShare: false, soundFrom: 'headset' },
    remotes: [],
    cameraLimit: 8,
    membersMeet: 'no',
  }
  const video: PeerVideoRoom = {
    kind: 'peer',
    data: { screens: [], say: () => false, receive: () => () => undefined },
    get snapshot() {
      return media
    },
    subscribe: () => () => undefined,
    join: async () => undefined,
    leave: () => void turned.push('left'),
    setCamera: async (on) => void turned.push(`camera ${on}`),
    setTalk: async (on) => {
      turned.push(`talk ${on}`)
      media = { ...media, local: { ...media.local, microphone: on ? ({} as MediaStreamTrack) : null } }
    },
    setSoundFrom: async () => undefined,
    stats: async () => [],
    setClass: (now) => void screens.push(now.screens),
    setShare: async () => undefined,
    receiveSignal: () => undefined,
    setSpotlit: () => undefined,
    hurry: () => void turned.push('hurry'),
  }
  const room = createRoomSession({
    snapshot,
    seat: { participantId: who, role: who === 'host' ? 'host' : 'member', name: who, screenId: `scr_${who}`, screenToken: 'token' },
    realtime: { key: 'k', cluster: null, sameOrigin: true },
    iceServers: [],
    wantsVideo: true,
    serverNowMs,
    world: {
      api: createApi(async (url, init) => {
        calls.push([init?.method, String(url).replace('/api/classes/cls_1', ''), init?.body].filter(Boolean).join(' '))
        return answer(String(url))
      }),
      connect: (_, authorize) => ((ask = authorize), net.realtime),
      video: () => video,
      awake: () => ({ state: 'on', close: () => undefined }),
      page: { listen: () => () => undefined },
    },
  })
  const channel = () => net.open.get(channels.room('cls_1', 0))
  const here = (...people: string[]) => channel()?.onHere?.(people.map((one) => ({ userId: `scr_${one}`, info: info(one) })))
  const joined = (...people: string[]) => {
    net.become('connected')
    channel()?.onJoined?.()
    here(...people)
  }
  const news = (event: RoomEvent) => channel()?.on?.['room-event']?.(event, null)
  const drawn = () => (vi.advanceTimersByTime(60), room.view)
  return {
    ...net,
    room,
    calls,
    screens,
    turned,
    channel,
    here,
    joined,
    news,
    drawn,
    authorize: (...names: string[]) => ask?.('1.1', names),
  }
}
const beat = (seq: number, bpm: number) => ({
  kind: 'reading',
  run: 'run1',
  seq,
  reach: 'everyone',
  bpm,
  percentOfMax: 80,
  zone: 3,
  estimated: false,
  contact: true,
  trend: 'steady',
})
const tile = (view: { tiles: ReadonlyArray<{ participantId: string; reading: unknown; presence: string }> }, who: string) =>
  view.tiles.find((one) => one.participantId === who)

test('entering: from "entering" to "in", the camera goes on if somebody may see it, and the others are connected by presence', () => {
  const { room, joined, drawn, turned, screens } = enter('ana')
  expect(room.view).toMatchObject({ phase: { phase: 'entering' } })
  joined('ana', 'host')
  expect(drawn()).toMatchObject({ phase: { phase: 'in' }, offlineMs: 0, hostGoneMs: null })
  expect(turned).toEqual(['camera true'])
  expect(screens.at(-1)?.map(({ screenId, role }) => [screenId, role])).toEqual([
    ['scr_ana', 'member'],
    ['scr_host', 'host'],
  ])
  expect(enter('ana', { snapshot: { ...SNAPSHOT, participants: [person('ana', 1, { cameraReach: 'nobody' })] } }).turned).toEqual([])
})

test('the host’s screen listens to every member, shows their beats, and writes what is shared to the class', () => {
  const { joined, open, sent, drawn, news } = enter('host')
  joined('host', 'ana')
  news({ type: 'participant-joined', participant: person('ben', 2) })
  expect([...open.keys()]).toEqual(expect.arrayContaining(['private-member-host.0', 'private-member-ana.0', 'private-member-ben.0']))
  open.get('private-member-ana.0')?.on?.['client-beat']?.(beat(0, 131), null)
  open.get('private-member-ana.0')?.on?.['client-beat']?.({ ...beat(1, 131), bpm: 9_000 }, null)
  expect(tile(drawn(), 'ana')?.reading).toMatchObject({ state: 'live', bpm: 131 })
  expect(sent.filter(([, event]) => event === 'client-frame')).toEqual([
    [
      'presence-room-cls_1.0',
      'client-frame',
      {
        seq: 0,
        readings: [
          expect.objectContaining({ participantId: 'host', bpm: null }),
          expect.objectContaining({ participantId: 'ben', bpm: null }),
          expect.objectContaining({ participantId: 'ana', bpm: 131 }),
        ],
      },
    ],
  ])
})

test('a member’s screen believes frames of host screens only', () => {
  const { joined, channel, drawn, news } = enter('ana')
  joined('ana', 'host')
  news({ type: 'participant-joined', participant: person('ben', 2) })
  channel()?.onIn?.('scr_ben', info('ben'))
  const frame = { seq: 0, readings: [{ participantId: 'ben', bpm: 140, percentOfMax: null, zone: null, effort: null, estimated: false }] }
  channel()?.on?.['client-frame']?.(frame, 'scr_ben')
  channel()?.on?.['client-frame']?.(frame, null)
  expect(tile(drawn(), 'ben')).toBeUndefined()
  channel()?.on?.['client-frame']?.(frame, 'scr_host')
  expect(tile(drawn(), 'ben')?.reading).toMatchObject({ bpm: 140 })
})

test('the trainer’s loss is counted and ends nothing; a host’s screen that comes is told the last word', () => {
  const { room, joined, channel, drawn } = enter('ana')
  let asked = 0
  room.onAsked(() => (asked += 1))
  joined('ana', 'host')
  const before = asked
  channel()?.onOut?.('scr_host')
  vi.advanceTimersByTime(7_000)
  expect(drawn()).toMatchObject({ phase: { phase: 'in' }, hostGoneMs: expect.closeTo(7_060, -3) })
  channel()?.onIn?.('scr_host2', info('host'))
  expect(drawn().hostGoneMs).toBeNull()
  expect(asked).toBe(before + 1)
})

test('mute is obeyed and counted once; it cannot un-mute, and is not for others', async () => {
  const { room, joined, news, turned, drawn } = enter('ana')
  joined('ana', 'host')
  news({ type: 'mute-requested', participantId: null })
  expect(drawn().mutedByHost).toBe(0)
  await room.setTalk(true)
  news({ type: 'mute-requested', participantId: 'ben' })
  expect(room.view.talking || drawn().talking).toBe(true)
  news({ type: 'mute-requested', participantId: 'ana' })
  expect(turned).toEqual(['camera true', 'talk true', 'talk false'])
  expect(drawn()).toMatchObject({ mutedByHost: 1, talking: false })
})

test('after a break the state is read anew and shows what was missed; the time without a link is counted', async () => {
  const later = { ...SNAPSHOT, workoutEndedAt: 99, participants: [...SNAPSHOT.participants, person('ben', 2, { left: true })] }
  const { joined, become, calls, drawn, turned } = enter('host', {
    answer: (url) => (url.endsWith('/state') ? Response.json(later) : new Response(null, { status: 204 })),
  })
  joined('host', 'ana')
  await vi.advanceTimersByTimeAsync(0)
  become('connecting')
  vi.advanceTimersByTime(5_000)
  expect(drawn().offlineMs).toBeGreaterThanOrEqual(5_000)
  joined('host', 'ana')
  await vi.advanceTimersByTimeAsync(100)
  expect(calls.filter((one) => one === 'GET /state')).toHaveLength(2)
  expect(turned).toContain('hurry')
  expect(drawn()).toMatchObject({ offlineMs: 0, phase: { phase: 'workout-ended', workoutEndedAt: 99 } })
  expect(tile(drawn(), 'ben')?.presence).toBe('left')
})

test('a link that comes back while the state is being read has it read once more: the answer may be older than the break', async () => {
  const answers: Array<(response: Response) => void> = []
  const { joined, become, calls, drawn } = enter('host', {
    answer: (url) => (url.endsWith('/state') ? new Promise<Response>((resolve) => answers.push(resolve)) : new Response(null, { status: 204 })),
  })
  joined('host', 'ana')
  become('connecting')
  joined('host', 'ana')
  expect(answers).toHaveLength(1)
  answers[0]?.(Response.json(SNAPSHOT))
  await vi.advanceTimersByTimeAsync(0)
  answers[1]?.(Response.json({ ...SNAPSHOT, workoutEndedAt: 99 }))
  await vi.advanceTimersByTimeAsync(100)
  expect(calls.filter((one) => one === 'GET /state')).toHaveLength(2)
  expect(drawn().phase).toEqual({ phase: 'workout-ended', workoutEndedAt: 99 })
})

test('a state that did not come is asked for again; one that may not know who has just joined is read once more', async () => {
  const answers: Array<(response: Response) => void> = []
  const { joined, news, calls, drawn } = enter('host', {
    answer: (url) => (url.endsWith('/state') ? new Promise<Response>((resolve) => answers.push(resolve)) : new Response(null, { status: 204 })),
  })
  const reads = () => calls.filter((one) => one === 'GET /state').length
  joined('host', 'ana')
  answers[0]?.(new Response('bad gateway', { status: 502 }))
  await vi.advanceTimersByTimeAsync(3_100)
  expect(reads()).toBe(2)
  news({ type: 'participant-joined', participant: person('ben', 2) })
  answers[1]?.(Response.json(SNAPSHOT))
  await vi.advanceTimersByTimeAsync(0)
  expect([reads(), tile(drawn(), 'ben')]).toEqual([3, undefined])
  answers[2]?.(Response.json({ ...SNAPSHOT, participants: [...SNAPSHOT.participants, person('ben', 2)] }))
  await vi.advanceTimersByTimeAsync(3_100)
  expect([reads(), tile(drawn(), 'ben')?.presence]).toEqual([3, 'reconnecting'])
})

test('a screen of somebody who is said to have left makes it read the state: news may have been missed', async () => {
  const state = (ana: Partial<ParticipantInfo>): RoomSnapshot => ({ ...SNAPSHOT, participants: [person('host', 0), person('ana', 1, ana)] })
  let now = state({ left: true, revision: 1 })
  const { joined, channel, calls, drawn } = enter('host', { answer: () => Response.json(now), snapshot: now })
  joined('host')
  await vi.advanceTimersByTimeAsync(0)
  now = state({ revision: 2 })
  channel()?.onIn?.('scr_ana', info('ana'))
  await vi.advanceTimersByTimeAsync(0)
  expect(calls.filter((one) => one === 'GET /state')).toHaveLength(2)
  expect(tile(drawn(), 'ana')?.presence).toBe('here')
})

test('a screen of somebody unknown makes it read the state, not once a second', async () => {
  const { joined, channel, calls } = enter('host', { answer: () => Response.json(SNAPSHOT) })
  joined('host')
  channel()?.onIn?.('scr_zoe', info('zoe'))
  channel()?.onIn?.('scr_zed', info('zed'))
  await vi.advanceTimersByTimeAsync(100)
  expect(calls.filter((one) => one === 'GET /state')).toHaveLength(1)
})

test.each([
  ['removed', { type: 'participant-removed', participantId: 'ana', epoch: 1 }],
  ['closed', { type: 'room-closed', closedAt: 5 }],
] as const)('%s: said at once, and everything is let go', (phase, event) => {
  const { room, joined, news, open, turned } = enter('ana')
  joined('ana', 'host')
  news(event)
  expect(room.view.phase.phase).toBe(phase)
  expect([...open.keys()]).toEqual([])
  expect(turned.at(-1)).toBe('left')
  expect(vi.getTimerCount()).toBe(0)
})

const screen = (who: string) => ({ userId: `scr_${who}`, info: info(who) })

test.each([
  ['somebody else is removed', { type: 'participant-removed', participantId: 'ben', epoch: 1 }],
  ['a second screen is shut out', { type: 'room-moved', epoch: 1 }],
] as const)('%s: the host goes on to the next channel at once, a member within a second, and nobody seems gone meanwhile', (_, gone) => {
  for (const who of ['host', 'ana'] as const) {
    const { room, joined, news, open } = enter(who, { snapshot: { ...SNAPSHOT, participants: [...SNAPSHOT.participants, person('ben', 2)] } })
    joined('ana', 'host', 'ben')
    const old = open.get(channels.room('cls_1', 0))
    news(gone)
    // Those who are quicker leave the old channel before this screen does.
    old?.onOut?.(`scr_${who === 'host' ? 'ana' : 'host'}`)
    vi.advanceTimersByTime(who === 'host' ? 0 : 1_000)
    expect([...open.keys()]).not.toContain(channels.room('cls_1', 0))
    const next = open.get(channels.room('cls_1', 1))
    expect([...open.keys()].filter((name) => name.startsWith('private-member-')).every((name) => name.endsWith('.1'))).toBe(true)
    next?.onJoined?.()
    next?.onHere?.([screen(who)])
    vi.advanceTimersByTime(100)
    const presence = () => room.view.tiles.filter(({ participantId }) => participantId !== 'ben').map(({ presence }) => presence)
    expect(presence()).toEqual(['here', 'here'])
    // The other comes, or is not waited for longer than four seconds.
    if (who === 'ana') next?.onIn?.('scr_host', info('host'))
    vi.advanceTimersByTime(4_100)
    expect(presence()).toEqual(who === 'ana' ? ['here', 'here'] : ['here', 'reconnecting'])
    room.dispose()
  }
})

test('a screen that missed the move is told by its next refusal, or by the state', async () => {
  const answers = (epoch: number) => (url: string) =>
    url.endsWith('/channels')
      ? Response.json({ epoch, channels: { [channels.room('cls_1', 0)]: { error: 'moved' } } })
      : Response.json({ ...SNAPSHOT, epoch })
  const refused = enter('ana', { answer: answers(2) })
  await refused.authorize(channels.room('cls_1', 0))
  refused.channel()?.onRefused?.('moved')
  expect([...refused.open.keys()]).toContain(channels.room('cls_1', 2))
  expect(refused.room.view.phase.phase).toBe('entering')
  refused.room.dispose()

  const left = enter('ana', { answer: answers(3) })
  left.joined('ana', 'host')
  left.channel()?.onOut?.('scr_host')
  await vi.advanceTimersByTimeAsync(1_100)
  expect([...left.open.keys()]).toContain(channels.room('cls_1', 3))
})

test('the boards move with the room: nothing more is written where a screen that was shut out may still listen', () => {
  const { joined, news, open, sent } = enter('host')
  joined('host', 'ana')
  open.get(channels.readers('cls_1'))?.onHere?.([{ userId: 'tv', info: { reader: 'tv', audience: 'trainer' } }])
  const written = () => sent.splice(0).flatMap(([channel, event]) => (event === CLIENT_BOARD ? [channel] : []))
  vi.advanceTimersByTime(1_000)
  expect(new Set(written())).toEqual(new Set([channels.board('tv', 0)]))
  news({ type: 'room-moved', epoch: 1 })
  expect(open.has(channels.board('tv', 0))).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect(new Set(written())).toEqual(new Set([channels.board('tv', 1)]))
  // Late news of an older move is none.
  open.get(channels.room('cls_1', 1))?.on?.['room-event']?.({ type: 'room-moved', epoch: 1 }, null)
  expect(open.has(channels.board('tv', 1))).toBe(true)
})

test('the end of the workout keeps the room open', () => {
  const { joined, news, drawn, open } = enter('ana')
  joined('ana', 'host')
  news({ type: 'workout-ended', workoutEndedAt: 42 })
  expect(drawn()).toMatchObject({ phase: { phase: 'workout-ended', workoutEndedAt: 42 }, room: { workoutEndedAt: 42 } })
  expect(open.size).toBe(3)
})

test('a refusal for good is handed to the channels by its code; a server that is not reached is not a refusal', async () => {
  const refusing = enter('ana', {
    answer: () => Response.json({ error: { code: 'removed_from_class', message: 'No.' }, requestId: 'r' }, { status: 403 }),
  })
  expect(await refusing.authorize('a', 'b')).toEqual({ a: { error: 'removed_from_class' }, b: { error: 'removed_from_class' } })
  refusing.channel()?.onRefused?.('removed_from_class')
  expect(refusing.room.view.phase).toEqual({ phase: 'removed' })
  const down = enter('ana', { answer: () => new Response('bad gateway', { status: 502 }) })
  await expect(down.authorize('a')).rejects.toMatchObject({ code: 'unavailable' })
})

test('leaving says goodbye in a call that outlives the page, then lets everything go', async () => {
  const { room, joined, calls, turned } = enter('ana')
  joined('ana', 'host')
  await room.leave()
  expect(calls).toContain('POST /leave {"screenId":"scr_ana"}')
  expect([room.view.phase.phase, turned.at(-1), vi.getTimerCount()]).toEqual(['in', 'left', 0])
})

test('a class that is over is not entered', () => {
  const { room, turned } = enter('ana', { snapshot: { ...SNAPSHOT, closedAt: 1 } })
  expect(room.view.phase).toEqual({ phase: 'closed' })
  expect(turned).toEqual(['left'])
  expect(vi.getTimerCount()).toBe(0)
})

test('how long numbers take is measured on the trainer’s screen', () => {
  vi.setSystemTime(1_000_000)
  const { joined, open, drawn } = enter('host', { serverNowMs: () => Date.now() })
  joined('host', 'ana')
  expect(drawn().beatLatencyP95Ms).toBeNull()
  open.get(channels.member('ana', 0))?.on?.['client-beat']?.({ ...beat(0, 131), at: Date.now() - 180 }, null)
  vi.advanceTimersByTime(1_000)
  expect(drawn().beatLatencyP95Ms).toBe(180)
})

test('a number that a slow channel delivers after five seconds is never shown as live', () => {
  vi.setSystemTime(1_000_000)
  const { joined, open, drawn } = enter('host', { serverNowMs: () => Date.now() })
  joined('host', 'ana')
  open.get(channels.member('ana', 0))?.on?.['client-beat']?.({ ...beat(0, 131), at: Date.now() - 5_000 }, null)
  expect(tile(drawn(), 'ana')?.reading).toMatchObject({ state: 'stale', bpm: 131 })
})
