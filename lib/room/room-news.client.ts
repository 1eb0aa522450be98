import type { RoomEvent, RoomSnapshot } from './room-event'
import type { RoomNews } from './room-view'

export type RoomNewsSource = RoomNews & { event(event: RoomEvent): void; snapshot(snapshot: RoomSnapshot): void }

/** Hands on what the server says to whatever lives beside the room. */
export function createRoomNews(): RoomNewsSource {
  const events = new Set<(event: RoomEvent) => void>()
  const snapshots = new Set<(snapshot: RoomSnapshot) => void>()
  return {
    onEvent(listener) {
      events.add(listener)
      return () => events.delete(listener)
    },
    onSnapshot(listener) {
      snapshots.add(listener)
      return () => snapshots.delete(listener)
    },
    event(event) {
      for (const listener of events) listener(event)
    },
    snapshot(snapshot) {
      for (const listener of snapshots) listener(snapshot)
    },
  }
}
