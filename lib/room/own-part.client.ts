import { type Board, mainScreen } from './board'
import type { OwnMedia } from './own-media.client'
import type { PeerVideoRoom } from './peer-video-room.client'
import type { RoomSeat } from './room-event'
import type { RoomView } from './room-view'

export type OwnPart = Pick<RoomView, 'part' | 'otherScreen'> & {
  /** The board has changed: who has picture and sound now, and whom this screen's video may meet. */
  settle(board: Board, eachToEach: boolean): void
}

type OwnPartOptions = {
  readonly seat: RoomSeat
  /** It only wears the strap, whoever else is here. */
  readonly sensor: boolean
  readonly video: PeerVideoRoom | null
  readonly media: Pick<OwnMedia, 'setTalk' | 'setCamera' | 'counted'>
  readonly onPart?: ((part: RoomView['part']) => void) | undefined
}

/**
 * Of one person's screens one has picture and sound, or they would hear themselves. A member's others meet nobody's video at all; the
 * trainer's others still show the class, without a sound. Nobody's camera comes back by itself.
 */
export function createOwnPart({ seat: { participantId, screenId, role }, sensor, video, media, onPart }: OwnPartOptions): OwnPart {
  let part: RoomView['part'] = sensor ? 'sensor' : 'main'
  let otherScreen = false
  return {
    get part() {
      return part
    },
    get otherScreen() {
      return otherScreen
    },
    settle(board, eachToEach) {
      const main = mainScreen(board, participantId)
      otherScreen = main !== null && main !== screenId
      const next = sensor || otherScreen ? 'sensor' : 'main'
      if (next !== part) {
        part = next
        if (part === 'sensor') void Promise.all([media.setTalk(false), media.setCamera(false)])
        onPart?.(part)
      }
      if (part === 'sensor' && role === 'member') return video?.setClass({ screens: [], people: new Map(), eachToEach: false })
      const screens = [...board.screens].map(([id, info]) => ({ screenId: id, participantId: info.participantId, role: info.role }))
      const worthMeeting = screens.filter((one) => one.role === 'host' || mainScreen(board, one.participantId) === one.screenId)
      const people = [...board.members].map(
        ([id, { info }]) => [id, id === participantId ? media.counted(info.cameraReach) : info.cameraReach] as const,
      )
      video?.setClass({ screens: worthMeeting, people: new Map(people), eachToEach })
    },
  }
}
