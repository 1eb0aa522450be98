import 'server-only'
import type { Person } from '@/lib/accounts/caller.server'
import { cancelClass } from '@/lib/classes/change-class.server'
import { closeRoom, endWorkout, listAbandonedClasses } from '@/lib/classes/end-class.server'
import { type Joined, joinClass, type Joining } from '@/lib/classes/join.server'
import { changeSeat, getMember, leaveClass, removeFromClass, type Seat, type SeatChange, spotlight } from '@/lib/classes/participant.server'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log.server'
import { tellReaders } from './board-access.server'
import { publishRoomEvent, tellRoom } from './publish.server'
import type { ParticipantInfo } from './room-event'
import { tellPlaces } from './room-places.server'
import { participantInfo } from './snapshot.server'

/** Everything that changes a class while people are in it: the change first, then the news. Errors are those of `lib/classes`. */

export async function joinRoom(classId: string, caller: Person | undefined, joining: Joining): Promise<Joined> {
  const joined = await joinClass(classId, caller, joining)
  const participant = participantInfo(joined.seat)
  await tellRoom(classId, joined.first ? { type: 'participant-joined', participant } : { type: 'participant-changed', participant })
  await tellPlaces(classId, joined.news)
  return joined
}

export async function changeMe(seat: Seat, change: SeatChange): Promise<ParticipantInfo> {
  const participant = participantInfo(await changeSeat(seat, change))
  await tellRoom(seat.classId, { type: 'participant-changed', participant })
  return participant
}

export async function leaveRoom(seat: Seat, screenId: string): Promise<void> {
  const { seat: left, news } = await leaveClass(seat, screenId)
  await tellRoom(seat.classId, { type: 'participant-left', participant: participantInfo(left) })
  await tellPlaces(seat.classId, news)
}

export async function removeFromRoom(classId: string, participantId: string): Promise<void> {
  const { epoch, news } = await removeFromClass(classId, participantId)
  if (epoch !== null) {
    await tellRoom(classId, { type: 'participant-removed', participantId, epoch })
    await tellReaders(classId)
  }
  await tellPlaces(classId, news)
}

/** Asks one member's screens to be silent, or with `null` all of them. Nothing is stored, so news that fails is a failure. */
export async function muteInRoom(classId: string, participantId: string | null): Promise<void> {
  if (participantId !== null) await getMember(classId, participantId)
  await publishRoomEvent(classId, { type: 'mute-requested', participantId })
}

/** Whom everybody looks at; `null`: nobody. Throws `not_found` for whoever is not a member of the class. */
export async function spotlightInRoom(classId: string, participantId: string | null): Promise<void> {
  await spotlight(classId, participantId)
  await tellRoom(classId, { type: 'spotlight-changed', participantId })
}

export async function endWorkoutInRoom(classId: string): Promise<{ workoutEndedAt: number }> {
  const ended = await endWorkout(classId)
  await tellRoom(classId, { type: 'workout-ended', ...ended })
  return ended
}

export async function closeRoomForAll(classId: string, endedAt?: number): Promise<{ workoutEndedAt: number; closedAt: number }> {
  const closed = await closeRoom(classId, endedAt)
  await tellRoom(classId, { type: 'room-closed', closedAt: closed.closedAt })
  await tellReaders(classId)
  return closed
}

/** Closes what trainers forgot: 30 minutes past the planned end with no host. Returns how many; one that fails is tried again next time. */
export async function closeAbandonedRooms(): Promise<number> {
  let closed = 0
  for (const { classId, endedAt } of await listAbandonedClasses()) {
    try {
      await closeRoomForAll(classId, endedAt)
      closed++
    } catch (error) {
      log.warn({ err: error, classId }, 'an abandoned room could not be closed')
    }
  }
  return closed
}

/** A class that is off before it began; whoever waits behind an open door is told. */
export async function cancelInRoom(classId: string, note: string): Promise<void> {
  const { wasOpen } = await cancelClass(classId, note)
  if (wasOpen) await tellRoom(classId, { type: 'room-closed', closedAt: now() })
}
