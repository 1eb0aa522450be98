import { createListeners } from '@/lib/platform/listeners'
import type { RoomEvent, RoomSnapshot } from './room-event'
import type { RoomNews } from './room-view'

export type RoomNewsSource = RoomNews & { event(event: RoomEvent): void; snapshot(snapshot: RoomSnapshot): void }

/** Hands on what the server says to whatever lives beside the room. */
export function createRoomNews(): RoomNewsSource {
  const events = createListeners<[RoomEvent]>()
  const snapshots = createListeners<[RoomSnapshot]>()
  return { onEvent: events.add, onSnapshot: snapshots.add, event: events.tell, snapshot: snapshots.tell }
}
