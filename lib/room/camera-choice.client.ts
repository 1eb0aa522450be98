import type { Api } from '@/lib/platform/api.client'
import { ParticipantInfo } from './room-event'
import { type CameraReach, narrower } from './topology'

/** Who may see this person's camera. Narrower counts on this screen at once, wider when the class knows. */
export interface CameraChoice {
  /** What counts here, of what the class knows. */
  counted(known: CameraReach): CameraReach
  /** Rejects when the server was not told; what was made narrower stays so. */
  choose(reach: CameraReach): Promise<void>
}
export type CameraChoiceOptions = {
  readonly call: Api
  readonly classId: string
  readonly turnCamera: (on: boolean) => Promise<void>
  /** What counts here has changed. */
  readonly onNarrowed: (counted: CameraChoice['counted']) => void
  readonly onTold: (me: ParticipantInfo) => void
}

export function createCameraChoice({ call, classId, turnCamera, onNarrowed, onTold }: CameraChoiceOptions): CameraChoice {
  let held: CameraReach = 'everyone'
  let turn = 0
  const counted = (known: CameraReach) => narrower(known, held)
  return {
    counted,
    async choose(reach) {
      const mine = (turn += 1)
      held = narrower(held, reach)
      onNarrowed(counted)
      if (reach === 'nobody') await turnCamera(false)
      const me = await call('PATCH', `/api/classes/${classId}/me`, { body: { cameraReach: reach }, reply: ParticipantInfo })
      if (mine !== turn) return
      held = 'everyone'
      onTold(me)
      if (reach !== 'nobody') await turnCamera(true)
    },
  }
}
