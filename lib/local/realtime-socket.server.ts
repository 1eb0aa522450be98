import 'server-only'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { now } from '@/lib/platform/clock'
import { equalInConstantTime } from './constant-time.server'
import type { Hub, Member, Subscriber } from './realtime-hub.server'
import { BOUNDS, CLOSE, LIMITS, SlidingLimit } from './realtime-rules'
import { userSignature } from './realtime-signature.server'

const Message = z.object({ event: z.string(), channel: z.string().optional(), data: z.unknown().optional() })
const Subscribe = z.object({ channel: z.string(), auth: z.string().optional(), channel_data: z.string().optional() })
const SignIn = z.object({ auth: z.string(), user_data: z.string() })
const UserData = z.object({ id: z.string().min(1).max(LIMITS.userIdLength) })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One client: protocol 7 on one WebSocket. It answers, keeps the client's rate, and cuts off a reader that does not keep up. */
export class RealtimeSocket implements Subscriber {
  readonly channels = new Map<string, Member | null>()
  userId: string | null = null
  heardAt = now()
  pingedAt: number | null = null
  readonly #rate = new SlidingLimit(LIMITS.clientEventsPerSecond)

  constructor(
    readonly socketId: string,
    readonly webSocket: WebSocket,
    readonly hub: Hub,
    readonly onSlowReader: () => void,
  ) {}

  send(frame: Buffer): void {
    if (this.webSocket.readyState !== WebSocket.OPEN) return
    if (this.webSocket.bufferedAmount > BOUNDS.unreadBytes) {
      this.onSlowReader()
      // terminate, not close: a close frame would wait behind everything that is not being read
      this.webSocket.terminate()
      return
    }
    this.webSocket.send(frame, { binary: false })
  }

  close(code: number, reason: string): void {
    this.webSocket.close(code, reason)
  }

  receive(text: string): void {
    this.heardAt = now()
    this.pingedAt = null
    const message = Message.safeParse(parsed(text))
    if (!message.success) return this.hub.error(this, null, 'Invalid message: expected JSON with an event')
    const { event, channel, data } = message.data
    if (event.startsWith('client-')) return this.hub.clientEvent(this, channel ?? '', event, data, this.#rate.allows(now()))
    this.#command(event, typeof data === 'string' ? parsed(data) : data)
  }

  #command(event: string, data: unknown): void {
    switch (event) {
      case 'pusher:ping':
        return this.hub.say(this, 'pusher:pong', '{}')
      case 'pusher:pong':
        return
      case 'pusher:subscribe': {
        const request = Subscribe.safeParse(data)
        if (!request.success) return this.hub.error(this, null, 'pusher:subscribe needs a channel')
        return this.hub.subscribe(this, { channel: request.data.channel, auth: request.data.auth, channelData: request.data.channel_data })
      }
      case 'pusher:unsubscribe': {
        const request = Subscribe.safeParse(data)
        return request.success ? this.hub.unsubscribe(this, request.data.channel) : undefined
      }
      case 'pusher:signin':
        return this.#signIn(data)
      default:
        return this.hub.error(this, null, `Unknown event: ${event.slice(0, LIMITS.eventNameLength)}`)
    }
  }

  #signIn(data: unknown): void {
    const request = SignIn.safeParse(data)
    const user = UserData.safeParse(request.success ? parsed(request.data.user_data) : undefined)
    if (
      !request.success ||
      !user.success ||
      !equalInConstantTime(request.data.auth, userSignature(this.hub.app, this.socketId, request.data.user_data))
    ) {
      this.hub.error(this, CLOSE.notAuthorised, 'Connection not authorized')
      return this.close(CLOSE.notAuthorised, 'Connection not authorized')
    }
    this.userId = user.data.id
    this.hub.say(this, 'pusher:signin_success', { user_data: request.data.user_data })
  }
}
