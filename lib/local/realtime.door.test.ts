import { createServer } from 'node:http'
import Pusher from 'pusher'
import PusherClient, { type PresenceChannel } from 'pusher-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { LIMITS } from './realtime-rules'
import { channelSignature } from './realtime-signature.server'
import { type RealtimeDoor, type RealtimeOptions, startRealtimeDoor } from './realtime.server'
import { readBody } from './request-body.server'

const app = { appId: 'app-1', key: 'key-1', secret: 'secret-1' }
const host = '127.0.0.1'
let door: RealtimeDoor
let server: Pusher
const cleanUps: (() => void | Promise<void>)[] = []

async function open(options: Partial<RealtimeOptions> = {}): Promise<void> {
  door = await startRealtimeDoor({ port: 0, host, ...app, ...options })
  server = new Pusher({ ...app, host, port: String(door.port), useTLS: false })
  cleanUps.push(() => door.close())
}
beforeEach(() => open())
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

type Who = { user_id: string; user_info?: Record<string, unknown> }

function client(who: Who = { user_id: 'nobody' }, key = app.key): PusherClient {
  const pusher = new PusherClient(key, {
    cluster: 'none',
    wsHost: host,
    wsPort: door.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    enableStats: false,
    channelAuthorization: {
      transport: 'ajax',
      endpoint: '',
      customHandler: ({ socketId, channelName }, callback) => {
        if (channelName.endsWith('-refused')) return callback(null, { auth: `${app.key}:wrong` })
        callback(
          null,
          channelName.startsWith('presence-')
            ? server.authorizeChannel(socketId, channelName, who)
            : server.authorizeChannel(socketId, channelName),
        )
      },
    },
    userAuthentication: {
      transport: 'ajax',
      endpoint: '',
      customHandler: ({ socketId }, callback) => callback(null, server.authenticateUser(socketId, { id: who.user_id })),
    },
  })
  cleanUps.push(() => pusher.disconnect())
  return pusher
}

type Bindable = { bind(event: string, listener: (data: unknown, metadata?: unknown) => void): unknown }

/** Everything that arrives under `event`, in order; vendor objects deliver synchronously into it. */
function collect<T>(from: Bindable, event: string): T[] {
  const seen: T[] = []
  from.bind(event, (data) => seen.push(data as T))
  return seen
}
const arrives = async <T>(seen: readonly T[], count = 1): Promise<T[]> =>
  vi.waitFor(
    () => {
      if (seen.length < count) throw new Error(`${seen.length} of ${count} arrived: ${JSON.stringify(seen)}`)
      return [...seen]
    },
    { timeout: 5_000, interval: 10 },
  )

async function joined(pusher: PusherClient, name: string): Promise<ReturnType<PusherClient['subscribe']>> {
  const channel = pusher.subscribe(name)
  await arrives(collect(channel, 'pusher:subscription_succeeded'))
  return channel
}
type PusherError = { type: string; data: { code: number | null; message: string } }
const errorsOf = (pusher: PusherClient): PusherError[] => collect<PusherError>(pusher.connection, 'error')
const statusOf = async (call: Promise<unknown>): Promise<number> => {
  try {
    await call
    return 200
  } catch (error) {
    if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status
    throw error
  }
}

