import type { Beat, BeatLink } from '@/lib/room/beat'
import { createPeerVideoRoom, type PeerVideoRoom } from '@/lib/room/peer-video-room.client'
import type { CameraReach, PeerScreen } from '@/lib/room/topology'
import { createVideoBeatLink } from '@/lib/room/video-beat-link.client'

/** In the browser: one host and two members of one class on one page, their signals handed over without a server. */
const reach = new Map<string, CameraReach>([['par_host', 'everyone'], ['par_ana', 'trainer'], ['par_ben', 'trainer']])
let eachToEach = false
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
const links = new Map<string, BeatLink>(screens.map(({ screenId, role }) => [screenId, createVideoBeatLink(room(screenId).data, role)]))
const listenings: Array<{ readonly heard: Array<[string, Beat]>; readonly stop: () => void }> = []
const state = (track: MediaStreamTrack | null): 'live' | 'ended' | null => track && track.readyState

/** Each screen knows the class as presence and the server would say it. */
function tell(here: readonly PeerScreen[] = screens): void {
  const people = new Map([...reach].filter(([id]) => here.some(({ participantId }) => participantId === id)))
  for (const [id, one] of rooms) if (here.some(({ screenId }) => screenId === id)) one.setClass({ screens: here, people, eachToEach })
}

Object.assign(globalThis, {
  contract: {
    async start() {
      await Promise.all([...rooms.values()].map((one) => one.join()))
      tell()
    },
    view(id: string) {
      const { state: video, local, remotes } = room(id).snapshot
      return {
        state: video,
        camera: state(local.camera),
        microphone: state(local.microphone),
        screen: state(local.screen?.video ?? null),
        remotes: remotes.map(({ screenId, connection, video: picture, cameraOn, talking, screen }) => ({
          screenId,
          connection,
          video: picture !== null,
          cameraOn,
          talking,
          screen: screen !== null,
        })),
      }
    },
    setCamera: (id: string, on: boolean) => room(id).setCamera(on),
    setTalk: (id: string, on: boolean) => room(id).setTalk(on),
    setShare: (id: string, on: boolean) => room(id).setShare(on),
    letMeet(wanted: { ana: CameraReach; ben: CameraReach } | null) {
      eachToEach = wanted !== null
      reach.set('par_ana', wanted?.ana ?? 'trainer')
      reach.set('par_ben', wanted?.ben ?? 'trainer')
      tell()
    },
    stats: (id: string) => room(id).stats(),
    leave(id: string) {
      room(id).leave()
      tell(screens.filter(({ screenId }) => screenId !== id))
    },
    /** Beats by the same connections. */
    sendBeat: (id: string, beat: Beat) => links.get(id)?.send(beat),
    say: (id: string, to: string, data: unknown) => void room(id).data.say(to, data),
    listen(id: string) {
      const heard: Array<[string, Beat]> = []
      const stop = links.get(id)?.receive((participantId, beat) => heard.push([participantId.replace('par_', ''), beat])) ?? (() => undefined)
      return listenings.push({ heard, stop }) - 1
    },
    heard: (listening: number) => listenings[listening]?.heard ?? [],
    unlisten: (listening: number) => listenings[listening]?.stop(),
    reaches: (id: string) => room(id).data.screens.map(({ screenId }) => screenId),
    /** Half of every connection dies under its room, as when a page loses its network for good and comes back with another address. */
    breakNetwork() {
      for (const connection of connections.filter((_, i) => i % 2 === 0)) connection.close()
    },
  },
})
