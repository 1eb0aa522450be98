import type { ShareProblem, SharedScreen } from './video-room'

/** What the trainer shows of their screen. Nothing is shared before `start()`, which must come from a tap. */
export interface ScreenCapture {
  readonly possible: boolean
  readonly screen: SharedScreen | null
  readonly problem: ShareProblem | null
  start(): Promise<void>
  stop(): void
}
export type DisplayDevices = Partial<Pick<MediaDevices, 'getDisplayMedia'>>

/** https://w3c.github.io/mediacapture-screen-share/#displaymediastreamoptions, which TypeScript's DOM types lag behind. */
type DisplayWish = DisplayMediaStreamOptions & {
  readonly selfBrowserSurface: 'exclude' | 'include'
  readonly surfaceSwitching: 'exclude' | 'include'
  readonly systemAudio: 'exclude' | 'include'
}

/** The whole machine's sound would carry the class's own voices back to it, and this page shown in itself is a hall of mirrors. */
const WISH: DisplayWish = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 15, max: 30 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: 'exclude',
}

export function createScreenCapture(onChange: () => void, devices: DisplayDevices | undefined): ScreenCapture {
  let screen: SharedScreen | null = null
  let problem: ShareProblem | null = null
  let asked = 0

  function become(next: SharedScreen | null, trouble: ShareProblem | null): void {
    if (screen !== next) for (const track of tracksOf(screen)) halt(track)
    screen = next
    problem = trouble
    onChange()
  }

  return {
    possible: typeof devices?.getDisplayMedia === 'function',
    get screen() {
      return screen
    },
    get problem() {
      return problem
    },
    async start() {
      const mine = (asked += 1)
      try {
        const stream = await devices?.getDisplayMedia?.(WISH)
        const video = stream?.getVideoTracks()[0]
        if (mine !== asked || !video) return stream?.getTracks().forEach(halt)
        // Letters stay sharp; the pace gives way.
        video.contentHint = 'detail'
        const audio = stream.getAudioTracks()[0] ?? null
        if (audio) audio.contentHint = 'music'
        // Stopped in the browser's own bar, or the shared window was closed.
        video.onended = () => become(null, null)
        if (audio) audio.onended = () => (screen?.audio === audio ? become({ ...screen, audio: null }, null) : undefined)
        become({ video, audio, surface: surfaceOf(video) }, null)
      } catch (error) {
        if (mine === asked) become(screen, problemOf(error))
      }
    },
    stop() {
      asked += 1
      become(null, null)
    },
  }
}

const tracksOf = (screen: SharedScreen | null): MediaStreamTrack[] =>
  screen ? [screen.video, ...(screen.audio ? [screen.audio] : [])] : []

function halt(track: MediaStreamTrack): void {
  track.onended = null
  track.stop()
}

function surfaceOf(track: MediaStreamTrack): SharedScreen['surface'] {
  const surface = track.getSettings().displaySurface
  return surface === 'browser' || surface === 'window' || surface === 'monitor' ? surface : null
}

/** Whoever closes the browser's question has changed their mind: that is no trouble. The system's refusal has the same name. */
function problemOf(error: unknown): ShareProblem | null {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  if (name === 'NotAllowedError') return /system/i.test(message) ? 'blocked' : null
  return name === 'AbortError' || name === 'InvalidStateError' ? null : 'failed'
}
