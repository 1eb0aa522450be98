import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Pusher from 'pusher'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { WebSocket, WebSocketServer } from 'ws'
import { startRealtimeDoor } from '@/lib/local/realtime.server'
import { connectRealtime, type Realtime } from '@/lib/platform/realtime.client'
import { Beat } from '@/lib/room/beat'
import { createPusherBeatLink } from '@/lib/room/pusher-beat-link.client'

const HOST = '127.0.0.1'
const APP = { appId: 'bench', key: 'key', secret: 'secret' }

type Heard = (participantId: string, beat: Beat) => void
/** One way for beats of members to reach the trainer's screen, over loopback. What is sent before it stands is lost. */
export type Way = { send(participantId: string, beat: Beat): void; close(): Promise<void> }
export type OpenWay = (memberIds: readonly string[], heard: Heard) => Promise<Way>

/** The product's: its realtime door, its browser client and its link, at both ends. */
export const ours: OpenWay = async (memberIds, heard) => {
  const door = await startRealtimeDoor({ port: 0, host: HOST, ...APP })
  const server = new Pusher({ ...APP, host: HOST, port: String(door.port), useTLS: false })
  const screen = (): Realtime =>
    connectRealtime({
      ...{ key: APP.key, cluster: null, host: { name: HOST, port: door.port, tls: false } },
      authorize: async (socketId, names) => Object.fromEntries(names.map((name) => [name, server.authorizeChannel(socketId, name)])),
    })
  const realtimes = [screen(), ...memberIds.map(screen)]
  const [trainer, ...members] = realtimes
  if (!trainer) throw new Error('A class has a trainer.')
  const host = createPusherBeatLink(trainer, { participantId: 'par_host', epoch: 0 })
  host.receive(heard)
  host.follow(memberIds)
  const links = new Map(members.map((realtime, at) => [memberIds[at], createPusherBeatLink(realtime, { participantId: memberIds[at] ?? '', epoch: 0 })]))
  return {
    send: (participantId, beat) => links.get(participantId)?.send(beat),
    async close() {
      for (const realtime of realtimes) realtime.close()
      await door.close()
    },
  }
}

/** What anybody would write in an afternoon: whatever a member sends is handed to the trainer. */
export const bareRelay: OpenWay = async (memberIds, heard) => {
  const server = new WebSocketServer({ port: 0, host: HOST, perMessageDeflate: false })
  await once(server, 'listening')
  let trainer: WebSocket | undefined
  server.on('connection', (socket, request) => {
    if (request.url === '/trainer') trainer = socket
    else socket.on('message', (data) => trainer?.send(data.toString()))
  })
  const connect = async (path: string): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://${HOST}:${(server.address() as AddressInfo).port}/${path}`)
    await once(socket, 'open')
    return socket
  }
  const screen = await connect('trainer')
  screen.on('message', (data) => {
    const { participantId, beat } = JSON.parse(data.toString()) as { participantId: string; beat: unknown }
    heard(participantId, Beat.parse(beat))
  })
  const members = new Map<string, WebSocket>()
  for (const id of memberIds) members.set(id, await connect(id))
  return {
    send: (participantId, beat) => members.get(participantId)?.send(JSON.stringify({ participantId, beat })),
    async close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

/** A Socket.IO room that broadcasts every reading to everybody in it. */
export const socketIoRoom: OpenWay = async (memberIds, heard) => {
  const http = createServer()
  const server = new Server(http, { transports: ['websocket'] })
  server.on('connection', (socket) => {
    void socket.join('class')
    socket.on('beat', (said: unknown) => void socket.to('class').emit('beat', said))
  })
  http.listen(0, HOST)
  await once(http, 'listening')
  const connect = () => io(`http://${HOST}:${(http.address() as AddressInfo).port}`, { transports: ['websocket'], forceNew: true })
  const trainer = connect()
  trainer.on('beat', ({ participantId, beat }: { participantId: string; beat: unknown }) => heard(participantId, Beat.parse(beat)))
  const members = new Map(memberIds.map((id) => [id, connect()]))
  return {
    send: (participantId, beat) => void members.get(participantId)?.volatile.emit('beat', { participantId, beat }),
    async close() {
      for (const socket of [trainer, ...members.values()]) socket.close()
      await server.close()
    },
  }
}
