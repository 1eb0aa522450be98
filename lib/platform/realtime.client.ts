import Pusher, { type Channel, type PresenceChannel } from 'pusher-js'
import { createListeners } from './listeners'

/** As the server gives it to a page. `sameOrigin`: the realtime server is behind the page's own address (path /app). */
export type RealtimeConfig = { readonly key: string; readonly cluster: string | null; readonly sameOrigin: boolean }

/** `refused`: this page may not connect at all (wrong key, over quota); everything else repairs itself. */
export type RealtimeState = 'connecting' | 'connected' | 'refused'
export type ChannelPass = { readonly auth: string; readonly channel_data?: string | undefined } | { readonly error: string }
/** Asks our server, once for all channels that want in. What it does not name, or names an `error`, is refused. Throws: asked again. */
export type Authorize = (socketId: string, channels: readonly string[]) => Promise<Readonly<Record<string, ChannelPass>>>

export type ChannelListeners = {
  /** On each subscription, also after a reconnect. */
  readonly onJoined?: () => void
  readonly onRefused?: (reason: string) => void
  /** Presence channels: everybody who is here, on each subscription; then who comes and goes. `info` is unchecked. */
  readonly onHere?: (members: ReadonlyArray<{ readonly userId: string; readonly info: unknown }>) => void
  readonly onIn?: (userId: string, info: unknown) => void
  readonly onOut?: (userId: string) => void
  /** By event name. `from` is the presence `user_id` that the server vouches for, on presence channels only. `data` is unchecked. */
  readonly on?: Readonly<Record<string, (data: unknown, from: string | null) => void>>
}

export interface RealtimeSubscription {
  /** Whether it was handed to the socket; nothing is queued. Only `client-…` names, at most ten a second on one connection. */
  send(event: `client-${string}`, data: unknown): boolean
  close(): void
}

export interface Realtime {
  readonly state: RealtimeState
  /**
   * This connection's share of what Pusher bills: each event that it sent or received, each coming and going of somebody that it was
   * told, and its own coming to a presence channel together with the going that must follow. With what the server publishes, the shares
   * of all connections are the whole.
   */
  readonly billed: number
  onState(listener: (state: RealtimeState) => void): () => void
  /** One subscription a channel name. */
  subscribe(channel: string, listeners: ChannelListeners): RealtimeSubscription
  /** Tries at once instead of waiting: the network is back. */
  hurry(): void
  close(): void
}

export type RealtimeOptions = {
  readonly key: string
  readonly cluster: string | null
  /** Our own realtime server; null: the cluster's. */
  readonly host: { readonly name: string; readonly port: number | null; readonly tls: boolean } | null
  readonly authorize: Authorize
}

/** A dead link is noticed within `ACTIVITY_MS + PONG_MS`; a hung attempt is given up after `ATTEMPT_MS`. */
const ACTIVITY_MS = 5_000
const PONG_MS = 3_000
const ATTEMPT_MS = 4_000
const ASK_AGAIN_MS = [500, 1_000, 2_000, 4_000] as const
/** Our endpoint's bound on one call. */
const CHANNELS_PER_CALL = 100
/** On a presence channel coming is a message and going is one. */
export const COME_AND_GO = 2

/** Where a page of our own origin finds the realtime server. */
export const ownHost = ({
  hostname,
  port,
  protocol,
}: Pick<Location, 'hostname' | 'port' | 'protocol'>): NonNullable<RealtimeOptions['host']> => ({
  name: hostname,
  port: port === '' ? null : Number(port),
  tls: protocol === 'https:',
})

export function connectRealtime({ key, cluster, host, authorize }: RealtimeOptions): Realtime {
  const asker = createAsker(authorize, () => pusher.connection.socket_id)
  const pusher = new Pusher(key, {
    cluster: cluster ?? '',
    ...(host && { wsHost: host.name, wsPort: host.port ?? 80, wssPort: host.port ?? 443, forceTLS: host.tls }),
    enabledTransports: ['ws', 'wss'],
    disableStats: true,
    activityTimeout: ACTIVITY_MS,
    pongTimeout: PONG_MS,
    unavailableTimeout: ATTEMPT_MS,
    channelAuthorization: { customHandler: asker.ask, transport: 'ajax', endpoint: '' },
  })
  const listeners = createListeners<[RealtimeState]>()
  let state: RealtimeState = 'connecting'
  let closed = false
  let hurrying = false
  let billed = 0
  const bill = (messages: number) => void (billed += messages)
  pusher.connection.bind('message', ({ event }: { event: string }) => {
    if (!event.startsWith('pusher') || event.startsWith('pusher_internal:member_')) bill(1)
  })
  const hurry = () => {
    if (closed || state === 'refused' || pusher.connection.state === 'connected') return
    hurrying = true
    pusher.disconnect()
    hurrying = false
    pusher.connect()
  }
  pusher.connection.bind('state_change', ({ current }: { current: string }) => {
    // pusher-js waits 15 s for an attempt that hangs; a class cannot.
    if (current === 'unavailable') return hurry()
    // Nobody here asked for it: the server has closed with a code that forbids coming back.
    const refused = current === 'failed' || (current === 'disconnected' && !hurrying && !closed)
    const next = refused ? 'refused' : current === 'connected' ? 'connected' : 'connecting'
    if (next === state) return
    state = next
    listeners.tell(next)
  })

  return {
    get state() {
      return state
    },
    get billed() {
      return billed
    },
    onState: listeners.add,
    subscribe: (name, wanted) => subscribe({ pusher, asker, bill, isClosed: () => closed }, name, wanted),
    hurry,
    close() {
      closed = true
      listeners.clear()
      pusher.unbind_all()
      // What was said just before is sent a moment later: the socket must still be there then.
      setTimeout(() => pusher.disconnect(), 0)
    },
  }
}

