import type { Api } from '@/lib/platform/api.client'
import type { RoomSession } from './room-view'
import type { SoundFrom, VideoRoom } from './video-room'

type OwnMedia = Pick<RoomSession, 'setTalk' | 'setCamera' | 'setCameraReach' | 'setSoundFrom'> & {
  readonly talking: boolean
  readonly cameraOn: boolean
  readonly soundFrom: SoundFrom
}

/** What this screen gives to the class: its camera, its microphone, and who may see it. Without video all of it is nothing. */
export function createOwnMedia(video: VideoRoom | null, call: Api, classId: string, draw: () => void): OwnMedia {
  let soundFrom: SoundFrom = 'headset'

  async function setCamera(on: boolean): Promise<void> {
    await video?.setCamera(on)
    draw()
  }
  return {
    get talking() {
      return (video?.snapshot.local.microphone ?? null) !== null
    },
    get cameraOn() {
      return (video?.snapshot.local.camera ?? null) !== null
    },
    get soundFrom() {
      return soundFrom
    },
    async setTalk(on) {
      await video?.setTalk(on)
      draw()
    },
    setCamera,
    async setCameraReach(cameraReach) {
      // Hiding is at once; showing waits until the class knows.
      if (cameraReach === 'nobody') await setCamera(false)
      await call('PATCH', `/api/classes/${classId}/me`, { body: { cameraReach } })
      if (cameraReach !== 'nobody') await setCamera(true)
    },
    async setSoundFrom(source) {
      soundFrom = source
      await video?.setSoundFrom(source)
      draw()
    },
  }
}
