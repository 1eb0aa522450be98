import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { AppError } from '@/lib/platform/app-error'
import { iceServers } from '@/lib/room/ice-servers.server'
import { CheckPage } from '@/components/check-page'
import { checkStrings } from '@/components/strings-check'

type Params = { params: Promise<{ classId: string }> }

export const metadata: Metadata = { title: checkStrings.title, robots: { index: false } }

/** The trainer's, for a class that is not over; whoever else comes is led to the permanent link. */
const RoomCheckPage = async ({ params }: Params) => {
  const { classId } = await params
  const [account, found] = await Promise.all([findAccount(), findClass(classId)])
  if (!found) notFound()
  const { series, liveClass } = found
  if (!account) redirect(`/sign-in?to=/room/${classId}/check`)
  if (account.personId !== series.hostId || liveClass.closedAt !== null || liveClass.status === 'cancelled') redirect(`/c/${series.slug}`)
  return (
    <CheckPage
      classId={classId}
      title={liveClass.title}
      places={liveClass.capacity}
      carriesVideo={series.videoPlace === 'here'}
      iceServers={iceServers(account.personId)}
    />
  )
}

async function findClass(classId: string) {
  try {
    return await getSeriesOfClass(classId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  }
}

export default RoomCheckPage
