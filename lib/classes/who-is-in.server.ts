import 'server-only'
import { findAccount, findGuestFor } from '@/lib/accounts/who-is-calling.server'
import { findHostId, type Participant, requireParticipant } from './actor.server'

/** For Server Components: the place that this browser's person has in a class. Throws `not_found`, `not_allowed`, `removed_from_class`. */
export async function getParticipantHere(classId: string): Promise<Participant> {
  const hostId = await findHostId(classId)
  const [account, guest] = await Promise.all([findAccount(), hostId === undefined ? undefined : findGuestFor(hostId)])
  return await requireParticipant(classId, account, guest)
}