describe('publishing', () => {
  it('reaches subscribers once, in order, and leaves the named socket out', async () => {
    const [first, second] = [client(), client()]
    const onFirst = collect<{ n: number }>(await joined(first, 'news'), 'told')
    const onSecond = collect<{ n: number }>(await joined(second, 'news'), 'told')
    for (const n of [1, 2, 3]) await server.trigger('news', 'told', { n })
    await server.trigger('news', 'told', { n: 4 }, { socket_id: first.connection.socket_id })
    await server.triggerBatch([
      { channel: 'news', name: 'told', data: { n: 5 } },
      { channel: 'elsewhere', name: 'told', data: { n: 6 } },
    ])
    expect((await arrives(onSecond, 5)).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5])
    expect((await arrives(onFirst, 4)).map(({ n }) => n)).toEqual([1, 2, 3, 5])
    expect(door.counts()).toMatchObject({ publishes: 6, deliveries: 9, billed: 15 })
  })

  it('sends to a signed-in user, and ends that user’s connections', async () => {
    const pusher = client({ user_id: 'u-1' })
    const signedIn = collect(pusher, 'pusher:signin_success')
    const notes = collect<{ hi: boolean }>(pusher.user, 'note')
    pusher.signin()
    await arrives(signedIn)
    await server.sendToUser('u-1', 'note', { hi: true })
    expect(await arrives(notes)).toEqual([{ hi: true }])
    const states = collect<{ current: string }>(pusher.connection, 'state_change')
    await server.terminateUserConnections('u-1')
    await arrives(states)
    expect(states[0]?.current).not.toBe('connected')
  })

  it('answers what is open', async () => {
    await joined(client({ user_id: 'a' }), 'presence-room')
    await joined(client({ user_id: 'a' }), 'presence-room')
    await joined(client({ user_id: 'b' }), 'presence-room')
    const json = async (path: string, params: Record<string, string> = {}): Promise<unknown> => (await server.get({ path, params })).json()
    expect(await json('/channels', { info: 'subscription_count' })).toEqual({ channels: { 'presence-room': { subscription_count: 3 } } })
    expect(await json('/channels', { filter_by_prefix: 'private-' })).toEqual({ channels: {} })
    expect(await json('/channels/presence-room', { info: 'user_count,subscription_count' })).toEqual({
      occupied: true,
      user_count: 2,
      subscription_count: 3,
    })
    expect(await json('/channels/empty')).toEqual({ occupied: false })
    expect(await json('/channels/presence-room/users')).toEqual({ users: [{ id: 'a' }, { id: 'b' }] })
    expect(await (await server.trigger('presence-room', 'x', {}, { info: 'user_count' })).json()).toEqual({
      channels: { 'presence-room': { user_count: 2 } },
    })
    expect(door.counts().publishes).toBe(2)
  })

  it('refuses what the vendor refuses', async () => {
    const kilobytes = (bytes: number): string => 'x'.repeat(bytes)
    expect(await statusOf(server.trigger('news', 'told', kilobytes(LIMITS.dataBytes)))).toBe(200)
    expect(await statusOf(server.trigger('news', 'told', kilobytes(LIMITS.dataBytes + 1)))).toBe(413)
    expect(await statusOf(server.trigger('news', 'told', 'é'.repeat(LIMITS.dataBytes / 2 + 1)))).toBe(413)
    // the vendor's types want a string here, its code an object
    const post = (path: string, body: unknown): Promise<unknown> => server.post({ path, body: body as string, params: {} })
    const channels = Array.from({ length: 101 }, (_, index) => `channel-${index}`)
    expect(await statusOf(post('/events', { name: 'told', data: '1', channels: channels.slice(1) }))).toBe(200)
    expect(await statusOf(post('/events', { name: 'told', data: '1', channels }))).toBe(400)
    const batch = channels.slice(0, 11).map((channel) => ({ channel, name: 'told', data: '1' }))
    expect(await statusOf(post('/batch_events', { batch: batch.slice(1) }))).toBe(200)
    expect(await statusOf(post('/batch_events', { batch }))).toBe(400)
    expect(
      await statusOf(post('/batch_events', { batch: [{ channel: 'news', name: 'told', data: kilobytes(LIMITS.dataBytes + 1) }] })),
    ).toBe(413)
    expect(await statusOf(post('/events', { name: 'n'.repeat(200), data: '1', channel: 'news' }))).toBe(200)
    expect(await statusOf(post('/events', { name: 'n'.repeat(201), data: '1', channel: 'news' }))).toBe(400)
    expect(await statusOf(post('/events', { name: 'told', data: '1', channel: 'c'.repeat(164) }))).toBe(200)
    expect(await statusOf(post('/events', { name: 'told', data: '1', channel: 'c'.repeat(165) }))).toBe(400)
    expect(await statusOf(post('/events', { name: 'told', data: '1', channel: 'no spaces' }))).toBe(400)
    expect(await statusOf(post('/events', { name: 'told', data: { not: 'a string' }, channel: 'news' }))).toBe(400)
    expect(await statusOf(post('/events', { name: 'told', data: '1' }))).toBe(400)
    expect(await statusOf(server.get({ path: '/channels/news', params: { info: 'user_count' } }))).toBe(400)
    expect(await statusOf(server.get({ path: '/channels/news/users', params: {} }))).toBe(400)
    expect(await statusOf(server.get({ path: '/nothing', params: {} }))).toBe(404)
  })

  it('refuses a wrong secret, an unknown app and a clock that is 10 minutes off', async () => {
    const other = (options: Partial<typeof app>): Pusher => new Pusher({ ...app, host, port: String(door.port), useTLS: false, ...options })
    expect(await statusOf(other({ secret: 'guess' }).trigger('news', 'told', 1))).toBe(401)
    expect(await statusOf(other({ key: 'guess' }).trigger('news', 'told', 1))).toBe(401)
    expect(await statusOf(other({ appId: 'other' }).trigger('news', 'told', 1))).toBe(404)
    const path = `/apps/${app.appId}/channels`
    const signedNow = server.createSignedQueryString({ method: 'GET', path, params: {} })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 605_000 })
    const signedEarlier = server.createSignedQueryString({ method: 'GET', path, params: {} })
    vi.useRealTimers()
    expect((await fetch(`http://${host}:${door.port}${path}?${signedNow}`)).status).toBe(200)
    expect((await fetch(`http://${host}:${door.port}${path}?${signedEarlier}`)).status).toBe(401)
    expect((await fetch(`http://${host}:${door.port}/health`)).status).toBe(200)
  })
})

