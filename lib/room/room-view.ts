import type { Motion } from '@/lib/sensors/motion'
import type { SensorState, SensorTrouble } from '@/lib/sensors/sensor'
import type { Beat, HeartRateReach, Trend, Zone } from './beat'
import type { RoomEvent, RoomSeat, RoomSnapshot } from './room-event'
import type { CameraReach } from './topology'
import type { RemoteMedia, SoundFrom, VideoSnapshot } from './video-room'

/** What a screen shows. Plain data made by `room-session.client.ts` and `heart-session.client.ts`; components only draw it. */

/** Seconds without a packet after which a number is greyed, and after which it is gone. Judged by arrival, not by change. */
export const STALE_MS = 4_000

export type LiveReading = {
  readonly bpm: number
  readonly percentOfMax: number | null
  readonly zone: Zone | null
  readonly estimated: boolean
  readonly contact: boolean | null
  readonly trend: Trend
  /** Of a power meter worn beside the strap; absent on ways that do not carry it. */
  readonly watts?: number | null | undefined
  readonly ageMs: number
  /** The last 60 s, one value a second, oldest first; null where nothing was heard. */
  readonly history: ReadonlyArray<number | null>
}
/** A bike, power meter or foot pod of somebody whose heart is not heard. */
export type MovingReading = Motion & {
  /** Why there is no heart rate. */
  readonly heart: Extract<Beat, { kind: 'motion' }>['heart']
  readonly effort: number | null
  readonly ageMs: number
}
export type TileReading =
  | ({ readonly state: 'live' } & LiveReading)
  | ({ readonly state: 'stale' } & LiveReading)
  | ({ readonly state: 'moving'; readonly stale: boolean } & MovingReading)
  | { readonly state: 'effort'; readonly effort: number; readonly ageMs: number }
  | {
      readonly state: 'none'
      readonly why: 'never' | 'pairing' | 'private' | 'hidden' | 'reconnecting' | 'lost' | 'contact' | 'phone_locked' | 'masked'
      readonly sinceMs: number | null
    }

export type Presence = 'here' | 'reconnecting' | 'left'

export type Tile = {
  readonly participantId: string
  readonly name: string
  readonly role: 'host' | 'member'
  readonly seat: number
  readonly me: boolean
  readonly presence: Presence
  readonly cameraReach: CameraReach
  /** Since when the hand is up, UTC ms. */
  readonly handRaisedAt: number | null
  readonly reading: TileReading
  readonly media: RemoteMedia | null
  /** Nobody: drawn for a trainer who rehearses, on this screen only. */
  readonly simulated?: boolean
}

export type RoomPhase =
  | { readonly phase: 'entering' }
  | { readonly phase: 'in' }
  | { readonly phase: 'workout-ended'; readonly workoutEndedAt: number }
  | { readonly phase: 'closed' }
  | { readonly phase: 'removed' }
  | { readonly phase: 'failed'; readonly message: string }

export type RoomView = {
  readonly phase: RoomPhase
  readonly seat: RoomSeat
  /** Without what others keep: the people are `tiles`, the timer and its plan belong to `timer-session.client.ts`. */
  readonly room: Omit<RoomSnapshot, 'participants' | 'serverNow' | 'plan' | 'timer' | 'workoutStartedAt' | 'hostSeenAt'>
  /** In seat order; the order never changes while people stay. A member's view holds the host, themselves, and whoever shares. */
  readonly tiles: readonly Tile[]
  /** ms that the link to the class has been down; 0 while it stands. */
  readonly offlineMs: number
  /** ms since the last host screen was seen; null while one is here. */
  readonly hostGoneMs: number | null
  /** `sensor`: another screen of this person has the picture and the sound; this one wears the strap. */
  readonly part: 'main' | 'sensor'
  /** Whether another screen of this person is here that has picture and sound. */
  readonly otherScreen: boolean
  /** Whom everybody looks at. */
  readonly spotlightId: string | null
  readonly video: VideoSnapshot | null
  readonly talking: boolean
  readonly cameraOn: boolean
  readonly soundFrom: SoundFrom
  /** Whether this screen, or a part of it, is shown to the class; `masked`: then numbers not meant for everyone are not in `tiles`. */
  readonly sharing: 'no' | 'masked' | 'open'
  /** Counts up each time the trainer mutes this screen, so that it can be said once. */
  readonly mutedByHost: number
  readonly wakeLock: 'on' | 'off' | 'unsupported'
  /** Host only: simulated members are on this screen. They go when a real member joins. */
  readonly rehearsing: boolean
  /** Host only: notification-to-arrival p95 of the last minute as far as clocks allow; null while unknown. */
  readonly beatLatencyP95Ms: number | null
}

