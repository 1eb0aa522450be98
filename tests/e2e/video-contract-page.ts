import { createPeerVideoRoom, type PeerScreen, type PeerVideoRoom } from '@/lib/room/peer-video-room.client'

/** In the browser: one host and two members of one class on one page, their signals handed over without a server. */
const people = new Set(['par_host', 'par_ana', 'par_ben'])
const screens: readonly PeerScreen[] = [
  { screenId: 'scr_host', participantId: 'par_host', role: 'host' },
  { screenId: 'scr_ana', participantId: 'par_ana', role: 'member' },
  { screenId: 'scr_ben', participantId: 'par_ben', role: 'member' },
]
const connections: RTCPeerConnection[] = []
const Original = globalThis.RTCPeerConnection
globalThis.RTCPeerConnection = new Proxy(Original, {
  construct(target, args: [RTCConfiguration?]) {
    const connection = new target(...args)
    connections.push(connection)
    return connection
  },
})

const rooms = new Map<string, PeerVideoRoom>()
for (const me of screens) {
  const room = createPeerVideoRoom({
    me,
    iceServers: [],
    sendSignal: (to, connectionId, signal) => queueMicrotask(() => rooms.get(to)?.receiveSignal({ from: me.screenId, connectionId, signal })),
  })
  rooms.set(me.screenId, room)
}
const room = (id: string): PeerVideoRoom => {
  const found = rooms.get(id)
  if (!found) throw new Error(`no screen ${id}`)
  return found
}
const state = (track: MediaStreamTrack | null): 'live' | 'ended' | null => track && track.readyState

Object.assign(globalThis, {
  contract: {
    async start() {
      await Promise.all([...rooms.values()].map((one) => one.join()))
      for (const one of rooms.values()) one.setScreens(screens, people)
    },
    view(id: string) {
      const { state: video, local, remotes } = room(id).snapshot
      return {
        state: video,
        camera: state(local.camera),
        microphone: state(local.microphone),
        remotes: remotes.map(({ screenId, connection, video: picture, cameraOn, talking }) => ({ screenId, connection, video: picture !== null, cameraOn, talking })),
      }
    },
    setCamera: (id: string, on: boolean) => room(id).setCamera(on),
    setTalk: (id: string, on: boolean) => room(id).setTalk(on),
    stats: (id: string) => room(id).stats(),
    leave(id: string) {
      room(id).leave()
      const left = screens.filter(({ screenId }) => screenId !== id)
      for (const [other, one] of rooms) if (other !== id) one.setScreens(left, new Set(left.map(({ participantId }) => participantId)))
    },
    /** Half of every connection dies under its room, as when a page loses its network for good and comes back with another address. */
    breakNetwork() {
      for (const connection of connections.filter((_, i) => i % 2 === 0)) connection.close()
    },
  },
})
