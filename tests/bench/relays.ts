import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { WebSocket, WebSocketServer } from 'ws'
import type { Beat } from '@/lib/room/beat'

const HOST = '127.0.0.1'

/** What members hand over, and what the trainer's page is fed with. */
export type Said = { readonly channel: string; readonly beat: Beat }
/** A way from members to the trainer's page that is not ours. `kind` and `url` are for the page (`page-feed.ts`). */
export type Relay = {
  readonly kind: 'ws' | 'socketio'
  readonly url: string
  say(said: Said): void
  close(): Promise<void>
}

/** What anybody would write in an afternoon: whatever a member sends is handed to the trainer. One socket a member. */
export async function bareRelay(channels: readonly string[]): Promise<Relay> {
  const server = new WebSocketServer({ port: 0, host: HOST, perMessageDeflate: false })
  await once(server, 'listening')
  let trainer: WebSocket | undefined
  server.on('connection', (socket, request) => {
    if (request.url === '/trainer') trainer = socket
    else socket.on('message', (data) => trainer?.send(data.toString()))
  })
  const base = `ws://${HOST}:${(server.address() as AddressInfo).port}`
  const members = new Map<string, WebSocket>()
  for (const channel of channels) {
    const socket = new WebSocket(`${base}/${channel}`)
    await once(socket, 'open')
    members.set(channel, socket)
  }
  return {
    kind: 'ws',
    url: `${base}/trainer`,
    say: (said) => members.get(said.channel)?.send(JSON.stringify(said)),
    async close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

/** A Socket.IO room that broadcasts every reading to everybody in it. */
export async function socketIoRoom(channels: readonly string[]): Promise<Relay> {
  const http = createServer()
  const server = new Server(http, { transports: ['websocket'], cors: { origin: true } })
  server.on('connection', (socket) => {
    void socket.join('class')
    socket.on('beat', (said: unknown) => void socket.to('class').emit('beat', said))
  })
  http.listen(0, HOST)
  await once(http, 'listening')
  const url = `http://${HOST}:${(http.address() as AddressInfo).port}`
  const members = new Map(channels.map((channel) => [channel, io(url, { transports: ['websocket'], forceNew: true })]))
  return {
    kind: 'socketio',
    url,
    say: (said) => void members.get(said.channel)?.volatile.emit('beat', said),
    async close() {
      for (const socket of members.values()) socket.close()
      await server.close()
    },
  }
}
