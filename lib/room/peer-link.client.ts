import { randomCode } from '@/lib/platform/id'
import type { ControlMessage } from './control-message'
import { repairOf, type LinkRole, type Trouble } from './link-recovery'
import {
  LINES,
  openPeerConnection,
  type Line,
  type LinkState,
  type PeerConnection,
  type PeerConnectionOptions,
} from './peer-connection.client'
import type { PeerStats } from './peer-stats.client'
import type { Signal } from './room-event'
import type { SendShape } from './video-policy'

/** One other screen, through all the connections that it takes to stay in touch with it. */
export interface PeerLink {
  readonly state: LinkState
  received(line: Line): MediaStreamTrack | null
  /** The other screen's own word about what it sends, and whether it takes our picture. */
  readonly remote: { readonly cameraOn: boolean; readonly talking: boolean; readonly sharing: boolean; readonly takesCamera: boolean }
  receive(connectionId: string, signal: Signal): void
  setTracks(tracks: LinkTracks): void
  setShape(shape: SendShape): void
  /** Whether this screen takes the other's picture. */
  take(camera: boolean): void
  say(data: unknown): boolean
  /** The network is back: do not wait for the next repair. */
  hurry(): void
  stats(): Promise<PeerStats>
  /** `tell`: the other end is still there and should know. */
  close(tell: boolean): void
}
export type LinkTracks = Readonly<Record<Line, MediaStreamTrack | null>>
export const NO_TRACKS: LinkTracks = { microphone: null, camera: null, screen: null, screenAudio: null }

export type PeerLinkOptions = {
  readonly role: LinkRole
  readonly iceServers: readonly RTCIceServer[]
  readonly streams: PeerConnectionOptions['streams']
  readonly send: (connectionId: string, signal: Signal) => void
  readonly onChange: () => void
  readonly onData: (data: unknown) => void
  /** The other screen said goodbye, or closed its end. */
  readonly onGone: () => void
  readonly open?: (options: PeerConnectionOptions) => PeerConnection
}

const RETIRED_KEPT = 8
/** A connection that has never stood is built again this long after the network came back. */
const HURRIED_MS = 4_000
const NOTHING = { cameraOn: false, talking: false, sharing: false }

export function openPeerLink({ role, iceServers, streams, send, onChange, onData, onGone, open = openPeerConnection }: PeerLinkOptions): PeerLink {
  let connection: PeerConnection | null = null
  let connectionId = randomCode(16)
  let retired: readonly string[] = []
  let tracks: LinkTracks = NO_TRACKS
  let shape: SendShape | null = null
  let taking = true
  let remote = { ...NOTHING, takesCamera: true }
  let trouble: Trouble = 'starting'
  let step = 0
  let sinceMs = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const say = () => {
    connection?.tell({ type: 'sending', cameraOn: tracks.camera !== null, talking: tracks.microphone !== null, sharing: tracks.screen !== null })
    connection?.tell({ type: 'taking', camera: taking })
  }
  const shapeIt = () => shape && connection?.setShape(shape, remote.takesCamera)

  function hear(message: ControlMessage): void {
    remote =
      message.type === 'sending'
        ? { ...remote, cameraOn: message.cameraOn, talking: message.talking, sharing: message.sharing }
        : { ...remote, takesCamera: message.camera }
    if (message.type === 'taking') shapeIt()
    onChange()
  }

  function onState(state: LinkState): void {
    if (state === 'connected') {
      clearTimeout(timer)
      timer = undefined
      trouble = 'broken'
      step = 0
    } else if (state === 'interrupted' && timer === undefined) worry()
    onChange()
  }

  function worry(firstStep = 0, aheadMs = 0): void {
    sinceMs = performance.now() - aheadMs
    step = firstStep
    plan()
  }

  function plan(): void {
    clearTimeout(timer)
    const { afterMs, repair } = repairOf(trouble, role, step)
    timer = setTimeout(
      () => {
        step += 1
        if (repair === 'restart') connection?.restart()
        else rebuild(randomCode(16))
        plan()
      },
      Math.max(0, sinceMs + afterMs - performance.now()),
    )
  }

  /** The caller calls afresh; the answerer can only ask to be called. */
  function rebuild(nextId: string): void {
    replace(nextId, role === 'caller')
    if (role === 'answerer') send(nextId, { type: 'hello', connectionId: nextId })
    onChange()
  }

  function replace(nextId: string, start: boolean): void {
    retired = [connectionId, ...retired].slice(0, RETIRED_KEPT)
    connection?.close()
    connection = null
    connectionId = nextId
    remote = { ...remote, ...NOTHING }
    if (start) begin()
    // The other end has begun again: a restart of what is gone would help nobody.
    if (timer === undefined) worry(trouble === 'broken' ? 1 : 0)
  }

  function begin(): void {
    const id = connectionId
    /** What a connection still says after it was replaced is not heard. */
    function current<T extends unknown[]>(then: (...args: T) => void): (...args: T) => void {
      return (...args) => {
        if (id === connectionId && !closed) then(...args)
      }
    }
    const opened = open({
      role,
      iceServers,
      streams,
      send: current((signal) => send(id, signal)),
      onState: current(onState),
      onControl: current(hear),
      onData: current(onData),
      onOpen: current(say),
      onBroken: current(() => {
        const { afterMs } = repairOf('broken', role, 1)
        // No restart helps; the caller calls again at once, the answerer gives it time to.
        worry(trouble === 'broken' ? 1 : 0, role === 'caller' ? afterMs : 0)
        onChange()
      }),
    })
    connection = opened
    for (const line of LINES) opened.setTrack(line, tracks[line])
    shapeIt()
  }

  if (role === 'caller') begin()
  plan()

  return {
    get state() {
      return connection?.state === 'connected' ? 'connected' : trouble === 'broken' ? 'interrupted' : 'connecting'
    },
    received: (line) => connection?.received(line) ?? null,
    get remote() {
      return remote
    },
    receive(id, signal) {
      if (closed || retired.includes(id)) return
      if (signal.type === 'bye') return onGone()
      if (signal.type === 'hello')
        return role === 'caller' && signal.connectionId !== connectionId ? rebuild(signal.connectionId) : undefined
      const offer = signal.type === 'description' && signal.description.type === 'offer'
      if (role === 'answerer' && offer && (id !== connectionId || !connection)) replace(id, true)
      if (id === connectionId) connection?.receive(signal)
    },
    setTracks(next) {
      const before = tracks
      tracks = next
      const changed = LINES.filter((line) => before[line] !== next[line])
      for (const line of changed) connection?.setTrack(line, next[line])
      if (changed.length > 0) say()
    },
    setShape(next) {
      shape = next
      shapeIt()
    },
    say: (data) => connection?.state === 'connected' && connection.say(data),
    take(camera) {
      if (camera === taking) return
      taking = camera
      say()
    },
    hurry() {
      if (closed) return
      connection?.restart()
      if (connection?.state === 'connected') return
      // The restart has just been done; the rebuild that may follow keeps its distance to it.
      const { afterMs } = repairOf(trouble, role, 0)
      sinceMs = performance.now() - afterMs + (trouble === 'starting' ? HURRIED_MS : 0)
      step = trouble === 'broken' ? 1 : 0
      plan()
    },
    stats: () => connection?.stats() ?? Promise.resolve({ framesDecoded: 0, screenFramesDecoded: 0, audioPackets: 0, roundTripMs: null, path: null }),
    close(tell) {
      if (closed) return
      if (tell) send(connectionId, { type: 'bye' })
      closed = true
      clearTimeout(timer)
      connection?.close()
      connection = null
    },
  }
}
