import Pusher from 'pusher'
import { describe, expect, test, vi } from 'vitest'
import { connectRealtime, type Realtime } from '@/lib/platform/realtime.client'
import { BEAT_LINK_CONTRACT, type BeatLinkRig, beatScreen, reading } from '@/lib/room/beat-link-contract'
import { createPusherBeatLink } from '@/lib/room/pusher-beat-link.client'
import { channels } from '@/lib/room/room-event'
import { type RealtimeDoor, startRealtimeDoor } from './realtime.server'

const app = { appId: 'app-1', key: 'key-1', secret: 'secret-1' }
const host = '127.0.0.1'
type Asked = { socketId: string; channels: readonly string[] }

/** A screen that may enter everything but channels named `…refused`; `asked` holds each call for passes. */
function screen(port: number, screenId: string, asked: Asked[] = [], fail: () => boolean = () => false): Realtime {
  const server = new Pusher({ ...app, host, port: String(port), useTLS: false })
  return connectRealtime({
    key: app.key,
    cluster: null,
    host: { name: host, port, tls: false },
    authorize: async (socketId, names) => {
      asked.push({ socketId, channels: names })
      if (fail()) throw new Error('not reached')
      const presence = { user_id: screenId, user_info: { participantId: screenId } }
      const pass = (name: string) =>
        name.endsWith('refused')
          ? { error: 'removed_from_class' }
          : server.authorizeChannel(socketId, name, name.startsWith('presence-') ? presence : undefined)
      return Object.fromEntries(names.map((name) => [name, pass(name)]))
    },
  })
}
const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 8_000, interval: 10 })
const start = (port = 0) => startRealtimeDoor({ port, host, ...app })

async function rig(): Promise<BeatLinkRig & { close(): Promise<void> }> {
  let door = await start()
  const { port } = door
  const realtimes = ['host', 'ana', 'ben'].map((name) => screen(port, name))
  const [atHost, atAna, atBen] = realtimes as [Realtime, Realtime, Realtime]
  const links = {
    host: createPusherBeatLink(atHost, { participantId: 'host', epoch: 0 }),
    ana: createPusherBeatLink(atAna, { participantId: 'ana', epoch: 0 }),
    ben: createPusherBeatLink(atBen, { participantId: 'ben', epoch: 0 }),
  }
  links.host.follow(['ana', 'ben', 'host'])
  const server = new Pusher({ ...app, host, port: String(port), useTLS: false })
  const subscribers = async (name: string): Promise<unknown> => {
    const answer = await server.get({ path: `/channels/${channels.member(name, 0)}`, params: { info: 'subscription_count' } })
    return ((await answer.json()) as { subscription_count?: number }).subscription_count
  }
  const flowing = () => until(async () => expect(await Promise.all(['ana', 'ben', 'host'].map(subscribers))).toEqual([2, 2, 1]))
  await flowing()
  return {
    host: beatScreen(links.host),
    ana: beatScreen(links.ana),
    ben: beatScreen(links.ben),
    nonsense: async () => void atAna.subscribe(channels.member('ana', 0), {}).send('client-beat', { ...reading('run1', 0), bpm: 9_000 }),
    async interrupt(whileDown) {
      await door.close()
      await until(() => expect(atAna.state).toBe('connecting'))
      await whileDown()
      door = await start(port)
      for (const realtime of realtimes) realtime.hurry()
      await flowing()
    },
    async close() {
      for (const link of Object.values(links)) link.close()
      for (const realtime of realtimes) realtime.close()
      await door.close()
    },
  }
}

describe('beats over Pusher client events', () => {
  test.each(BEAT_LINK_CONTRACT)('$promise', async ({ keep }) => {
    const opened = await rig()
    await keep(opened, 'run1').finally(() => opened.close())
  })
})

describe('the realtime client against the real door', () => {
  async function opened(asked: Asked[] = [], fail?: () => boolean): Promise<{ door: RealtimeDoor; ana: Realtime; close(): Promise<void> }> {
    const door = await start()
    const ana = screen(door.port, 'ana', asked, fail)
    return { door, ana, close: async () => (ana.close(), door.close()) }
  }

  test('fifty channels are asked for in one call, at load and again after a reconnect', async () => {
    const asked: Asked[] = []
    const { door, ana } = await opened(asked)
    const joined: string[] = []
    const names = Array.from({ length: 50 }, (_, index) => `private-member-${index}`)
    for (const name of names) ana.subscribe(name, { onJoined: () => joined.push(name) })
    await until(() => expect(joined).toHaveLength(50))
    expect(asked.map(({ channels: list }) => list.length)).toEqual([50])
    await door.close()
    await until(() => expect(ana.state).toBe('connecting'))
    const again = await start(door.port)
    ana.hurry()
    await until(() => expect(joined).toHaveLength(100))
    expect(asked.map(({ channels: list }) => list.length)).toEqual([50, 50])
    ana.close()
    await again.close()
  })

  test('a pass that could not be fetched is asked for again; a refusal is told and not asked again', async () => {
    const asked: Asked[] = []
    let failures = 2
    const { ana, close } = await opened(asked, () => failures-- > 0)
    const told: string[] = []
    ana.subscribe('private-member-x', { onJoined: () => told.push('in') })
    await until(() => expect(told).toEqual(['in']))
    expect(asked).toHaveLength(3)
    ana.subscribe('private-member-refused', { onRefused: (reason) => told.push(reason), onJoined: () => told.push('never') })
    await until(() => expect(told).toEqual(['in', 'removed_from_class']))
    expect(asked).toHaveLength(4)
    await close()
  })

  test('presence: who is here on joining, who comes and who goes, and whose word an event is', async () => {
    const { door, ana, close } = await opened()
    const seen: unknown[] = []
    ana.subscribe('presence-room-1', {
      onHere: (members) => seen.push(['here', ...members.map(({ userId }) => userId)]),
      onIn: (userId, info) => seen.push(['in', userId, info]),
      onOut: (userId) => seen.push(['out', userId]),
      on: { 'client-frame': (data, from) => seen.push(['frame', data, from]) },
    })
    await until(() => expect(seen).toEqual([['here', 'ana']]))
    const ben = screen(door.port, 'ben')
    const room = await new Promise<ReturnType<Realtime['subscribe']>>((resolve) => {
      const subscription = ben.subscribe('presence-room-1', { onJoined: () => queueMicrotask(() => resolve(subscription)) })
    })
    expect(room.send('client-frame', { seq: 1 })).toBe(true)
    await until(() => expect(seen).toHaveLength(3))
    ben.close()
    await until(() =>
      expect(seen.slice(1)).toEqual([
        ['in', 'ben', { participantId: 'ben' }],
        ['frame', { seq: 1 }, 'ben'],
        ['out', 'ben'],
      ]),
    )
    await close()
  })

  test('a wrong key is a refusal, not an endless attempt', async () => {
    const door = await start()
    const stranger = connectRealtime({
      key: 'wrong',
      cluster: null,
      host: { name: host, port: door.port, tls: false },
      authorize: async () => ({}),
    })
    await until(() => expect(stranger.state).toBe('refused'))
    stranger.close()
    await door.close()
  })
})