type Connection = {
  readonly pusher: Pusher
  readonly asker: Asker
  readonly bill: (messages: number) => void
  readonly isClosed: () => boolean
}

function subscribe(
  { pusher, asker, bill, isClosed }: Connection,
  name: string,
  { onJoined, onRefused, onHere, onIn, onOut, on = {} }: ChannelListeners,
) {
  let retry: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  const channel: Channel = pusher.subscribe(name)
  channel.bind('pusher:subscription_succeeded', () => {
    tries = 0
    onJoined?.()
    if (!isPresence(channel)) return
    bill(COME_AND_GO)
    onHere?.(membersOf(channel))
  })
  channel.bind('pusher:subscription_error', () => {
    const refusal = asker.refusalOf(name)
    if (refusal !== null) return onRefused?.(refusal)
    // Our server was not reached, or the pass was for a socket that is gone: pusher-js does not ask again by itself.
    clearTimeout(retry)
    retry = setTimeout(() => pusher.subscribe(name), ASK_AGAIN_MS[Math.min(tries, ASK_AGAIN_MS.length - 1)])
    tries += 1
  })
  channel.bind('pusher:member_added', ({ id, info }: { id: string; info: unknown }) => onIn?.(id, info))
  channel.bind('pusher:member_removed', ({ id }: { id: string }) => onOut?.(id))
  for (const [event, listener] of Object.entries(on)) {
    channel.bind(event, (data: unknown, meta?: { user_id?: string }) => listener(data, meta?.user_id ?? null))
  }
  return {
    send(event: `client-${string}`, data: unknown) {
      const handed = channel.subscribed && pusher.connection.state === 'connected' && channel.trigger(event, data)
      if (handed) bill(1)
      return handed
    },
    close() {
      clearTimeout(retry)
      channel.unbind()
      // A connection that goes takes its channels along.
      if (!isClosed()) pusher.unsubscribe(name)
    },
  }
}

type Asker = ReturnType<typeof createAsker>
type Callback = (error: Error | null, pass: { auth: string; channel_data?: string } | null) => void

/** All channels that ask in one turn of the event loop are asked for in one call. */
function createAsker(authorize: Authorize, currentSocket: () => string) {
  let asked = new Map<string, Callback>()
  const refusals = new Map<string, string>()

  async function askAll(socketId: string, waiting: ReadonlyMap<string, Callback>) {
    // An answer for a socket that has since been replaced is dropped: its channels have asked again.
    const answer = (channel: string, ...[error, pass]: Parameters<Callback>) =>
      currentSocket() === socketId && waiting.get(channel)?.(error, pass)
    const passes = await authorize(socketId, [...waiting.keys()]).catch(() => null)
    for (const channel of waiting.keys()) {
      const pass = passes === null ? null : (passes[channel] ?? { error: 'not_allowed' })
      if (pass === null) answer(channel, new Error('The server was not reached.'), null)
      else if ('error' in pass) {
        refusals.set(channel, pass.error)
        answer(channel, new Error(pass.error), null)
      } else answer(channel, null, { auth: pass.auth, ...(pass.channel_data === undefined ? {} : { channel_data: pass.channel_data }) })
    }
  }

  return {
    ask({ socketId, channelName }: { socketId: string; channelName: string }, callback: Callback) {
      refusals.delete(channelName)
      if (asked.size === 0) {
        queueMicrotask(() => {
          const all = [...asked]
          asked = new Map()
          for (let start = 0; start < all.length; start += CHANNELS_PER_CALL)
            void askAll(socketId, new Map(all.slice(start, start + CHANNELS_PER_CALL)))
        })
      }
      asked.set(channelName, callback)
    },
    refusalOf: (channel: string): string | null => refusals.get(channel) ?? null,
  }
}

const isPresence = (channel: Channel): channel is PresenceChannel => channel.name.startsWith('presence-')

function membersOf(channel: PresenceChannel): Array<{ userId: string; info: unknown }> {
  const members: Array<{ userId: string; info: unknown }> = []
  channel.members.each(({ id, info }: { id: string; info: unknown }) => members.push({ userId: id, info }))
  return members
}
