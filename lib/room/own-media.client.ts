import type { Api } from '@/lib/platform/api.client'
import { createCameraChoice, type CameraChoice, type CameraChoiceOptions } from './camera-choice.client'
import type { RoomSession, RoomView } from './room-view'
import type { SoundFrom, VideoRoom } from './video-room'

export type OwnMedia = Pick<
  RoomSession,
  'setTalk' | 'setCamera' | 'setCameraReach' | 'setSoundFrom' | 'setShare' | 'showNumbersWhileSharing'
> & {
  readonly talking: boolean
  readonly cameraOn: boolean
  readonly soundFrom: SoundFrom
  readonly sharing: RoomView['sharing']
  readonly counted: CameraChoice['counted']
}
type Listeners = Pick<CameraChoiceOptions, 'onNarrowed' | 'onTold'> & { readonly draw: () => void }

/** What this screen gives to the class: its camera, its microphone, what it shares, and who may see it. Without video all is nothing. */
export function createOwnMedia(video: VideoRoom | null, call: Api, classId: string, { draw, onNarrowed, onTold }: Listeners): OwnMedia {
  /** The share during which the trainer asked to see every number all the same. */
  let unmasked: MediaStreamTrack | null = null
  const choice = createCameraChoice({ call, classId, turnCamera: setCamera, onNarrowed, onTold })

  async function setCamera(on: boolean): Promise<void> {
    await video?.setCamera(on)
    draw()
  }
  const shared = () => video?.snapshot.local.screen?.video ?? null
  return {
    get talking() {
      return (video?.snapshot.local.microphone ?? null) !== null
    },
    get cameraOn() {
      return (video?.snapshot.local.camera ?? null) !== null
    },
    get soundFrom() {
      return video?.snapshot.local.soundFrom ?? 'headset'
    },
    get sharing() {
      const track = shared()
      return track === null ? 'no' : track === unmasked ? 'open' : 'masked'
    },
    counted: choice.counted,
    async setTalk(on) {
      await video?.setTalk(on)
      draw()
    },
    setCamera,
    setCameraReach: choice.choose,
    async setSoundFrom(source) {
      await video?.setSoundFrom(source)
      draw()
    },
    async setShare(on) {
      await video?.setShare(on)
      draw()
    },
    showNumbersWhileSharing() {
      unmasked = shared()
      draw()
    },
  }
}
