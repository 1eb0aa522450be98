import { createListeners } from '@/lib/platform/listeners'
import { createLocalMedia, type LocalMediaOptions } from './local-media.client'
import { type LinkTracks, NO_TRACKS, openPeerLink, type PeerLink, type PeerLinkOptions } from './peer-link.client'
import type { Signal, SignalEnvelope } from './room-event'
import { callsOther, type ClassOnScreens, mayConnect, membersMeet, type PeerScreen, sendsTo } from './topology'
import { CAMERA_LIMIT, cameraPlaces, eachToEachShape, hostShape, memberShape } from './video-policy'
import type { DataPath, RemoteMedia, VideoRoom, VideoSnapshot, VideoState } from './video-room'

export type PeerVideoRoomOptions = {
  readonly me: PeerScreen
  readonly iceServers: readonly RTCIceServer[]
  readonly sendSignal: (to: string, connectionId: string, signal: Signal) => void
  readonly devices?: LocalMediaOptions['devices']
  readonly open?: PeerLinkOptions['open']
}

/**
 * Adapter `peer` of the video port: a star, in which each member's screen connects to every host screen. In a small class that allows
 * it, members connect to each other as well, and what was not meant for everyone is not given to such a connection.
 */
export interface PeerVideoRoom extends VideoRoom {
  /**
   * The class as it is now. A connection that stands outlives a screen that presence has lost sight of, but not its person's place:
   * whoever was removed neither sees nor is seen, whatever their own screen does.
   */
  setClass(now: ClassOnScreens): void
  receiveSignal(envelope: SignalEnvelope): void
  /** Everybody looks at this screen's person now: it sends a larger picture. */
  setSpotlit(on: boolean): void
  /** The network, or the link to the class, is back. */
  hurry(): void
}

type Peer = { readonly screen: PeerScreen; readonly link: PeerLink; present: boolean }

/** Signals of screens that presence has not shown yet. */
const EARLY_KEPT = 60
const NOBODY_YET: ClassOnScreens = { screens: [], people: new Map(), eachToEach: false }

