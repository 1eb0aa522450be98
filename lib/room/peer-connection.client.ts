import { ControlMessage } from './control-message'
import type { LinkRole } from './link-recovery'
import { type PeerStats, readStats } from './peer-stats.client'
import type { Signal } from './room-event'
import { trimDescription, wantedCodecs } from './session-description'
import { SCREEN, scaleDown, type SendShape } from './video-policy'

export type LinkState = 'connecting' | 'connected' | 'interrupted'

/** What one connection carries, in the order of its lines: both ends know a line by its place. All are there from the first offer on. */
export const LINES = ['microphone', 'camera', 'screen', 'screenAudio'] as const
export type Line = (typeof LINES)[number]
const KIND: Readonly<Record<Line, 'audio' | 'video'>> = { microphone: 'audio', camera: 'video', screen: 'video', screenAudio: 'audio' }

export type PeerConnectionOptions = {
  readonly role: LinkRole
  readonly iceServers: readonly RTCIceServer[]
  /** Groups a picture with its sound, so that the other end plays them in step: the person's, and the shared screen's. */
  readonly streams: { readonly person: MediaStream; readonly screen: MediaStream }
  readonly send: (signal: Signal) => void
  readonly onState: (state: LinkState) => void
  readonly onControl: (message: ControlMessage) => void
  /** What the other end handed to `say`, parsed and otherwise unchecked. */
  readonly onData: (data: unknown) => void
  /** The data channel stands: say what is on. */
  readonly onOpen: () => void
  /** The other end has closed its half, or sent a description that cannot be used: only a new connection helps. */
  readonly onBroken: () => void
}

/**
 * One connection to one other screen, negotiated perfectly (w3c.github.io/webrtc-pc/#perfect-negotiation-example). The caller makes
 * all transceivers up front and is polite; the answerer adopts them. Tracks come and go by `replaceTrack`, without negotiation. There
 * is no simulcast: between browsers its answer keeps only the smallest layer.
 */
export interface PeerConnection {
  readonly state: LinkState
  /** What arrives on a line; null before the other end has spoken. */
  received(line: Line): MediaStreamTrack | null
  receive(signal: Signal): void
  setTrack(line: Line, track: MediaStreamTrack | null): void
  /** `picture: false` pauses the picture to this screen alone. */
  setShape(shape: SendShape, picture: boolean): void
  tell(message: ControlMessage): void
  /** Whether it was handed over: now or never, and at most once. */
  say(data: unknown): boolean
  restart(): void
  stats(): Promise<PeerStats>
  close(): void
}
/** Candidates of one burst go as one signal. */
const GATHER_MS = 40
const CANDIDATES_PER_SIGNAL = 20
/** What cannot arrive within this is old news. */
const DATA_LIVES_MS = 500
/** A way that holds back this much does not stand. */
const DATA_UNSENT_BYTES = 16_384
const MESSAGE_CHARACTERS = 4_000

type Candidates = Extract<Signal, { type: 'candidates' }>['candidates']

