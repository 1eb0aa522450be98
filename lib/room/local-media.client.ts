import { rememberDevices, rememberedDevices, type RememberedDevices } from './remembered-devices.client'
import { createScreenCapture, type DisplayDevices } from './screen-capture.client'
import type { LocalMedia as LocalMediaView, DeviceProblem, SoundFrom } from './video-room'

export type LocalTracks = Omit<LocalMediaView, 'cameraHeldBack'>

/** This screen's camera, microphone and shared screen. Off means stopped, so that the light goes out; no microphone is opened before the first `true`. */
export interface LocalMedia {
  readonly tracks: LocalTracks
  readonly soundFrom: SoundFrom
  setCamera(on: boolean): Promise<void>
  setMicrophone(on: boolean): Promise<void>
  setSoundFrom(source: SoundFrom): Promise<void>
  setShare(on: boolean): Promise<void>
  close(): void
}

export type LocalMediaOptions = {
  readonly role: 'host' | 'member'
  readonly onChange: () => void
  /** Absent on plain http. */
  readonly devices?: (Pick<MediaDevices, 'getUserMedia'> & DisplayDevices) | undefined
}

const CAMERA: Record<'host' | 'member', MediaTrackConstraints> = {
  host: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 }, facingMode: 'user' },
  member: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 30 }, facingMode: 'user' },
}
/** Music from a speaker in the room must reach members as it is: neither gated as noise nor pumped up and down. */
const SOUND: Record<SoundFrom, MediaTrackConstraints> = {
  headset: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  speaker: { echoCancellation: true, noiseSuppression: false, autoGainControl: false },
}

/** The device that was chosen on this browser, where it is still there; else whichever the browser likes. */
export function cameraWish(role: 'host' | 'member', { cameraId }: RememberedDevices): MediaTrackConstraints {
  if (cameraId === null) return CAMERA[role]
  const { facingMode: _any, ...size } = CAMERA[role]
  return { ...size, deviceId: { ideal: cameraId } }
}
export const soundWish = (soundFrom: SoundFrom, { microphoneId }: RememberedDevices): MediaTrackConstraints =>
  microphoneId === null ? SOUND[soundFrom] : { ...SOUND[soundFrom], deviceId: { ideal: microphoneId } }

export function createLocalMedia({ role, onChange, devices = globalThis.navigator?.mediaDevices }: LocalMediaOptions): LocalMedia {
  let soundFrom: SoundFrom = role === 'host' ? rememberedDevices().soundFrom : 'headset'
  const camera = source(onChange, devices, () => ({ video: cameraWish(role, rememberedDevices()) }))
  const microphone = source(
    onChange,
    devices,
    () => ({ audio: soundWish(soundFrom, rememberedDevices()) }),
    (track) => {
      track.contentHint = soundFrom === 'speaker' ? 'music' : 'speech'
    },
  )
  const shared = createScreenCapture(onChange, role === 'host' ? devices : undefined)
  return {
    get tracks() {
      return {
        camera: camera.track,
        cameraProblem: camera.problem,
        microphone: microphone.track,
        microphoneProblem: microphone.problem,
        screen: shared.screen,
        screenProblem: shared.problem,
        mayShare: shared.possible,
        soundFrom,
      }
    },
    get soundFrom() {
      return soundFrom
    },
    setCamera: (on) => camera.set(on),
    setMicrophone: (on) => microphone.set(on),
    async setSoundFrom(next) {
      if (next === soundFrom) return
      soundFrom = next
      rememberDevices({ soundFrom })
      if (microphone.wanted) await microphone.again()
    },
    async setShare(on) {
      if (!on) shared.stop()
      else if (shared.possible) await shared.start()
    },
    close() {
      shared.stop()
      void camera.set(false)
      void microphone.set(false)
    },
  }
}

/** One device: what was asked for last wins, however long the browser's question stays open. */
function source(
  onChange: () => void,
  devices: Pick<MediaDevices, 'getUserMedia'> | undefined,
  constraints: () => MediaStreamConstraints,
  prepare: (track: MediaStreamTrack) => void = () => undefined,
) {
  let track: MediaStreamTrack | null = null
  let problem: DeviceProblem | null = null
  let asked = 0
  let wanted = false

  function become(next: MediaStreamTrack | null, trouble: DeviceProblem | null): void {
    if (track && track !== next) {
      track.onended = null
      track.stop()
    }
    track = next
    problem = trouble
    onChange()
  }

  async function open(): Promise<void> {
    const mine = (asked += 1)
    if (!devices) return become(null, 'insecure')
    try {
      const stream = await devices.getUserMedia(constraints())
      const found = stream.getTracks()[0] ?? null
      if (mine !== asked || !wanted) {
        found?.stop()
        return
      }
      if (found) {
        prepare(found)
        // Unplugged, or taken back in the browser's own bar.
        found.onended = () => {
          wanted = false
          become(null, 'ended')
        }
      }
      become(found, found ? null : 'missing')
    } catch (error) {
      if (mine !== asked) return
      wanted = false
      become(null, problemOf(error))
    }
  }

  return {
    get track() {
      return track
    },
    get problem() {
      return problem
    },
    get wanted() {
      return wanted
    },
    async set(on: boolean): Promise<void> {
      if (on === wanted && (track !== null) === on) return
      wanted = on
      if (on) return open()
      asked += 1
      become(null, null)
    },
    /** Opened anew with what holds now. Stopped first: Chromium gives a second capture of an open device no echo cancellation (tried). */
    again(): Promise<void> {
      become(null, null)
      return open()
    },
  }
}

/** https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
export function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotReadableError':
    case 'AbortError':
      return 'in_use'
    default:
      return 'missing'
  }
}
