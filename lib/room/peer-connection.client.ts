import { ControlMessage } from './control-message'
import type { LinkRole } from './link-recovery'
import type { Signal } from './room-event'
import { trimDescription, wantedCodecs } from './session-description'
import { scaleDown, type SendShape } from './video-policy'

export type LinkState = 'connecting' | 'connected' | 'interrupted'
export type PeerConnectionOptions = {
  readonly role: LinkRole
  readonly iceServers: readonly RTCIceServer[]
  /** Groups this screen's picture and voice, so that the other end plays them in step. */
  readonly stream: MediaStream
  readonly send: (signal: Signal) => void
  readonly onState: (state: LinkState) => void
  readonly onControl: (message: ControlMessage) => void
  /** The data channel stands: say what is on. */
  readonly onOpen: () => void
  /** The other end has closed its half, or sent a description that cannot be used: only a new connection helps. */
  readonly onBroken: () => void
}

/**
 * One connection to one other screen, negotiated perfectly (w3c.github.io/webrtc-pc/#perfect-negotiation-example). The caller makes
 * both transceivers up front and is polite; the answerer adopts them. Tracks come and go by `replaceTrack`, without negotiation. There
 * is no simulcast: between browsers its answer keeps only the smallest layer.
 */
export interface PeerConnection {
  readonly state: LinkState
  readonly audio: MediaStreamTrack | null
  readonly video: MediaStreamTrack | null
  receive(signal: Signal): void
  setTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): void
  /** `picture: false` pauses the picture to this screen alone. */
  setShape(shape: SendShape, picture: boolean): void
  tell(message: ControlMessage): void
  restart(): void
  stats(): Promise<{ framesDecoded: number; audioPackets: number; roundTripMs: number | null; path: string | null }>
  close(): void
}

/** Candidates of one burst go as one signal. */
const GATHER_MS = 40
const CANDIDATES_PER_SIGNAL = 20

type Candidates = Extract<Signal, { type: 'candidates' }>['candidates']

