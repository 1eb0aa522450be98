import type { Api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import type { Authorize, Realtime, RealtimeSubscription } from '@/lib/platform/realtime.client'
import { Frame } from './beat'
import type { Screen } from './board'
import { ChannelPasses } from './channel-auth'
import { createPusherBeatLink, type PusherBeatLink } from './pusher-beat-link.client'
import { channels, CLIENT_FRAME, ROOM_EVENT, RoomEvent, type RoomSeat, ScreenInfo, SIGNAL, SignalEnvelope } from './room-event'

/** What a class says to one screen, checked. Nothing is called before `openRoomChannels` has returned. */
export type RoomHearing = {
  /** The way to the class stands, at first and after each break. */
  readonly onJoined: () => void
  /** The class went on to a new channel, and this screen with it: news may have been missed, nobody has. */
  readonly onMoved: () => void
  /** For good; the reason is an ErrorCode of ours, or `refused` by the realtime server. */
  readonly onRefused: (reason: string) => void
  readonly onDown: () => void
  readonly onHere: (screens: readonly Screen[]) => void
  readonly onIn: (screen: Screen) => void
  readonly onOut: (screenId: string) => void
  readonly onRoomEvent: (event: RoomEvent) => void
  /** `from` is the screen that the server vouches for. */
  readonly onFrame: (from: string, frame: Frame) => void
  readonly onSignal: (envelope: SignalEnvelope) => void
  /** Own beats may be sent again from here on. */
  readonly onBeatsReady: () => void
}
export interface RoomChannels {
  readonly beats: PusherBeatLink
  readonly connected: boolean
  /** This screen's share of what the class costs. */
  readonly billed: number
  /** The class is on this epoch's channel now; an older one is no news. */
  move(epoch: number): void
  sendFrame(frame: Frame): boolean
  /** Another channel of the same connection. */
  readonly subscribe: Realtime['subscribe']
  hurry(): void
  close(): void
}

/** Members follow the host to a new channel within this long: not all in the same moment. */
const FOLLOW_MS = 1_000
/** Until then whoever was there before a move is taken to be on the way. */
const SETTLED_MS = 4_000

/** Refusals that asking again does not change. */
const FINAL = new Set(['removed_from_class', 'not_allowed', 'not_found', 'class_over', 'class_cancelled', 'sign_in_required'])
export const finalRefusal = (error: unknown): string | null => (error instanceof AppError && FINAL.has(error.code) ? error.code : null)

export function openRoomChannels(
  connect: (authorize: Authorize) => Realtime,
  call: Api,
  classId: string,
  { screenId, screenToken, replaces, participantId, role, sensor }: RoomSeat & { readonly sensor: boolean },
  firstEpoch: number,
  hearing: RoomHearing,
): RoomChannels {
  const realtime = connect(async (socketId, names) => {
    try {
      const body = { socketId, screenId, screenToken, channels: names, ...(replaces && { replaces }), ...(sensor && { sensor }) }
      const passes = await call('POST', `/api/classes/${classId}/channels`, { body, reply: ChannelPasses })
      if (passes.epoch > epoch) go(passes.epoch)
      return passes.channels
    } catch (error) {
      const reason = finalRefusal(error)
      if (reason === null) throw error
      return Object.fromEntries(names.map((name) => [name, { error: reason }]))
    }
  })
  const stopState = realtime.onState((state) => {
    if (state === 'refused') hearing.onRefused('refused')
    else if (state !== 'connected') hearing.onDown()
  })
  const beats = createPusherBeatLink(realtime, { participantId, epoch: firstEpoch }, hearing.onBeatsReady)
  let epoch = firstEpoch
  /** Where the class is; ahead of `epoch` while this screen waits its turn to follow. */
  let known = firstEpoch
  let here = new Map<string, Screen>()
  let closed = false
  /** Those of `here` who have not been seen since the last move. */
  const expected = new Set<string>()
  let following: ReturnType<typeof setTimeout> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined
  let room = listen(hearing.onJoined)

  function move(to: number): void {
    if (closed || to <= known) return
    known = to
    clearTimeout(following)
    // The host first: there is somebody to hear when the others come.
    following = setTimeout(() => go(to), role === 'host' ? 0 : Math.random() * FOLLOW_MS)
  }

  function go(to: number): void {
    if (closed || to <= epoch) return
    clearTimeout(following)
    clearTimeout(settling)
    epoch = to
    known = Math.max(known, to)
    for (const id of here.keys()) expected.add(id)
    settling = setTimeout(() => {
      for (const id of expected) out(id)
      expected.clear()
    }, SETTLED_MS)
    room.close()
    room = listen(hearing.onMoved)
    beats.move(to)
  }

  function out(id: string): void {
    if (here.delete(id)) hearing.onOut(id)
  }

  function listen(onFirst: () => void): RealtimeSubscription {
    let joined = false
    return realtime.subscribe(channels.room(classId, epoch), {
      onJoined() {
        if (joined) return hearing.onJoined()
        joined = true
        onFirst()
      },
      // Which way the class went stood in the same answer.
      onRefused: (reason) => reason !== 'moved' && hearing.onRefused(reason),
      onHere(members) {
        const screens = members.flatMap(({ userId, info }) => screenOf(userId, info))
        for (const { screenId: id } of screens) expected.delete(id)
        const coming = [...expected].flatMap((id) => here.get(id) ?? [])
        here = new Map([...screens, ...coming].map((one) => [one.screenId, one]))
        hearing.onHere([...here.values()])
      },
      onIn(userId, info) {
        for (const one of screenOf(userId, info)) {
          expected.delete(userId)
          here.set(userId, one)
          hearing.onIn(one)
        }
      },
      // Whoever goes while the class moves has gone ahead.
      onOut: (id) => (known > epoch ? undefined : out(id)),
      on: {
        [ROOM_EVENT]: (data) => {
          const event = RoomEvent.safeParse(data)
          if (event.success) hearing.onRoomEvent(event.data)
        },
        [CLIENT_FRAME]: (data, from) => {
          const frame = Frame.safeParse(data)
          if (frame.success && from !== null) hearing.onFrame(from, frame.data)
        },
      },
    })
  }
  const screen = realtime.subscribe(channels.screen(screenId), {
    on: {
      [SIGNAL]: (data) => {
        const envelope = SignalEnvelope.safeParse(data)
        if (envelope.success) hearing.onSignal(envelope.data)
      },
    },
  })

  return {
    beats,
    get connected() {
      return realtime.state === 'connected'
    },
    get billed() {
      return realtime.billed
    },
    subscribe: (name, listeners) => realtime.subscribe(name, listeners),
    sendFrame: (frame) => room.send(CLIENT_FRAME, frame),
    hurry: () => realtime.hurry(),
    move,
    close() {
      closed = true
      clearTimeout(following)
      clearTimeout(settling)
      stopState()
      realtime.close()
      beats.close()
      screen.close()
      room.close()
    },
  }
}

function screenOf(screenId: string, info: unknown): Screen[] {
  const read = ScreenInfo.safeParse(info)
  return read.success ? [{ screenId, info: read.data }] : []
}