export function openPeerConnection(options: PeerConnectionOptions): PeerConnection {
  const { role, iceServers, streams, send, onState, onControl, onData, onOpen, onBroken } = options
  const pc = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle' })
  const polite = role === 'caller'
  const tracks = new Map<Line, MediaStreamTrack | null>()
  const transceivers = new Map<Line, RTCRtpTransceiver>()
  let shape: Shape | null = null
  let control: RTCDataChannel | null = null
  let data: RTCDataChannel | null = null
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

  function openChannels(): void {
    control = pc.createDataChannel('control', { negotiated: true, id: 0 })
    control.onopen = onOpen
    control.onclose = broken
    control.onmessage = (event) => {
      const message = ControlMessage.safeParse(parsed(event.data))
      if (message.success) onControl(message.data)
    }
    data = pc.createDataChannel('data', { negotiated: true, id: 1, ordered: false, maxPacketLifeTime: DATA_LIVES_MS })
    data.onmessage = (event) => onData(parsed(event.data))
  }

  const streamOf = (line: Line): MediaStream => (line === 'camera' || line === 'microphone' ? streams.person : streams.screen)

  function adopt(line: Line, transceiver: RTCRtpTransceiver): void {
    transceivers.set(line, transceiver)
    transceiver.direction = 'sendrecv'
    const codecs = wantedCodecs(KIND[line], RTCRtpReceiver.getCapabilities(KIND[line])?.codecs ?? [])
    if (codecs.length > 0) transceiver.setCodecPreferences?.(codecs)
    transceiver.sender.setStreams?.(streamOf(line))
    void transceiver.sender.replaceTrack(tracks.get(line) ?? null).catch(() => undefined)
  }

  function applyShape(): void {
    shaping = shaping.then(async () => {
      if (closed || !shape) return
      for (const [line, { sender }] of transceivers) {
        const parameters = sender.getParameters()
        const encoding = parameters.encodings[0]
        if (!encoding) continue
        shapeLine(line, sender, parameters, encoding, shape)
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
        pc.getTransceivers().forEach((transceiver, place) => {
          const line = LINES[place]
          if (line) adopt(line, transceiver)
        })
        openChannels()
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
    for (const line of LINES) adopt(line, pc.addTransceiver(KIND[line], { direction: 'sendrecv', streams: [streamOf(line)] }))
    openChannels()
  }

  return {
    get state() {
      return lost ? 'interrupted' : state
    },
    received: (line) => transceivers.get(line)?.receiver.track ?? null,
    receive(signal) {
      if (signal.type === 'description') inTurn(() => takeDescription(signal.description))
      else if (signal.type === 'candidates') inTurn(() => takeCandidates(signal.candidates))
    },
    setTrack(line, track) {
      tracks.set(line, track)
      void transceivers
        .get(line)
        ?.sender.replaceTrack(track)
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
    say(said) {
      if (data?.readyState !== 'open' || data.bufferedAmount > DATA_UNSENT_BYTES) return false
      const text = JSON.stringify(said)
      if (text.length >= MESSAGE_CHARACTERS) return false
      data.send(text)
      return true
    },
    restart() {
      if (!closed) pc.restartIce()
    },
    stats: () => readStats(pc, transceivers.get('screen')?.mid ?? null),
    close() {
      closed = true
      clearTimeout(gathering)
      gathered = []
      early = []
      control?.close()
      data?.close()
      pc.close()
    },
  }
}

const parsed = (data: unknown): unknown => {
  try {
    return typeof data === 'string' && data.length < MESSAGE_CHARACTERS ? (JSON.parse(data) as unknown) : null
  } catch {
    return null
  }
}

type Shape = { readonly send: SendShape; readonly picture: boolean }

/** The trainer's picture and voice come before a shared screen where the way is narrow. */
function shapeLine(
  line: Line,
  sender: RTCRtpSender,
  parameters: RTCRtpSendParameters,
  encoding: RTCRtpEncodingParameters,
  { send, picture }: Shape,
): void {
  const height = sender.track?.getSettings().height
  encoding.priority = line === 'screen' ? 'low' : 'high'
  switch (line) {
    case 'microphone':
      encoding.maxBitrate = send.audioBps
      return
    case 'screenAudio':
      encoding.maxBitrate = SCREEN.audioBps
      return
    case 'camera':
      parameters.degradationPreference = send.keep === 'size' ? 'maintain-resolution' : 'maintain-framerate'
      encoding.active = picture
      encoding.maxBitrate = send.videoBps
      encoding.maxFramerate = send.maxFramerate
      encoding.scaleResolutionDownBy = scaleDown(height, send.maxHeight)
      return
    case 'screen':
      parameters.degradationPreference = 'maintain-resolution'
      encoding.maxBitrate = send.screenBps
      encoding.maxFramerate = SCREEN.maxFramerate
      encoding.scaleResolutionDownBy = scaleDown(height, SCREEN.maxHeight)
  }
}