/** A store that components subscribe to; `view` is a new object whenever anything in it changed. */
export interface RoomSession {
  readonly view: RoomView
  subscribe(listener: () => void): () => void
  setTalk(on: boolean): Promise<void>
  setCamera(on: boolean): Promise<void>
  setCameraReach(reach: CameraReach): Promise<void>
  setSoundFrom(source: SoundFrom): Promise<void>
  leave(): Promise<void>
  /** Host only, and from a tap: the browser asks what to share. */
  setShare(on: boolean): Promise<void>
  /** Host only: every number again, until this share ends. For a share that cannot hold this page. */
  showNumbersWhileSharing(): void
  /** Host only. */
  mute(participantId: string): Promise<void>
  muteAll(): Promise<void>
  spotlight(participantId: string | null): Promise<void>
  remove(participantId: string): Promise<void>
  endWorkout(): Promise<void>
  closeRoom(): Promise<void>
  /** Shows simulated members, on this screen only; nothing while a real member has a place. */
  rehearse(on: boolean): void
  /** Frees sockets, tracks and timers; the page calls it when it goes. */
  dispose(): void
}

/**
 * What the server says, for what lives beside the room: timer, talk, devices. They keep their own state by the same reducer's rule, and
 * take the snapshot for what they missed.
 */
export interface RoomNews {
  /** As it comes, after the room itself has taken it. */
  onEvent(listener: (event: RoomEvent) => void): () => void
  /** Whenever the state was read anew. */
  onSnapshot(listener: (snapshot: RoomSnapshot) => void): () => void
}

/** What a room is to the heart of the person at this screen. */
export interface HeartOutlet {
  /** How far the class lets a heart rate be shared. */
  readonly classReach: 'trainer' | 'everyone'
  /** When the workout ended, UTC ms; null while it goes on. */
  readonly workoutEndedAt: number | null
  /** Best effort, at once; never queued. */
  sendBeat(beat: Beat): void
  /** The wearer's own number for their own tile: at once, whatever was consented. */
  showOwn(reading: TileReading): void
  /** Somebody may not have heard the last word: the way to the class stands anew, or a host's screen has come. */
  onAsked(listener: () => void): () => void
  /** What another device of this person tells the class. */
  onTwin(listener: (beat: Beat) => void): () => void
  /** Whenever something here may have changed. */
  subscribe(listener: () => void): () => void
}

export type HeartConsent = { readonly live: HeartRateReach; readonly keep: boolean; readonly shareSummary: 'no' | 'summary' | 'curve' }
export type HeartProfile = {
  readonly birthYear: number | null
  readonly sex?: 'female' | 'male' | null
  readonly hrmaxBpm: number | null
  readonly hrrestBpm: number | null
  readonly effortOnly: boolean
}

/** A bike or foot pod of the person at this screen. `now`: what it said within four seconds; null for nothing. */
export type MotionView = { readonly sensor: SensorState; readonly now: Motion | null }

export type HeartView = {
  /** Whether a strap can be paired on this screen, and if not, why. */
  readonly pairing: { readonly possible: true } | { readonly possible: false; readonly trouble: SensorTrouble }
  readonly rememberedName: string | null
  readonly sensor: SensorState
  readonly motion: MotionView
  /** The wearer's own number: at once, whatever the network does. */
  readonly own: TileReading
  readonly profile: HeartProfile
  readonly hrmax: { readonly bpm: number; readonly source: 'own' | 'estimated' } | null
  readonly consent: HeartConsent | null
  readonly hidden: boolean
  /** Chunks written down here and not yet acknowledged by the server. */
  readonly pendingChunks: number
}

/** The heart rate of the person at this screen. Lives above the routes: moving between pages never drops the strap. */
export interface HeartSession {
  readonly view: HeartView
  subscribe(listener: () => void): () => void
  /** From a click. Nothing leaves the device before `setConsent`. */
  connectStrap(): Promise<void>
  /** A real FIT file at true or faster speed, behind the same port. */
  connectReplay(file: ArrayBuffer, speed: number): Promise<void>
  disconnect(): void
  /** From a click: a bike, a power meter or a foot pod, beside the strap and under the same consent. */
  connectMotion(): Promise<void>
  disconnectMotion(): void
  setConsent(consent: HeartConsent): Promise<void>
  /** "Hide me": one tap, on or off. */
  setHidden(hidden: boolean): void
  setEffort(effort: number): void
  setProfile(change: Partial<HeartProfile>): Promise<void>
}