describe('presence', () => {
  it('tells who is here, who comes and who goes; two sockets of one user are one member', async () => {
    const first = client({ user_id: 'ann', user_info: { name: 'Ann' } })
    const channel = (await joined(first, 'presence-room')) as PresenceChannel
    expect(channel.members.me).toEqual({ id: 'ann', info: { name: 'Ann' } })
    const added = collect<{ id: string; info: unknown }>(channel, 'pusher:member_added')
    const removed = collect<{ id: string }>(channel, 'pusher:member_removed')

    const phone = client({ user_id: 'bob', user_info: { name: 'Bob' } })
    await joined(phone, 'presence-room')
    const tablet = client({ user_id: 'bob', user_info: { name: 'Bob' } })
    const seenByTablet = (await joined(tablet, 'presence-room')) as PresenceChannel
    expect(seenByTablet.members.count).toBe(2)
    expect(await arrives(added)).toEqual([{ id: 'bob', info: { name: 'Bob' } }])

    phone.disconnect()
    await vi.waitFor(() => expect(door.counts().connections).toBe(2))
    expect(removed).toEqual([])
    tablet.unsubscribe('presence-room')
    expect((await arrives(removed)).map(({ id }) => id)).toEqual(['bob'])
    expect(added).toHaveLength(1)
    expect(door.counts()).toMatchObject({ presenceJoins: 2, presenceLeaves: 1, presenceNotices: 2 })
  })

  it('holds 100 members, lets one of them in twice, and refuses the 101st', async () => {
    const raws = await Promise.all(Array.from({ length: 100 }, () => rawSocket()))
    for (const [index, raw] of raws.entries()) raw.subscribe('presence-full', { user_id: `u-${index}` })
    for (const raw of raws) await arrives(raw.named('pusher_internal:subscription_succeeded'))
    await joined(client({ user_id: 'u-7' }), 'presence-full')
    const late = client({ user_id: 'u-100' })
    const refused = collect<{ type: string; status: number }>(late.subscribe('presence-full'), 'pusher:subscription_error')
    expect(await arrives(refused)).toMatchObject([{ type: 'LimitReached', status: 4004 }])
  })

  it('refuses a long user_id and a heavy user_info', async () => {
    const refusedFor = (who: Who): Promise<unknown[]> =>
      arrives(collect(client(who).subscribe('presence-room'), 'pusher:subscription_error'))
    expect(await refusedFor({ user_id: 'u'.repeat(129) })).toMatchObject([{ type: 'LimitReached', status: 413 }])
    expect(await refusedFor({ user_id: 'u', user_info: { note: 'x'.repeat(1_024) } })).toMatchObject([
      { type: 'LimitReached', status: 413 },
    ])
    await joined(client({ user_id: 'u'.repeat(128), user_info: { note: 'x'.repeat(1_000) } }), 'presence-room')
  })
})

