import 'server-only'
import type { Participant } from '@/lib/classes/actor.server'
import { markSeen } from '@/lib/classes/participant.server'
import type { RoomSeat, RoomSnapshot } from './room-event'
import { mintScreen } from './screen.server'
import { readSnapshot } from './snapshot.server'

/** What the room page hands to its screen: the class as it is, and a screen of its own for this page load. */
export async function enterRoom(participant: Participant): Promise<{ snapshot: RoomSnapshot; seat: RoomSeat }> {
  const { participantId, role, name, classId } = participant
  // Read first: a trainer who comes back is told how long they were gone.
  const snapshot = await readSnapshot(classId)
  await markSeen(participant)
  return { snapshot, seat: { participantId, role, name, ...mintScreen({ classId, participantId }) } }
}
