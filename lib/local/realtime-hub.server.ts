import 'server-only'
import { equalInConstantTime } from './constant-time.server'
import { BOUNDS, CLIENT_EVENT_REJECTED, LIMITS, byteLength, isCacheChannel, isChannelName, kindOfChannel } from './realtime-rules'
import { channelSignature } from './realtime-signature.server'

export type Member = { userId: string; info: unknown }

/** One open socket, as the hub sees it. `send` takes a finished frame and may cut a slow reader off. */
export interface Subscriber {
  readonly socketId: string
  /** Channels of this socket; on a presence channel, who it is there. */
  readonly channels: Map<string, Member | null>
  /** Set by `pusher:signin`. */
  userId: string | null
  send(frame: Buffer): void
  close(code: number, reason: string): void
}

type Channel = { subscribers: Map<string, Subscriber>; members: Map<string, { sockets: number; info: unknown }> }

export type HubEvent =
  | { name: 'channel_occupied' | 'channel_vacated'; channel: string }
  | { name: 'member_added' | 'member_removed'; channel: string; user_id: string }
  | { name: 'client_event'; channel: string; event: string; data: string; socket_id: string; user_id?: string }

/** Messages as Pusher bills them. Pings, subscriptions and refusals are free. */
export type Traffic = {
  publishes: number
  clientEvents: number
  deliveries: number
  presenceJoins: number
  presenceLeaves: number
  presenceNotices: number
}

export type SubscribeRequest = { channel: string; auth?: string | undefined; channelData?: string | undefined }

const frameOf = (message: { event: string; channel?: string; data?: unknown; user_id?: string }): Buffer =>
  Buffer.from(JSON.stringify(message))
const textOf = (data: unknown): string => (typeof data === 'string' ? data : (JSON.stringify(data) ?? ''))

/** Who is on which channel, and the only place where messages fan out. In memory: a restart makes every client connect and subscribe again. */
export class Hub {
  readonly #channels = new Map<string, Channel>()
  readonly traffic: Traffic = { publishes: 0, clientEvents: 0, deliveries: 0, presenceJoins: 0, presenceLeaves: 0, presenceNotices: 0 }

  constructor(
    readonly app: { key: string; secret: string },
    readonly tell: (event: HubEvent) => void,
  ) {}

