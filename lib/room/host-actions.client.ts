import type { Api } from '@/lib/platform/api.client'
import type { RoomSession } from './room-view'

type HostActions = Pick<RoomSession, 'mute' | 'muteAll' | 'spotlight' | 'remove' | 'endWorkout' | 'closeRoom'>

/** What only the trainer may ask the server for; its news comes back to every screen as a room event. */
export function hostActions(call: Api, classId: string): HostActions {
  const base = `/api/classes/${classId}` as const
  return {
    mute: (id) => call('POST', `${base}/participants/${id}/mute`),
    muteAll: () => call('POST', `${base}/mute-all`),
    spotlight: (participantId) => call('POST', `${base}/spotlight`, { body: { participantId } }),
    remove: (id) => call('POST', `${base}/participants/${id}/remove`),
    endWorkout: () => call('POST', `${base}/end-workout`),
    closeRoom: () => call('POST', `${base}/close`),
  }
}
