import 'server-only'
import { randomInt } from 'node:crypto'
import { type IncomingMessage, createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { now } from '@/lib/platform/clock'
import { listen, stopListening } from './listen.server'
import { answerApi } from './realtime-api.server'
import { Hub, type Traffic } from './realtime-hub.server'
import { BOUNDS, CLOSE } from './realtime-rules'
import { RealtimeSocket } from './realtime-socket.server'
import { type WebhookEventName, Webhooks } from './realtime-webhooks.server'

export type RealtimeOptions = {
  /** 0: any free port. */
  port: number
  host: string
  appId: string
  key: string
  secret: string
  webhookUrl?: string
  /** Pusher's dashboard switches; client events are off unless named here. */
  webhookEvents?: readonly WebhookEventName[]
  /** The vendor's timings, in ms; shorter in tests. */
  activityTimeoutMs?: number
  pongTimeoutMs?: number
  leaveDelayMs?: number
  maxConnections?: number
}

/** Messages by Pusher's billing rules since the start, and what is open now. */
export type RealtimeCounts = Traffic & { webhooks: number; billed: number; connections: number; channels: number; slowReadersCut: number }

export type RealtimeDoor = { port: number; close(): Promise<void>; counts(): RealtimeCounts }

const PRESENCE_AND_CHANNELS: readonly WebhookEventName[] = ['channel_occupied', 'channel_vacated', 'member_added', 'member_removed']
const PROTOCOLS = ['5', '6', '7']

/**
 * The realtime door: Pusher Channels' protocol 7 on WebSockets and its signed HTTP API, with the vendor's published limits and refusals.
 * A product for one machine: bounded connections, frames and unread output; state is in memory, so after a restart clients connect again.
 * `GET /health` answers 200. Sources: pusher.com/docs/channels (protocol, HTTP API), `pusher-js` 8.6, `pusher` 5.3.
 */
export async function startRealtimeDoor(options: RealtimeOptions): Promise<RealtimeDoor> {
  const { activityTimeoutMs = 120_000, pongTimeoutMs = 30_000, maxConnections = BOUNDS.connections } = options
  const webhooks =
    options.webhookUrl === undefined
      ? null
      : new Webhooks({
          url: options.webhookUrl,
          key: options.key,
          secret: options.secret,
          events: options.webhookEvents ?? PRESENCE_AND_CHANNELS,
          leaveDelayMs: options.leaveDelayMs ?? 3_000,
        })
  const hub = new Hub(options, (event) => webhooks?.tell(event))
  const sockets = new Map<string, RealtimeSocket>()
  let slowReadersCut = 0

  const server = createServer((request, response) => {
    if (request.url === '/health') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
      return
    }
    answerApi({ appId: options.appId, key: options.key, secret: options.secret, hub, sockets }, request, response).catch(() =>
      response.destroy(),
    )
  })
  server.requestTimeout = 30_000

  // bigger frames close the socket with 1009; compression would cost memory per socket
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: BOUNDS.frameBytes, perMessageDeflate: false })
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    upgrades.handleUpgrade(request, stream, head, (webSocket) => accept(webSocket, request))
  })

  function accept(webSocket: WebSocket, request: IncomingMessage): void {
    // ws closes the socket itself after an error; without a listener the process would end
    webSocket.on('error', () => webSocket.terminate())
    const refusal = refusalOf(request)
    if (refusal !== null) {
      webSocket.send(JSON.stringify({ event: 'pusher:error', data: refusal }))
      webSocket.close(refusal.code, refusal.message)
      return
    }
    const socketId = `${randomInt(1, 2 ** 31)}.${randomInt(1, 2 ** 31)}`
    const socket = new RealtimeSocket(socketId, webSocket, hub, () => (slowReadersCut += 1))
    sockets.set(socketId, socket)
    webSocket.on('message', (data) => socket.receive(textOf(data)))
    webSocket.on('close', () => {
      sockets.delete(socketId)
      hub.leaveAll(socket)
    })
    hub.say(socket, 'pusher:connection_established', { socket_id: socketId, activity_timeout: activityTimeoutMs / 1_000 })
  }

  function refusalOf(request: IncomingMessage): { code: number; message: string } | null {
    const url = new URL(request.url ?? '/', 'http://door')
    const key = /^\/app\/([^/]+)$/.exec(url.pathname)?.[1]
    if (key !== options.key) return { code: CLOSE.unknownApp, message: `App key ${(key ?? '').slice(0, 40)} not in this cluster` }
    if (!PROTOCOLS.includes(url.searchParams.get('protocol') ?? ''))
      return { code: CLOSE.unsupportedProtocol, message: 'Unsupported protocol version' }
    if (sockets.size >= maxConnections) return { code: CLOSE.overQuota, message: 'The app is over its connection quota' }
    return null
  }

  const heart = setInterval(
    () => {
      for (const socket of [...sockets.values()]) {
        if (socket.pingedAt !== null) {
          if (now() - socket.pingedAt >= pongTimeoutMs) {
            hub.error(socket, CLOSE.pongNotReceived, 'Pong reply not received')
            socket.close(CLOSE.pongNotReceived, 'Pong reply not received')
          }
        } else if (now() - socket.heardAt >= activityTimeoutMs) {
          socket.pingedAt = now()
          hub.say(socket, 'pusher:ping', '{}')
        }
      }
    },
    Math.min(1_000, activityTimeoutMs / 4, pongTimeoutMs / 4),
  )

  const port = await listen(server, options.port, options.host)

  return {
    port,
    counts: () => {
      const { publishes, clientEvents, deliveries, presenceJoins, presenceLeaves, presenceNotices } = hub.traffic
      const sent = webhooks?.sent ?? 0
      return {
        ...hub.traffic,
        webhooks: sent,
        billed: publishes + clientEvents + deliveries + presenceJoins + presenceLeaves + presenceNotices + sent,
        connections: sockets.size,
        channels: hub.channelNames.length,
        slowReadersCut,
      }
    },
    close: async () => {
      clearInterval(heart)
      webhooks?.close()
      for (const webSocket of upgrades.clients) webSocket.terminate()
      await stopListening(server)
    },
  }
}

const textOf = (data: WebSocket.RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8')
