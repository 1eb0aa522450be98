import 'server-only'
import { findAccount, findDeviceHere, findGuestFor } from '@/lib/accounts/who-is-calling.server'
import { findHostId, type Participant, requireParticipant } from './actor.server'

/** For Server Components: the place that this browser's person has in a class. Throws `not_found`, `not_allowed`, `removed_from_class`. */
export async function getParticipantHere(classId: string): Promise<Participant> {
  const hostId = await findHostId(classId)
  const [screen, account, guest] = await Promise.all([
    findDeviceHere(classId, ['screen']),
    findAccount(),
    hostId === undefined ? undefined : findGuestFor(hostId),
  ])
  return await requireParticipant(classId, { screen, account, guest })
}
