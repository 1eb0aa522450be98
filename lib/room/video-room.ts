/**
 * PORT `video`: the pictures and voices of one class on this screen. Adapters: `peer` (WebRTC, host-star) and, later, `daily`.
 * `own-link` has no adapter: the trainer's call carries the video and no camera is asked for. Every adapter passes
 * `video-room-contract.ts`.
 */
export type VideoState = 'idle' | 'joining' | 'joined' | 'reconnecting' | 'left' | 'failed'
export type DeviceProblem = 'denied' | 'missing' | 'in_use' | 'ended' | 'insecure'

/** What one other screen sends us. `null` while there is nothing to attach. The owner's word, signalled, not `track.muted`. */
export type RemoteMedia = {
  readonly screenId: string
  readonly participantId: string
  readonly connection: 'connecting' | 'connected' | 'interrupted'
  readonly video: MediaStreamTrack | null
  readonly audio: MediaStreamTrack | null
  readonly cameraOn: boolean
  readonly talking: boolean
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
}

export type VideoSnapshot = {
  readonly state: VideoState
  readonly local: LocalMedia
  readonly remotes: readonly RemoteMedia[]
  readonly cameraLimit: number
}

/** Where the trainer's sound comes from: a headset (processed), or a speaker in the room (no noise suppression, no gain control). */
export type SoundFrom = 'headset' | 'speaker'

export interface VideoRoom {
  readonly kind: 'peer'
  readonly snapshot: VideoSnapshot
  subscribe(listener: () => void): () => void
  join(): Promise<void>
  leave(): void
  /** Turning on captures; turning off stops the track, so that the light goes out. */
  setCamera(on: boolean): Promise<void>
  /** No microphone is captured before the first `true`; `false` stops the capture. */
  setTalk(on: boolean): Promise<void>
  setSoundFrom(source: SoundFrom): Promise<void>
  /** Frames decoded and bytes per remote screen, for diagnostics and tests. */
  stats(): Promise<
    ReadonlyArray<{ screenId: string; framesDecoded: number; audioPackets: number; roundTripMs: number | null; path: string | null }>
  >
}
