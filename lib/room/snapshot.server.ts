import 'server-only'
import { countWaiting } from '@/lib/classes/booking.server'
import { listSeats, type Seat } from '@/lib/classes/participant.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { now } from '@/lib/platform/clock'
import type { ParticipantInfo, RoomSnapshot } from './room-event'
import { readWorkout } from './timer.server'

export const participantInfo = ({ participantId, name, role, seat, cameraReach, heartRateReach, left, handRaisedAt, revision }: Seat): ParticipantInfo => ({
  participantId,
  name,
  role,
  seat,
  cameraReach,
  heartRateReach,
  left,
  handRaisedAt,
  revision,
})

/** What a screen knows when it enters or comes back: the class, and everybody who was not removed. Throws `not_found`. */
export async function readSnapshot(classId: string): Promise<RoomSnapshot> {
  const [{ series, liveClass }, workout, seats, waiting] = await Promise.all([
    getSeriesOfClass(classId),
    readWorkout(classId),
    listSeats(classId),
    countWaiting(classId),
  ])
  const { slug, hostName, heartRateReach, videoPlace, videoUrl, eachToEach } = series
  return {
    ...liveClass,
    ...workout,
    slug,
    hostName,
    heartRateReach,
    videoPlace,
    videoUrl,
    eachToEach,
    waiting,
    participants: seats.map(participantInfo),
    serverNow: now(),
  }
}
