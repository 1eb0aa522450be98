import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { findConsents } from '@/lib/accounts/consent.server'
import { getProfile } from '@/lib/accounts/profile.server'
import { findDeviceHere } from '@/lib/accounts/who-is-calling.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { getParticipantHere } from '@/lib/classes/who-is-in.server'
import { AppError } from '@/lib/platform/app-error'
import { realtimeAddress } from '@/lib/platform/realtime-address.server'
import { enterRoom } from '@/lib/room/enter-room.server'
import { iceServers } from '@/lib/room/ice-servers.server'
import { RoomScreen } from '@/components/room-screen'
import { RoomWords } from '@/components/room-words'
import { firstName, roomStrings } from '@/components/strings-room'
import { ButtonLink } from '@/components/ui-button'

type Params = { params: Promise<{ classId: string }> }

export const metadata: Metadata = { title: roomStrings.pageTitle, robots: { index: false } }

/** The seat of this browser's person; a refusal that the page can put into words comes back as its code. */
async function findSeat(classId: string) {
  try {
    return await getParticipantHere(classId)
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'not_allowed' || error.code === 'removed_from_class'))
      return error.code
    throw error
  }
}

const RoomPage = async ({ params }: Params) => {
  const { classId } = await params
  const seat = await findSeat(classId)
  if (seat === 'not_found') notFound()
  const { series, liveClass } = await getSeriesOfClass(classId)
  if (seat === 'not_allowed') redirect(`/c/${series.slug}`)
  if (seat === 'removed_from_class')
    return (
      <RoomWords
        title={roomStrings.removedTitle}
        actions={<ButtonLink href={`/summaries/${classId}`}>{roomStrings.seeSummary}</ButtonLink>}
      >
        {roomStrings.removedText(firstName(series.hostName))}
      </RoomWords>
    )
  if (liveClass.status === 'cancelled') redirect(`/c/${series.slug}`)
  if (liveClass.closedAt !== null) redirect(seat.role === 'host' ? `/classes/${classId}` : `/summaries/${classId}`)
  const [entry, profile, consent] = await Promise.all([
    enterRoom(seat),
    getProfile(seat.personId),
    findConsents(seat.personId, seat.hostId),
  ])
  const { birthYear, sex, hrmaxBpm, hrrestBpm, effortOnly } = profile
  return (
    <RoomScreen
      {...entry}
      trainerId={seat.hostId}
      secondScreen={(await findDeviceHere(classId, ['screen'])) !== undefined}
      realtime={realtimeAddress()}
      iceServers={iceServers(seat.participantId)}
      profile={{ birthYear, sex, hrmaxBpm, hrrestBpm, effortOnly }}
      consent={consent ?? null}
    />
  )
}

export default RoomPage