export function openPeerConnection(options: PeerConnectionOptions): PeerConnection {
  const { role, iceServers, stream, send, onState, onControl, onOpen, onBroken } = options
  const pc = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle' })
  const polite = role === 'caller'
  const tracks: Record<'audio' | 'video', MediaStreamTrack | null> = { audio: null, video: null }
  const transceivers: { audio: RTCRtpTransceiver | null; video: RTCRtpTransceiver | null } = { audio: null, video: null }
  let shape: { readonly send: SendShape; readonly picture: boolean } | null = null
  let control: RTCDataChannel | null = null
  let state: LinkState = 'connecting'
  let stood = false
  let closed = false
  let lost = false
  let makingOffer = false
  let answerPending = false
  let early: Candidates = []
  let gathered: Candidates = []
  let gathering: ReturnType<typeof setTimeout> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let shaping: Promise<unknown> = Promise.resolve()

  const broken = (): void => {
    if (closed || lost) return
    lost = true
    onBroken()
  }
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(() => (closed ? undefined : work())).catch(broken)
  }

  function openControl(): void {
    control = pc.createDataChannel('control', { negotiated: true, id: 0 })
    control.onopen = onOpen
    control.onclose = broken
    control.onmessage = ({ data }) => {
      const message = ControlMessage.safeParse(parsed(data))
      if (message.success) onControl(message.data)
    }
  }

  function adopt(kind: 'audio' | 'video', transceiver: RTCRtpTransceiver): void {
    transceivers[kind] = transceiver
    transceiver.direction = 'sendrecv'
    const codecs = wantedCodecs(kind, RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [])
    if (codecs.length > 0) transceiver.setCodecPreferences?.(codecs)
    transceiver.sender.setStreams?.(stream)
    void transceiver.sender.replaceTrack(tracks[kind]).catch(() => undefined)
  }

  function applyShape(): void {
    shaping = shaping.then(async () => {
      if (closed || !shape) return
      for (const kind of ['audio', 'video'] as const) {
        const sender = transceivers[kind]?.sender
        const parameters = sender?.getParameters()
        const encoding = parameters?.encodings[0]
        if (!sender || !parameters || !encoding) continue
        if (kind === 'audio') encoding.maxBitrate = shape.send.audioBps
        else {
          parameters.degradationPreference = shape.send.keep === 'size' ? 'maintain-resolution' : 'maintain-framerate'
          encoding.active = shape.picture
          encoding.maxBitrate = shape.send.videoBps
          encoding.maxFramerate = shape.send.maxFramerate
          encoding.scaleResolutionDownBy = scaleDown(sender.track?.getSettings().height, shape.send.maxHeight)
        }
        // Refused while a negotiation is under way; the end of it applies the shape again.
        await sender.setParameters(parameters).catch(() => undefined)
      }
    })
  }

  const sendLocal = (): void => {
    const local = pc.localDescription
    if (local) send({ type: 'description', description: { type: local.type, sdp: trimDescription(local.sdp) } })
  }

  async function takeDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const offer = description.type === 'offer'
    const ready = !makingOffer && (pc.signalingState === 'stable' || answerPending)
    if (!polite && offer && !ready) return
    answerPending = description.type === 'answer'
    await pc.setRemoteDescription(description) // rolls our own offer back where both called at once
    answerPending = false
    await takeCandidates(early.splice(0))
    if (offer) {
      if (role === 'answerer' && !control) {
        for (const transceiver of pc.getTransceivers()) adopt(transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video', transceiver)
        openControl()
      }
      await pc.setLocalDescription()
      sendLocal()
    }
    applyShape()
  }

  async function takeCandidates(candidates: Candidates): Promise<void> {
    if (!pc.remoteDescription) {
      early.push(...candidates)
      return
    }
    // One that does not fit belongs to an offer that was passed over; the others are enough, or recovery is.
    for (const candidate of candidates) await pc.addIceCandidate(candidate).catch(() => undefined)
  }

  pc.onnegotiationneeded = () => {
    // The answerer has nothing to offer before it has been called.
    if (role === 'answerer' && !pc.remoteDescription) return
    inTurn(async () => {
      if (pc.signalingState !== 'stable') return
      makingOffer = true
      await pc.setLocalDescription().finally(() => (makingOffer = false))
      sendLocal()
    })
  }
  pc.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return
    const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate
    gathered.push({ candidate: line, sdpMid, sdpMLineIndex, usernameFragment })
    gathering ??= setTimeout(() => {
      gathering = undefined
      while (gathered.length > 0) send({ type: 'candidates', candidates: gathered.splice(0, CANDIDATES_PER_SIGNAL) })
    }, GATHER_MS)
  }
  pc.onconnectionstatechange = () => {
    const next: LinkState =
      pc.connectionState === 'connected' ? 'connected' : stood || pc.connectionState === 'failed' ? 'interrupted' : 'connecting'
    stood ||= next === 'connected'
    if (next === state) return
    state = next
    if (state === 'connected') applyShape()
    onState(state)
  }

  if (role === 'caller') {
    for (const kind of ['audio', 'video'] as const) adopt(kind, pc.addTransceiver(kind, { direction: 'sendrecv', streams: [stream] }))
    openControl()
  }

  return {
    get state() {
      return lost ? 'interrupted' : state
    },
    get audio() {
      return transceivers.audio?.receiver.track ?? null
    },
    get video() {
      return transceivers.video?.receiver.track ?? null
    },
    receive(signal) {
      if (signal.type === 'description') inTurn(() => takeDescription(signal.description))
      else if (signal.type === 'candidates') inTurn(() => takeCandidates(signal.candidates))
    },
    setTrack(kind, track) {
      tracks[kind] = track
      void transceivers[kind]?.sender
        .replaceTrack(track)
        .then(applyShape)
        .catch(() => undefined)
    },
    setShape(next, picture) {
      shape = { send: next, picture }
      applyShape()
    },
    tell(message) {
      if (control?.readyState === 'open') control.send(JSON.stringify(message))
    },
    restart() {
      if (!closed) pc.restartIce()
    },
    stats: () => readStats(pc),
    close() {
      closed = true
      clearTimeout(gathering)
      gathered = []
      early = []
      control?.close()
      pc.close()
    },
  }
}

const parsed = (data: unknown): unknown => {
  try {
    return typeof data === 'string' && data.length < 4_000 ? (JSON.parse(data) as unknown) : null
  } catch {
    return null
  }
}

async function readStats(pc: RTCPeerConnection) {
  let framesDecoded = 0
  let audioPackets = 0
  let roundTripMs: number | null = null
  let path: string | null = null
  const report = new Map<string, Readonly<Record<string, unknown>>>()
  ;(await pc.getStats()).forEach((value: { id: string }) => report.set(value.id, { ...value }))
  for (const one of report.values()) {
    if (one.type === 'inbound-rtp' && one.kind === 'video') framesDecoded += Number(one.framesDecoded ?? 0)
    if (one.type === 'inbound-rtp' && one.kind === 'audio') audioPackets += Number(one.packetsReceived ?? 0)
    if (one.type === 'candidate-pair' && one.nominated === true && one.state === 'succeeded') {
      if (typeof one.currentRoundTripTime === 'number') roundTripMs = one.currentRoundTripTime * 1_000
      const type = report.get(String(one.localCandidateId))?.candidateType
      path = typeof type === 'string' ? type : path
    }
  }
  return { framesDecoded, audioPackets, roundTripMs, path }
}