describe('client events', () => {
  it('go to everybody else, with the sender’s user_id on presence channels only', async () => {
    const [ann, bob] = [client({ user_id: 'ann' }), client({ user_id: 'bob' })]
    const annRoom = await joined(ann, 'presence-room')
    const bobRoom = await joined(bob, 'presence-room')
    const echoes = collect(annRoom, 'client-frame')
    const frames: { data: unknown; metadata: unknown }[] = []
    bobRoom.bind('client-frame', (data: unknown, metadata: unknown) => frames.push({ data, metadata }))
    annRoom.trigger('client-frame', { bpm: 142 })
    expect(await arrives(frames)).toEqual([{ data: { bpm: 142 }, metadata: { user_id: 'ann' } }])

    const annOwn = await joined(ann, 'private-ann')
    const beats: { data: unknown; metadata: unknown }[] = []
    const listening = await joined(bob, 'private-ann')
    listening.bind('client-beat', (data: unknown, metadata: unknown) => beats.push({ data, metadata }))
    annOwn.trigger('client-beat', { bpm: 143 })
    expect(await arrives(beats)).toEqual([{ data: { bpm: 143 }, metadata: {} }])
    expect(echoes).toEqual([])
    expect(door.counts()).toMatchObject({ clientEvents: 2, deliveries: 2 })
  })

  it('pass 10 a second on a connection; the 11th is refused with 4301 and reaches nobody', async () => {
    const [ann, bob] = [client({ user_id: 'ann' }), client({ user_id: 'bob' })]
    const errors = errorsOf(ann)
    const sending = await joined(ann, 'private-room')
    const frames = collect<number>(await joined(bob, 'private-room'), 'client-n')
    for (let n = 1; n <= 11; n += 1) sending.trigger('client-n', n)
    expect((await arrives(errors))[0]?.data).toMatchObject({ code: 4301 })
    expect(await arrives(frames, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    // the window slides: a second after the first, there is room again
    await vi.waitFor(
      () => {
        sending.trigger('client-n', 12)
        expect(frames).toContain(12)
      },
      { timeout: 3_000, interval: 100 },
    )
    expect(frames).not.toContain(11)
  })

  it('are refused on public and encrypted channels, where not subscribed, over 10 kB and with a long name', async () => {
    const raw = await rawSocket()
    const send = (event: string, channel: string, data: unknown = {}): void => raw.send({ event, channel, data })
    raw.subscribe('news')
    raw.subscribe('private-room')
    raw.subscribe('private-encrypted-room')
    await arrives(raw.named('pusher_internal:subscription_succeeded'), 3)
    const listener = await joined(client(), 'private-room')
    const heard = collect(listener, 'client-x')
    send('client-x', 'news')
    send('client-x', 'private-encrypted-room')
    send('client-x', 'private-other')
    send('client-x', 'private-room', 'x'.repeat(LIMITS.dataBytes + 1))
    send(`client-${'x'.repeat(200)}`, 'private-room')
    const errors = await arrives(raw.named('pusher:error'), 5)
    expect(errors.map(({ data }) => (data as PusherError['data']).code)).toEqual([null, null, null, 4301, 4301])
    send('client-x', 'private-room', 'x'.repeat(LIMITS.dataBytes))
    await arrives(heard)
    expect(heard).toHaveLength(1)
  })
})

describe('connections', () => {
  it('are refused for an unknown app key, and not tried again', async () => {
    const stranger = client(undefined, 'no-such-key')
    const errors = collect(stranger.connection, 'error')
    expect((await arrives(errors))[0]).toMatchObject({ error: { data: { code: 4001 } } })
    await vi.waitFor(() => expect(stranger.connection.state).toBe('disconnected'))
    const { code } = await (await rawSocket({ path: '/app/no-such-key?protocol=7', established: false })).closed
    expect(code).toBe(4001)
    expect((await (await rawSocket({ path: `/app/${app.key}?protocol=3`, established: false })).closed).code).toBe(4007)
  })

  it('over the quota are refused with 4004', async () => {
    await open({ maxConnections: 1 })
    await rawSocket()
    expect((await (await rawSocket({ established: false })).closed).code).toBe(4004)
  })

  it('cannot subscribe without a good signature, twice, or to a bad name', async () => {
    const pusher = client()
    const refused = collect(pusher.subscribe('private-refused'), 'pusher:subscription_error')
    expect(await arrives(refused)).toMatchObject([{ type: 'AuthError', status: 401 }])
    const raw = await rawSocket()
    raw.subscribe('private-room')
    raw.subscribe('private-room')
    raw.subscribe('no spaces')
    raw.subscribe('cache-last')
    raw.subscribe('c'.repeat(165))
    const messages = (await arrives(raw.named('pusher:error'), 4)).map(({ data }) => (data as PusherError['data']).message)
    expect(messages).toEqual([
      'Existing subscription to channel private-room',
      'Invalid channel name: no spaces',
      'Cache channels are not offered here: cache-last',
      `Invalid channel name: ${'c'.repeat(165)}`,
    ])
  })

  it('that stay silent are asked, then closed with 4201', async () => {
    await open({ activityTimeoutMs: 100, pongTimeoutMs: 100 })
    const raw = await rawSocket()
    expect((await raw.closed).code).toBe(4201)
    expect(raw.named('pusher:ping')).toHaveLength(1)
  })

  it('that answer pings stay open', async () => {
    await open({ activityTimeoutMs: 100, pongTimeoutMs: 200 })
    const raw = await rawSocket({ answersPings: true })
    await arrives(raw.named('pusher:ping'), 5)
    expect(raw.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('survive nonsense, and are closed for a frame beyond every limit', async () => {
    const raw = await rawSocket()
    for (const text of ['', '{', '[]', 'null', '{"event":5}', '{"event":"pusher:subscribe"}', '{"event":"pusher:unheard-of"}'])
      raw.socket.send(text)
    await arrives(raw.named('pusher:error'), 7)
    raw.subscribe('news')
    await arrives(raw.named('pusher_internal:subscription_succeeded'))
    raw.socket.send('x'.repeat(70_000))
    expect((await raw.closed).code).toBe(1009)
  })

  it('that do not read are cut off, and the others hear everything', async () => {
    const slow = await rawSocket()
    slow.subscribe('news')
    await arrives(slow.named('pusher_internal:subscription_succeeded'))
    const heard = collect(await joined(client(), 'news'), 'told')
    slow.socket.pause()
    const data = 'x'.repeat(LIMITS.dataBytes)
    let published = 0
    while (door.counts().slowReadersCut === 0 && published < 3_000) {
      await Promise.all(
        Array.from({ length: 10 }, () => server.triggerBatch(Array.from({ length: 10 }, () => ({ channel: 'news', name: 'told', data })))),
      )
      published += 100
    }
    expect(door.counts().slowReadersCut).toBe(1)
    await vi.waitFor(() => expect(door.counts().connections).toBe(1))
    expect(await arrives(heard, published)).toHaveLength(published)
  })
})

describe('webhooks', () => {
  it('are signed for the vendor’s own check; a quick return is no news, and client events are not told', async () => {
    const told: { name: string; channel: string; user_id?: string }[] = []
    let refusals = 1
    const receiver = createServer((request, response) => {
      void readBody(request, 1_000_000).then((body) => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
        const webhook = server.webhook({ headers, rawBody: String(body) })
        if (!webhook.isValid()) return response.writeHead(401).end()
        if (refusals-- > 0) return response.writeHead(503).end()
        told.push(...webhook.getEvents())
        response.end()
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, host, resolve))
    cleanUps.push(() => new Promise<void>((resolve) => receiver.close(() => resolve())))
    const address = receiver.address()
    await open({ webhookUrl: `http://${host}:${typeof address === 'object' ? address?.port : 0}/`, leaveDelayMs: 300 })

    const ann = client({ user_id: 'ann' })
    const room = await joined(ann, 'presence-room')
    room.trigger('client-x', {})
    ann.unsubscribe('presence-room')
    await joined(ann, 'presence-room')
    await joined(ann, 'news')
    expect((await arrives(told, 3)).map(({ name, channel }) => `${name} ${channel}`)).toEqual([
      'channel_occupied presence-room',
      'member_added presence-room',
      'channel_occupied news',
    ])
    ann.disconnect()
    const left = (await arrives(told, 6)).slice(3).map(({ name, channel }) => `${name} ${channel}`)
    expect(left.sort()).toEqual(['channel_vacated news', 'channel_vacated presence-room', 'member_removed presence-room'])
    expect(door.counts().webhooks).toBe(7)
  })
})

type Frame = { event: string; channel?: string; data?: unknown }
type RawSocket = {
  socket: WebSocket
  closed: Promise<{ code: number }>
  named(event: string): Frame[]
  send(frame: Frame): void
  subscribe(channel: string, who?: Who): void
}

/** A client without the vendor library's own checks, for what that library would never send. */
async function rawSocket({ path = `/app/${app.key}?protocol=7`, established = true, answersPings = false } = {}): Promise<RawSocket> {
  const socket = new WebSocket(`ws://${host}:${door.port}${path}`)
  cleanUps.push(() => socket.terminate())
  const byEvent = new Map<string, Frame[]>()
  const named = (event: string): Frame[] => byEvent.get(event) ?? byEvent.set(event, []).get(event) ?? []
  socket.on('error', () => undefined)
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    named(frame.event).push(frame)
    if (answersPings && frame.event === 'pusher:ping') socket.send('{"event":"pusher:pong","data":{}}')
  })
  const closed = new Promise<{ code: number }>((resolve) => socket.on('close', (code) => resolve({ code })))
  let socketId = ''
  if (established) {
    const [first] = await arrives(named('pusher:connection_established'))
    socketId = (JSON.parse(String(first?.data)) as { socket_id: string }).socket_id
  }
  const send = (frame: Frame): void => socket.send(JSON.stringify(frame))
  return {
    socket,
    closed,
    named,
    send,
    subscribe: (channel, who) => {
      const channelData = who && JSON.stringify(who)
      send({
        event: 'pusher:subscribe',
        data: { channel, auth: channelSignature(app, socketId, channel, channelData), channel_data: channelData },
      })
    },
  }
}
