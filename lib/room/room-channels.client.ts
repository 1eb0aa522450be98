import type { Api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import type { Authorize, Realtime } from '@/lib/platform/realtime.client'
import { Frame } from './beat'
import type { Screen } from './board'
import { ChannelPasses } from './channel-auth'
import { createPusherBeatLink, type PusherBeatLink } from './pusher-beat-link.client'
import { channels, CLIENT_FRAME, ROOM_EVENT, RoomEvent, type RoomSeat, ScreenInfo, SIGNAL, SignalEnvelope } from './room-event'

/** What a class says to one screen, checked. Nothing is called before `openRoomChannels` has returned. */
export type RoomHearing = {
  /** The way to the class stands, at first and after each break. */
  readonly onJoined: () => void
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
  sendFrame(frame: Frame): boolean
  /** Another channel of the same connection. */
  readonly subscribe: Realtime['subscribe']
  hurry(): void
  close(): void
}

/** Refusals that asking again does not change. */
const FINAL = new Set(['removed_from_class', 'not_allowed', 'not_found', 'class_over', 'class_cancelled', 'sign_in_required'])
export const finalRefusal = (error: unknown): string | null => (error instanceof AppError && FINAL.has(error.code) ? error.code : null)

export function openRoomChannels(
  connect: (authorize: Authorize) => Realtime,
  call: Api,
  classId: string,
  { screenId, screenToken, participantId, sensor }: RoomSeat & { readonly sensor: boolean },
  hearing: RoomHearing,
): RoomChannels {
  const realtime = connect(async (socketId, names) => {
    try {
      const body = { socketId, screenId, screenToken, channels: names, ...(sensor && { sensor }) }
      return (await call('POST', `/api/classes/${classId}/channels`, { body, reply: ChannelPasses })).channels
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
  const beats = createPusherBeatLink(realtime, { participantId }, hearing.onBeatsReady)
  const room = realtime.subscribe(channels.room(classId), {
    onJoined: hearing.onJoined,
    onRefused: hearing.onRefused,
    onHere: (members) => hearing.onHere(members.flatMap(({ userId, info }) => screenOf(userId, info))),
    onIn: (userId, info) => screenOf(userId, info).forEach(hearing.onIn),
    onOut: hearing.onOut,
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
    subscribe: (name, listeners) => realtime.subscribe(name, listeners),
    sendFrame: (frame) => room.send(CLIENT_FRAME, frame),
    hurry: () => realtime.hurry(),
    close() {
      stopState()
      // The connection first: unsubscribing is sent a moment later, and by then the socket would be closed.
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
