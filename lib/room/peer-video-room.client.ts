import { createLocalMedia, type LocalMediaOptions } from './local-media.client'
import { openPeerLink, type PeerLink, type PeerLinkOptions } from './peer-link.client'
import type { Signal, SignalEnvelope } from './room-event'
import { CAMERA_LIMIT, cameraPlaces, hostShape, memberShape } from './video-policy'
import type { RemoteMedia, VideoRoom, VideoSnapshot, VideoState } from './video-room'

export type PeerScreen = { readonly screenId: string; readonly participantId: string; readonly role: 'host' | 'member' }

export type PeerVideoRoomOptions = {
  readonly me: PeerScreen
  readonly iceServers: readonly RTCIceServer[]
  readonly sendSignal: (to: string, connectionId: string, signal: Signal) => void
  readonly devices?: LocalMediaOptions['devices']
  readonly open?: PeerLinkOptions['open']
}

/** Adapter `peer` of the video port: a star. Each member's screen connects to every host screen; members do not connect to each other. */
export interface PeerVideoRoom extends VideoRoom {
  /**
   * Who is here, by presence, of the `people` of the class. A connection that stands outlives a screen that presence has lost sight of,
   * but not its person's place: whoever was removed neither sees nor is seen, whatever their own screen does.
   */
  setScreens(screens: readonly PeerScreen[], people: ReadonlySet<string>): void
  receiveSignal(envelope: SignalEnvelope): void
  /** Everybody looks at this screen's person now: it sends a larger picture. */
  setSpotlit(on: boolean): void
  /** The network, or the link to the class, is back. */
  hurry(): void
}

type Peer = { readonly screen: PeerScreen; readonly link: PeerLink; present: boolean }

/** Signals of screens that presence has not shown yet. */
const EARLY_KEPT = 60

export function createPeerVideoRoom({ me, iceServers, sendSignal, devices, open }: PeerVideoRoomOptions): PeerVideoRoom {
  const peers = new Map<string, Peer>()
  const listeners = new Set<() => void>()
  const stream = new MediaStream()
  let screens: readonly PeerScreen[] = []
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

  function changed(): void {
    if (scheduled) return
    scheduled = true
    queueMicrotask(() => {
      scheduled = false
      arrangePlaces()
      snapshot = take()
      for (const listener of listeners) listener()
    })
  }

  function onMedia(): void {
    const { camera, microphone } = media.tracks
    for (const { link } of peers.values()) link.setTracks({ camera, microphone })
    shapeAll()
    changed()
  }

  function shapeAll(): void {
    standing = [...peers.values()].filter(({ link }) => link.state === 'connected').length
    const shape = me.role === 'host' ? hostShape(standing, media.soundFrom) : memberShape(spotlit)
    for (const { link } of peers.values()) link.setShape(shape)
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
      role: me.role === 'member' ? 'caller' : 'answerer',
      iceServers,
      stream,
      send: (connectionId, signal) => sendSignal(screenId, connectionId, signal),
      onChange: () => {
        stood ||= link.state === 'connected'
        if ([...peers.values()].filter((peer) => peer.link.state === 'connected').length !== standing) shapeAll()
        if (link.state === 'interrupted' && !peers.get(screenId)?.present) drop(screenId)
        changed()
      },
      onGone: () => drop(screenId),
      ...(open ? { open } : {}),
    })
    peers.set(screenId, { screen, link, present: true })
    link.setTracks({ camera: media.tracks.camera, microphone: media.tracks.microphone })
    const waiting = early.filter(({ from }) => from === screenId)
    early = early.filter(({ from }) => from !== screenId)
    for (const { connectionId, signal } of waiting) link.receive(connectionId, signal)
  }

  function drop(screenId: string): void {
    const peer = peers.get(screenId)
    if (!peer) return
    peers.delete(screenId)
    peer.link.close(false)
    shapeAll()
    changed()
  }

  function arrange(): void {
    if (!joined) return
    const here = new Map(
      screens.filter(({ role, screenId }) => role !== me.role && screenId !== me.screenId).map((screen) => [screen.screenId, screen]),
    )
    for (const [screenId, peer] of peers) {
      peer.present = here.has(screenId)
      if (!peer.present && peer.link.state !== 'connected') drop(screenId)
    }
    for (const [screenId, screen] of here) if (!peers.has(screenId)) connect(screen)
    shapeAll()
    changed()
  }

  function stateNow(): VideoState {
    if (left) return 'left'
    if (!joined) return 'idle'
    const states = [...peers.values()].map(({ link }) => link.state)
    if (me.role === 'host' || states.length === 0 || states.includes('connected')) return 'joined'
    return stood ? 'reconnecting' : 'joining'
  }

  function remoteOf({ screen, link }: Peer): RemoteMedia {
    const up = link.state === 'connected'
    const { cameraOn, talking } = link.remote
    const overCameraLimit = me.role === 'host' && cameraOn && !places.has(screen.screenId)
    return {
      screenId: screen.screenId,
      participantId: screen.participantId,
      connection: link.state,
      video: up && cameraOn && !overCameraLimit ? link.video : null,
      audio: up ? link.audio : null,
      cameraOn,
      talking,
      overCameraLimit,
    }
  }

  function take(): VideoSnapshot {
    const all = [...peers.values()]
    const local = media.tracks
    const cameraHeldBack =
      me.role === 'member' && local.camera !== null && all.length > 0 && all.every(({ link }) => !link.remote.takesCamera)
    return { state: stateNow(), local: { ...local, cameraHeldBack }, remotes: all.map(remoteOf), cameraLimit: CAMERA_LIMIT }
  }

  return {
    kind: 'peer',
    get snapshot() {
      return snapshot
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
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
    async setSoundFrom(source) {
      await media.setSoundFrom(source)
      shapeAll()
    },
    setScreens(next, people) {
      screens = next.filter(({ participantId }) => people.has(participantId))
      for (const [screenId, { screen }] of peers) if (!people.has(screen.participantId)) drop(screenId)
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