export function createPeerVideoRoom({ me, iceServers, sendSignal, devices, open }: PeerVideoRoomOptions): PeerVideoRoom {
  const peers = new Map<string, Peer>()
  const listeners = createListeners()
  const dataListeners = createListeners<Parameters<Parameters<DataPath['receive']>[0]>>()
  const streams = { person: new MediaStream(), screen: new MediaStream() }
  let around = NOBODY_YET
  let early: SignalEnvelope[] = []
  let joined = false
  let left = false
  let spotlit = false
  let stood = false
  let places: ReadonlySet<string> = new Set()
  let standing = 0
  let scheduled = false
  const media = createLocalMedia({ role: me.role, onChange: onMedia, ...(devices && { devices }) })
  let snapshot: VideoSnapshot = take()

  function hosts(): Peer[] {
    return [...peers.values()].filter(({ screen }) => screen.role === 'host')
  }

  function changed(): void {
    if (scheduled) return
    scheduled = true
    queueMicrotask(() => {
      scheduled = false
      arrangePlaces()
      snapshot = take()
      listeners.tell()
    })
  }

  function onMedia(): void {
    sendAll()
    shapeAll()
    changed()
  }

  function sendAll(): void {
    for (const { screen, link } of peers.values()) link.setTracks(tracksFor(screen))
  }

  function tracksFor(screen: PeerScreen): LinkTracks {
    if (!sendsTo(me, screen, around.people)) return NO_TRACKS
    const { camera, microphone, screen: shared } = media.tracks
    return { camera, microphone, screen: shared?.video ?? null, screenAudio: shared?.audio ?? null }
  }

  const countStanding = () => [...peers.values()].filter(({ link }) => link.state === 'connected').length

  function shapeAll(): void {
    standing = countStanding()
    const toMember =
      me.role === 'host'
        ? hostShape(standing, media.soundFrom, media.tracks.screen !== null)
        : eachToEachShape(peers.size - hosts().length, spotlit)
    for (const { screen, link } of peers.values()) link.setShape(screen.role === 'member' ? toMember : memberShape(spotlit))
  }

  function arrangePlaces(): void {
    if (me.role !== 'host') return
    const wanting = [...peers.values()].filter(({ link }) => link.remote.cameraOn).map(({ screen }) => screen.screenId)
    places = cameraPlaces(places, wanting)
    for (const { screen, link } of peers.values()) link.take(places.has(screen.screenId) || !link.remote.cameraOn)
  }

  function connect(screen: PeerScreen): void {
    const { screenId } = screen
    const link = openPeerLink({
      role: callsOther(me, screen) ? 'caller' : 'answerer',
      iceServers,
      streams,
      send: (connectionId, signal) => sendSignal(screenId, connectionId, signal),
      onChange: () => {
        stood ||= link.state === 'connected' && screen.role !== me.role
        if (countStanding() !== standing) shapeAll()
        if (link.state === 'interrupted' && !peers.get(screenId)?.present) drop(screenId)
        changed()
      },
      onData: (said) => dataListeners.tell(screen, said),
      onGone: () => drop(screenId),
      ...(open ? { open } : {}),
    })
    peers.set(screenId, { screen, link, present: true })
    link.setTracks(tracksFor(screen))
    const waiting = early.filter(({ from }) => from === screenId)
    early = early.filter(({ from }) => from !== screenId)
    for (const { connectionId, signal } of waiting) link.receive(connectionId, signal)
  }

  function drop(screenId: string, tell = false): void {
    const peer = peers.get(screenId)
    if (!peer) return
    peers.delete(screenId)
    peer.link.close(tell)
    shapeAll()
    changed()
  }

  function arrange(): void {
    const here = new Map(around.screens.map((screen) => [screen.screenId, screen]))
    const meeting = membersMeet(around)
    for (const [screenId, peer] of peers) {
      peer.present = here.has(screenId)
      // A person's last word on who sees them, and a removal, count at once; what presence alone lost sight of may still stand.
      if (!mayConnect(me, peer.screen, meeting, around.people)) drop(screenId, peer.screen.role === me.role)
      else if (!peer.present && peer.link.state !== 'connected') drop(screenId)
    }
    if (joined)
      for (const [screenId, screen] of here)
        if (!peers.has(screenId) && mayConnect(me, screen, meeting, around.people)) connect(screen)
    sendAll()
    shapeAll()
    changed()
  }

  function stateNow(): VideoState {
    if (left) return 'left'
    if (!joined) return 'idle'
    const states = hosts().map(({ link }) => link.state)
    if (me.role === 'host' || states.length === 0 || states.includes('connected')) return 'joined'
    return stood ? 'reconnecting' : 'joining'
  }

  function remoteOf({ screen, link }: Peer): RemoteMedia {
    const up = link.state === 'connected'
    const { cameraOn, talking, sharing } = link.remote
    const overCameraLimit = me.role === 'host' && cameraOn && !places.has(screen.screenId)
    const shows = up && sharing && screen.role === 'host'
    return {
      screenId: screen.screenId,
      participantId: screen.participantId,
      connection: link.state,
      video: up && cameraOn && !overCameraLimit ? link.received('camera') : null,
      audio: up ? link.received('microphone') : null,
      cameraOn,
      talking,
      screen: shows ? link.received('screen') : null,
      screenAudio: shows ? link.received('screenAudio') : null,
      overCameraLimit,
    }
  }

  function take(): VideoSnapshot {
    const local = media.tracks
    const watchers = hosts()
    const cameraHeldBack =
      me.role === 'member' && local.camera !== null && watchers.length > 0 && watchers.every(({ link }) => !link.remote.takesCamera)
    return {
      state: stateNow(),
      local: { ...local, cameraHeldBack },
      remotes: [...peers.values()].map(remoteOf),
      cameraLimit: CAMERA_LIMIT,
      membersMeet: membersMeet(around),
    }
  }

  return {
    kind: 'peer',
    data: {
      get screens() {
        return [...peers.values()].filter(({ link }) => link.state === 'connected').map(({ screen }) => screen)
      },
      say: (screenId, said) => peers.get(screenId)?.link.say(said) ?? false,
      receive: dataListeners.add,
    },
    get snapshot() {
      return snapshot
    },
    subscribe: listeners.add,
    async join() {
      if (left) return
      joined = true
      arrange()
    },
    leave() {
      if (left) return
      left = true
      joined = false
      for (const { link } of peers.values()) link.close(true)
      peers.clear()
      early = []
      media.close()
      changed()
    },
    setCamera: (on) => media.setCamera(on && !left),
    setTalk: (on) => media.setMicrophone(on && !left),
    setShare: (on) => media.setShare(on && !left && me.role === 'host'),
    async setSoundFrom(source) {
      await media.setSoundFrom(source)
      shapeAll()
    },
    setClass(now) {
      if (left) return
      around = { ...now, screens: now.screens.filter(({ participantId }) => now.people.has(participantId)) }
      arrange()
    },
    receiveSignal(envelope) {
      if (left) return
      const peer = peers.get(envelope.from)
      if (peer) return peer.link.receive(envelope.connectionId, envelope.signal)
      early = [...early, envelope].slice(-EARLY_KEPT)
    },
    setSpotlit(on) {
      if (on === spotlit) return
      spotlit = on
      shapeAll()
    },
    hurry() {
      for (const { link } of peers.values()) link.hurry()
    },
    async stats() {
      return Promise.all([...peers.values()].map(async ({ screen, link }) => ({ screenId: screen.screenId, ...(await link.stats()) })))
    },
  }
}
