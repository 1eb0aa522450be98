import { createApi } from '@/lib/platform/api.client'
import { connectRealtime } from '@/lib/platform/realtime.client'
import type { Beat } from '@/lib/room/beat'
import { createHeartSession } from '@/lib/room/heart-session.client'
import type { HeartWorld } from '@/lib/room/heart-world.client'
import { createRoomSession } from '@/lib/room/room-session.client'
import { RoomSnapshot } from '@/lib/room/room-event'
import { SensorFeed } from '@/lib/sensors/sensor-feed'
import type { Reading, Sensor } from '@/lib/sensors/sensor'
import { QUIET_WORLD } from '@/tests/heart-world'

/** A member without a browser: the client's own sessions, a strap in the test's hand, and no camera. */
export type NodeMember = {
  readonly participantId: string
  /** A notification of the strap. */
  notify(bpm: number): void
  /** Where beats go instead of the class; null: to the class. */
  divert(to: ((beat: Beat) => void) | null): void
  leave(): void
}

class HeldStrap extends SensorFeed<Reading> implements Sensor {
  readonly kind = 'heart_rate_strap'
  async connect(): Promise<void> {
    this.say({ state: 'live', name: 'Held', batteryPct: 90 })
  }
  disconnect(): void {
    this.say({ state: 'idle' })
  }
}

/** Joins by name, as the class's link does, and takes the seat that the room's page holds. */
export async function joinFromNode(origin: string, classId: string, name: string): Promise<NodeMember> {
  const cookies: string[] = []
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('origin', origin)
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
    const ask = () => fetch(new URL(path, origin), { ...init, headers })
    // Where the server has just closed an idle connection, Node's fetch gives up; a browser would ask again.
    const response = await ask().catch(ask)
    cookies.push(...response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? ''))
    return response
  }
  const api = createApi((path, init) => send(String(path), init))
  await api('POST', `/api/classes/${classId}/join`, { body: { name, cameraReach: 'nobody' } })
  const page = (await (await send(`/room/${classId}`)).text()).replaceAll('\\"', '"')
  const found = (field: string, of = 'seat'): string => {
    const value = new RegExp(`"${field}":"([^"]+)"`).exec(page.slice(page.indexOf(`"${of}":{`)))?.[1]
    if (value === undefined) throw new Error(`The room's page names no ${field}.`)
    return value
  }
  const seat = { participantId: found('participantId'), role: 'member' as const, name, screenId: found('screenId'), screenToken: found('screenToken') }
  const snapshot = await api('GET', `/api/classes/${classId}/state`, { reply: RoomSnapshot })
  const { hostname, port } = new URL(origin)
  const room = createRoomSession({
    ...{ snapshot, seat, iceServers: [], wantsVideo: false, serverNowMs: () => Date.now() },
    realtime: { key: found('key', 'realtime'), cluster: null, sameOrigin: true },
    world: {
      api,
      connect: (config, authorize) => connectRealtime({ key: config.key, cluster: null, host: { name: hostname, port: Number(port), tls: false }, authorize }),
      awake: () => ({ state: 'unsupported', close: () => undefined }),
      page: { listen: () => () => undefined },
    },
  })
  const strap = new HeldStrap()
  const heart = createHeartSession(worldOf(strap, api))
  let elsewhere: ((beat: Beat) => void) | null = null
  const outlet = {
    ...{ classReach: room.classReach, workoutEndedAt: null, showOwn: room.showOwn, onAsked: room.onAsked, onTwin: room.onTwin, subscribe: room.subscribe },
    sendBeat: (beat: Beat) => (elsewhere ?? room.sendBeat)(beat),
  }
  heart.attach({
    ...{ classId, participantId: seat.participantId, trainerId: 'per_trainer', room: outlet },
    profile: { birthYear: null, hrmaxBpm: 190, hrrestBpm: null, effortOnly: false },
    consent: { live: 'trainer', keep: false, shareSummary: 'no' },
  })
  await heart.connectStrap()
  return {
    participantId: seat.participantId,
    notify: (bpm) => strap.deliver({ atMs: performance.now(), bpm, contact: true, rr: [], energyKj: null }),
    divert: (to) => void (elsewhere = to),
    leave() {
      heart.dispose()
      room.dispose()
    },
  }
}

/** Nothing is written down: what counts is the number now. */
const worldOf = (strap: Sensor, api: HeartWorld['api']): HeartWorld => ({ ...QUIET_WORLD, api, strap: () => strap, replay: async () => strap })
