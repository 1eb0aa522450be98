import { api, type Api } from '@/lib/platform/api.client'
import { connectRealtime, ownHost, type Authorize, type Realtime, type RealtimeConfig } from '@/lib/platform/realtime.client'
import { browserPage, type PageEvents } from '@/lib/telemetry/page-events.client'
import { createPeerVideoRoom } from './peer-video-room.client'
import { keepAwake } from './wake-lock.client'

/** Everything outside that a room's session touches. */
export type RoomWorld = {
  readonly api: Api
  readonly connect: (config: RealtimeConfig, authorize: Authorize) => Realtime
  readonly video: typeof createPeerVideoRoom
  readonly awake: typeof keepAwake
  readonly page: PageEvents
}

export const browserWorld = (): RoomWorld => ({
  api,
  connect: ({ key, cluster, sameOrigin }, authorize) =>
    connectRealtime({ key, cluster, host: sameOrigin ? ownHost(location) : null, authorize }),
  video: createPeerVideoRoom,
  awake: keepAwake,
  page: browserPage(),
})
