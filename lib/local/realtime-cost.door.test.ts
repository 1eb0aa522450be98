import Pusher from 'pusher'
import { expect, test, vi } from 'vitest'
import { connectRealtime, type Realtime } from '@/lib/platform/realtime.client'
import { createPusherBeatLink } from '@/lib/room/pusher-beat-link.client'
import { reading } from '@/lib/room/beat-link-contract'
import { startRealtimeDoor } from './realtime.server'

const app = { appId: 'app-1', key: 'key-1', secret: 'secret-1' }
const host = '127.0.0.1'
const ROOM = 'presence-room-1'
const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 8_000, interval: 10 })

test('what the screens count and what the server publishes is what the door bills: beats, frames, news, comings and goings', async () => {
  const door = await startRealtimeDoor({ port: 0, host, ...app })
  const server = new Pusher({ ...app, host, port: String(door.port), useTLS: false })
  const all: Realtime[] = []
  /** A screen in the room; `heard` is what it was told there. */
  const enter = async (name: string) => {
    const realtime = connectRealtime({
      ...{ key: app.key, cluster: null, host: { name: host, port: door.port, tls: false } },
      authorize: async (socketId, names) =>
        Object.fromEntries(names.map((one) => [one, server.authorizeChannel(socketId, one, one === ROOM ? { user_id: name } : undefined)])),
    })
    all.push(realtime)
    const heard: string[] = []
    let here = 0
    const room = realtime.subscribe(ROOM, {
      onHere: (members) => (here = members.length),
      onIn: () => heard.push('in'),
      onOut: () => heard.push('out'),
      on: { 'client-frame': () => heard.push('frame'), 'room-event': () => heard.push('event') },
    })
    const link = createPusherBeatLink(realtime, { participantId: name, epoch: 0 })
    await until(() => expect(here).toBeGreaterThan(0))
    return { realtime, room, link, heard }
  }

  const tess = await enter('tess')
  tess.link.follow(['ana', 'ben'])
  const ana = await enter('ana')
  const ben = await enter('ben')
  const beats: number[] = []
  tess.link.receive((_, { seq }) => beats.push(seq))
  let published = 0
  let seq = 0
  // Until her channel is followed nobody hears her.
  await until(() => {
    ana.link.send(reading('run1', (seq += 1)))
    expect(beats.length).toBeGreaterThan(0)
  })
  await until(() => expect(beats.at(-1)).toBe(seq))
  expect(tess.room.send('client-frame', { seq: 1 })).toBe(true)
  await until(() => expect([ana.heard, ben.heard].map((heard) => heard.includes('frame'))).toEqual([true, true]))
  await server.trigger(ROOM, 'room-event', { type: 'mute-requested', participantId: null })
  published += 1
  await until(() => expect([tess, ana, ben].map(({ heard }) => heard.includes('event'))).toEqual([true, true, true]))
  // One goes and comes back; the others are told of both.
  ben.realtime.close()
  await until(() => expect([tess.heard.at(-1), ana.heard.at(-1)]).toEqual(['out', 'out']))
  const again = await enter('ben')
  await until(() => expect([tess.heard.at(-1), ana.heard.at(-1)]).toEqual(['in', 'in']))
  again.realtime.close()
  await until(() => expect([tess.heard.at(-1), ana.heard.at(-1)]).toEqual(['out', 'out']))
  ana.realtime.close()
  await until(() => expect(tess.heard.filter((one) => one === 'out')).toHaveLength(3))
  tess.realtime.close()
  await until(() => expect(door.counts().connections).toBe(0))
  expect(door.counts()).toMatchObject({ presenceJoins: 4, presenceLeaves: 4, presenceNotices: 10, publishes: 1, webhooks: 0 })
  expect(all.reduce((sum, { billed }) => sum + billed, published)).toBe(door.counts().billed)
  await door.close()
})
