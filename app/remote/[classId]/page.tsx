import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { realtimeAddress } from '@/lib/platform/realtime-address.server'
import { findBoardHere } from '@/lib/room/board-here.server'
import { RemoteScreen } from '@/components/remote-screen'
import { deviceStrings } from '@/components/strings-devices'

export const metadata: Metadata = { title: deviceStrings.remote.pageTitle, robots: { index: false } }

const RemotePage = async ({ params }: { params: Promise<{ classId: string }> }) => {
  const { classId } = await params
  const facts = await findBoardHere(classId, ['remote'])
  if (!facts) redirect('/go')
  return <RemoteScreen facts={facts} realtime={realtimeAddress()} />
}

export default RemotePage
