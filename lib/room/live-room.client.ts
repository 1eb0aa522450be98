import type { RealtimeConfig } from '@/lib/platform/realtime.client'
import type { PeerVideoRoom } from './peer-video-room.client'
import type { RoomSeat, RoomSnapshot } from './room-event'
import type { HeartOutlet, RoomNews, RoomSession } from './room-view'
import type { RoomTiles } from './room-tiles'
import type { RoomWorld } from './room-world.client'

export type RoomSessionOptions = {
  readonly snapshot: RoomSnapshot
  readonly seat: RoomSeat
  readonly realtime: RealtimeConfig
  readonly iceServers: readonly RTCIceServer[]
  /** `false` where the trainer's own link carries the video: then nobody is asked for a camera. */
  readonly wantsVideo: boolean
  /** This screen only wears the strap: another one of this person has picture and sound. */
  readonly sensor?: boolean
  /** Whether this screen has become, or is no longer, the one with picture and sound. */
  readonly onPart?: (part: 'main' | 'sensor') => void
  /** Server time now, UTC ms; null while unknown. The uplink has it. */
  readonly serverNowMs: () => number | null
  /** Everything outside, with the browser's own as default. */
  readonly world?: Partial<RoomWorld>
}
export type LiveRoom = RoomSession &
  HeartOutlet & {
    /** Between the drawings of the room, which come once a second and with every news: each heart's own tile, as soon as it is heard. */
    readonly newestTiles: RoomTiles['newest']
    readonly news: RoomNews
    readonly videoStats: PeerVideoRoom['stats']
  }
