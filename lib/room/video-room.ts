import type { MembersMeet, PeerScreen } from './topology'

/**
 * PORT `video`: the pictures and voices of one class on this screen. Adapters: `peer` (WebRTC, host-star; small classes may be
 * each-to-each) and, later, `daily`.
 * `own-link` has no adapter: the trainer's call carries the video and no camera is asked for. Every adapter passes
 * `video-room-contract.ts`.
 */
export type VideoState = 'idle' | 'joining' | 'joined' | 'reconnecting' | 'left' | 'failed'
export type DeviceProblem = 'denied' | 'missing' | 'in_use' | 'ended' | 'insecure'
/** `blocked`: by the operating system. Closing the browser's question is no problem. */
export type ShareProblem = 'blocked' | 'failed'

/** What the trainer shows of their screen. `surface` is what the browser says of it; null where it says nothing. */
export type SharedScreen = {
  readonly video: MediaStreamTrack
  readonly audio: MediaStreamTrack | null
  readonly surface: 'browser' | 'window' | 'monitor' | null
}

/** What one other screen sends us. `null` while there is nothing to attach. The owner's word, signalled, not `track.muted`. */
export type RemoteMedia = {
  readonly screenId: string
  readonly participantId: string
  readonly connection: 'connecting' | 'connected' | 'interrupted'
  readonly video: MediaStreamTrack | null
  readonly audio: MediaStreamTrack | null
  readonly cameraOn: boolean
  readonly talking: boolean
  /** The shared screen and its sound, beside the camera; null while nothing is shared. */
  readonly screen: MediaStreamTrack | null
  readonly screenAudio: MediaStreamTrack | null
  /** No picture because the class has more cameras than this topology carries. */
  readonly overCameraLimit: boolean
}

export type LocalMedia = {
  readonly camera: MediaStreamTrack | null
  readonly cameraProblem: DeviceProblem | null
  /** The host's screen does not take this picture: the class has more cameras than this topology carries. */
  readonly cameraHeldBack: boolean
  readonly microphone: MediaStreamTrack | null
  readonly microphoneProblem: DeviceProblem | null
  readonly screen: SharedScreen | null
  readonly screenProblem: ShareProblem | null
  /** Whether this browser can share a screen at all, and this person may. */
  readonly mayShare: boolean
  readonly soundFrom: SoundFrom
}

export type VideoSnapshot = {
  readonly state: VideoState
  readonly local: LocalMedia
  readonly remotes: readonly RemoteMedia[]
  readonly cameraLimit: number
  readonly membersMeet: MembersMeet
}

/** Where the trainer's sound comes from: a headset (processed), or a speaker in the room (no noise suppression, no gain control). */
export type SoundFrom = 'headset' | 'speaker'

/**
 * What screens that are connected may say to each other beside pictures, with or without a camera. Unordered, at most once, never
 * queued; what cannot arrive at once is dropped.
 */
export interface DataPath {
  /** The screens to which it seems to stand. */
  readonly screens: readonly PeerScreen[]
  /** Whether it was handed over. `data` is JSON of less than 4,000 characters. */
  say(screenId: string, data: unknown): boolean
  /** `from` is the screen that the server vouched for; `data` is unchecked. */
  receive(listener: (from: PeerScreen, data: unknown) => void): () => void
}

export interface VideoRoom {
  readonly kind: 'peer'
  readonly data: DataPath
  readonly snapshot: VideoSnapshot
  subscribe(listener: () => void): () => void
  join(): Promise<void>
  leave(): void
  /** Turning on captures; turning off stops the track, so that the light goes out. */
  setCamera(on: boolean): Promise<void>
  /** No microphone is captured before the first `true`; `false` stops the capture. */
  setTalk(on: boolean): Promise<void>
  setSoundFrom(source: SoundFrom): Promise<void>
  /** The host's only, and from a tap: the browser asks what to share. Whoever closes that question has changed nothing. */
  setShare(on: boolean): Promise<void>
  /** Frames decoded and bytes per remote screen, for diagnostics and tests. */
  stats(): Promise<
    ReadonlyArray<{
      screenId: string
      framesDecoded: number
      screenFramesDecoded: number
      audioPackets: number
      roundTripMs: number | null
      path: string | null
    }>
  >
}