  get channelNames(): string[] {
    return [...this.#channels.keys()]
  }
  subscriberCount(channel: string): number {
    return this.#channels.get(channel)?.subscribers.size ?? 0
  }
  memberIds(channel: string): string[] {
    return [...(this.#channels.get(channel)?.members.keys() ?? [])]
  }

  error(to: Subscriber, code: number | null, message: string, channel?: string): void {
    to.send(frameOf({ event: 'pusher:error', ...(channel === undefined ? {} : { channel }), data: { code, message } }))
  }

  say(to: Subscriber, event: string, data: unknown, channel?: string): void {
    to.send(frameOf({ event, ...(channel === undefined ? {} : { channel }), data: textOf(data) }))
  }

  subscribe(subscriber: Subscriber, request: SubscribeRequest): void {
    const name = request.channel
    if (!isChannelName(name)) return this.error(subscriber, null, `Invalid channel name: ${name.slice(0, 200)}`)
    if (isCacheChannel(name)) return this.error(subscriber, null, `Cache channels are not offered here: ${name}`, name)
    if (subscriber.channels.has(name)) return this.error(subscriber, null, `Existing subscription to channel ${name}`, name)
    if (subscriber.channels.size >= BOUNDS.channelsPerConnection)
      return this.error(subscriber, null, 'Too many channels on this connection', name)
    if (kindOfChannel(name) !== 'public') {
      const expected = channelSignature(this.app, subscriber.socketId, name, request.channelData)
      if (!equalInConstantTime(request.auth ?? '', expected))
        return this.#refuse(subscriber, name, 'AuthError', 'The connection is unauthorized.', 401)
    }
    if (kindOfChannel(name) !== 'presence') return this.#enter(subscriber, name, null)

    const member = readMember(request.channelData)
    if (member === null) return this.#refuse(subscriber, name, 'AuthError', 'Presence channels need channel_data with a user_id.', 401)
    if (member.userId.length > LIMITS.userIdLength)
      return this.#refuse(subscriber, name, 'LimitReached', `user_id is longer than ${LIMITS.userIdLength} characters.`, 413)
    if (byteLength(JSON.stringify(member.info ?? {})) > LIMITS.userInfoBytes)
      return this.#refuse(subscriber, name, 'LimitReached', `user_info is larger than ${LIMITS.userInfoBytes} bytes.`, 413)
    const members = this.#channels.get(name)?.members
    if (members !== undefined && members.size >= LIMITS.presenceMembers && !members.has(member.userId)) {
      return this.#refuse(subscriber, name, 'LimitReached', `A presence channel holds at most ${LIMITS.presenceMembers} members.`, 4004)
    }
    this.#enter(subscriber, name, member)
  }

  unsubscribe(subscriber: Subscriber, name: string): void {
    const channel = this.#channels.get(name)
    const member = subscriber.channels.get(name)
    if (channel === undefined || !subscriber.channels.delete(name)) return
    channel.subscribers.delete(subscriber.socketId)
    if (member) this.#removeMember(channel, name, member)
    if (channel.subscribers.size > 0) return
    this.#channels.delete(name)
    this.tell({ name: 'channel_vacated', channel: name })
  }

  leaveAll(subscriber: Subscriber): void {
    for (const name of [...subscriber.channels.keys()]) this.unsubscribe(subscriber, name)
  }

  /** Fan out to a channel, leaving out `exceptSocketId`. Every socket that is written to is a billed delivery. */
  publish(name: string, event: string, data: string, exceptSocketId?: string): void {
    this.traffic.deliveries += this.#fanOut(name, { event, data }, exceptSocketId)
  }

  /** A `client-` event of one socket: to everybody else on the channel, with the sender's presence id where there is one. */
  clientEvent(sender: Subscriber, name: string, event: string, payload: unknown, withinRate: boolean): void {
    const kind = kindOfChannel(name)
    const reject = (code: number | null, why: string): void =>
      this.error(sender, code, `Client event rejected - ${why}`, name.slice(0, LIMITS.channelNameLength))
    if (kind !== 'private' && kind !== 'presence') return reject(null, 'only supported on private and presence channels')
    const member = sender.channels.get(name)
    if (member === undefined) return reject(null, 'you are not subscribed to this channel')
    if (event.length > LIMITS.eventNameLength)
      return reject(CLIENT_EVENT_REJECTED, `the event name is longer than ${LIMITS.eventNameLength} characters`)
    const data = textOf(payload)
    if (byteLength(data) > LIMITS.dataBytes) return reject(CLIENT_EVENT_REJECTED, `the data is larger than ${LIMITS.dataBytes} bytes`)
    if (!withinRate) return reject(CLIENT_EVENT_REJECTED, `rate limit of ${LIMITS.clientEventsPerSecond} messages per second exceeded`)
    const from = member === null ? {} : { user_id: member.userId }
    this.traffic.clientEvents += 1
    this.traffic.deliveries += this.#fanOut(name, { event, data, ...from }, sender.socketId)
    this.tell({ name: 'client_event', channel: name, event, data, socket_id: sender.socketId, ...from })
  }

  #enter(subscriber: Subscriber, name: string, member: Member | null): void {
    let channel = this.#channels.get(name)
    const isFirst = channel === undefined
    channel ??= { subscribers: new Map(), members: new Map() }
    this.#channels.set(name, channel)
    const isNewMember = member !== null && this.#addMember(channel, name, member)
    channel.subscribers.set(subscriber.socketId, subscriber)
    subscriber.channels.set(name, member)
    this.say(subscriber, 'pusher_internal:subscription_succeeded', member === null ? '{}' : { presence: presenceOf(channel) }, name)
    if (isFirst) this.tell({ name: 'channel_occupied', channel: name })
    if (member !== null && isNewMember) this.tell({ name: 'member_added', channel: name, user_id: member.userId })
  }

  /** Two sockets with one `user_id` are one member: only the first is announced, and only the last leaving is. */
  #addMember(channel: Channel, name: string, member: Member): boolean {
    const known = channel.members.get(member.userId)
    if (known !== undefined) {
      known.sockets += 1
      return false
    }
    channel.members.set(member.userId, { sockets: 1, info: member.info })
    this.traffic.presenceJoins += 1
    const data = JSON.stringify({ user_id: member.userId, user_info: member.info })
    this.traffic.presenceNotices += this.#fanOut(name, { event: 'pusher_internal:member_added', data })
    return true
  }

  #removeMember(channel: Channel, name: string, member: Member): void {
    const known = channel.members.get(member.userId)
    if (known === undefined) return
    known.sockets -= 1
    if (known.sockets > 0) return
    channel.members.delete(member.userId)
    this.traffic.presenceLeaves += 1
    const data = JSON.stringify({ user_id: member.userId })
    this.traffic.presenceNotices += this.#fanOut(name, { event: 'pusher_internal:member_removed', data })
    this.tell({ name: 'member_removed', channel: name, user_id: member.userId })
  }

  #refuse(to: Subscriber, channel: string, type: 'AuthError' | 'LimitReached', error: string, status: number): void {
    this.say(to, 'pusher:subscription_error', { type, error, status }, channel)
  }

  #fanOut(channel: string, message: { event: string; data: string; user_id?: string }, exceptSocketId?: string): number {
    const subscribers = this.#channels.get(channel)?.subscribers
    if (subscribers === undefined) return 0
    const frame = frameOf({ channel, ...message })
    let delivered = 0
    for (const [socketId, subscriber] of subscribers) {
      if (socketId === exceptSocketId) continue
      subscriber.send(frame)
      delivered += 1
    }
    return delivered
  }
}

function presenceOf(channel: Channel): { count: number; ids: string[]; hash: Record<string, unknown> } {
  const hash = Object.fromEntries([...channel.members].map(([userId, { info }]) => [userId, info ?? {}]))
  return { count: channel.members.size, ids: [...channel.members.keys()], hash }
}

function readMember(channelData: string | undefined): Member | null {
  try {
    const data: unknown = JSON.parse(channelData ?? '')
    if (typeof data !== 'object' || data === null || !('user_id' in data)) return null
    if (typeof data.user_id !== 'string' && typeof data.user_id !== 'number') return null
    return { userId: String(data.user_id), info: 'user_info' in data ? data.user_info : undefined }
  } catch {
    return null
  }
}
