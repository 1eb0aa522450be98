import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { realtimeAddress } from '@/lib/platform/realtime-address.server'
import { findBoardHere } from '@/lib/room/board-here.server'
import { deviceStrings } from '@/components/strings-devices'
import { TvWall } from '@/components/tv-wall'

export const metadata: Metadata = { title: deviceStrings.tv.pageTitle, robots: { index: false } }

const TvWallPage = async ({ params }: { params: Promise<{ classId: string }> }) => {
  const { classId } = await params
  const facts = await findBoardHere(classId, ['tv', 'class_tv'])
  if (!facts) redirect('/tv')
  return <TvWall facts={facts} realtime={realtimeAddress()} />
}

export default TvWallPage
