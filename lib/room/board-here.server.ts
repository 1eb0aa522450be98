import 'server-only'
import type { DeviceScope } from '@/lib/accounts/device'
import { findDeviceHere } from '@/lib/accounts/who-is-calling.server'
import { getParticipantHere } from '@/lib/classes/who-is-in.server'
import { AppError } from '@/lib/platform/app-error'
import { openBoard } from './board-access.server'
import type { BoardFacts } from './board-page'

/** For Server Components: the board as this browser may see it, as one of these devices or as the trainer; undefined for anybody else. */
export async function findBoardHere(classId: string, scopes: readonly DeviceScope[]): Promise<BoardFacts | undefined> {
  try {
    const device = await findDeviceHere(classId, scopes)
    if (device) return await openBoard({ classId, device, hostId: device.personId })
    const place = scopes.includes('remote') ? await getParticipantHere(classId) : undefined
    return place?.role === 'host' ? await openBoard({ classId, device: null, hostId: place.hostId }) : undefined
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
