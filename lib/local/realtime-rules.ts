/**
 * What Pusher Channels publishes as its limits, and our own bounds where it publishes none. Pure: the same rules serve sockets and HTTP.
 * Sources: pusher.com/docs/channels (HTTP API, client events, presence channels), `pusher` 5.3.4.
 */
export const LIMITS = {
  eventNameLength: 200,
  dataBytes: 10_240,
  channelsPerPublish: 100,
  eventsPerBatch: 10,
  channelNameLength: 164,
  presenceMembers: 100,
  userInfoBytes: 1_024,
  userIdLength: 128,
  clientEventsPerSecond: 10,
  clockSkewSeconds: 600,
} as const

/** The bounds of this door alone: one machine has one memory. */
export const BOUNDS = {
  /** A socket that has this much unread is cut off, so that a slow reader never grows the server. */
  unreadBytes: 1_048_576,
  /** 10 kB of data is at most 60 kB of JSON escapes. */
  frameBytes: 65_536,
  requestBytes: 1_048_576,
  connections: 2_000,
  channelsPerConnection: 250,
} as const

export const CLOSE = {
  unknownApp: 4001,
  overQuota: 4004,
  unsupportedProtocol: 4007,
  notAuthorised: 4009,
  pongNotReceived: 4201,
} as const

/** `pusher:error` code of a refused client event. */
export const CLIENT_EVENT_REJECTED = 4301

export type ChannelKind = 'public' | 'private' | 'presence' | 'encrypted'

export const isChannelName = (name: string): boolean => name.length <= LIMITS.channelNameLength && /^[-a-zA-Z0-9_=@,.;]+$/.test(name)

export function kindOfChannel(name: string): ChannelKind {
  if (name.startsWith('presence-')) return 'presence'
  if (name.startsWith('private-encrypted-')) return 'encrypted'
  return name.startsWith('private-') ? 'private' : 'public'
}

/** Cache channels keep the last event for 30 minutes; this door has none and says so, rather than dropping what they promise. */
export const isCacheChannel = (name: string): boolean => /^(private-|presence-|private-encrypted-)?cache-/.test(name)

/** The user that `#server-to-user-<id>` addresses, else null. */
export const userOfChannel = (name: string): string | null => /^#server-to-user-(.+)$/.exec(name)?.[1] ?? null

export const byteLength = (text: string): number => new TextEncoder().encode(text).byteLength

/** At most `perSecond` passes in any one second, exactly (a sliding window, not a bucket that refills). */
export class SlidingLimit {
  readonly #passedAt: number[] = []
  constructor(readonly perSecond: number) {}

  allows(atMs: number): boolean {
    const oldest = this.#passedAt[0]
    if (this.#passedAt.length >= this.perSecond && oldest !== undefined) {
      if (atMs - oldest < 1_000) return false
      this.#passedAt.shift()
    }
    this.#passedAt.push(atMs)
    return true
  }
}
