import { findPerson } from '@/lib/accounts/caller.server'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { ClassPlace } from '@/lib/classes/booking'
import { ClassParams } from '@/lib/classes/params'
import { lookAtPlace } from '@/lib/room/room-places.server'

export const GET = endpoint({
  summary: 'The door of the class as the caller finds it: shut or open, full or not, and their own turn. Asked again while they wait.',
  actor: anyone,
  params: ClassParams,
  answer: ClassPlace,
  run: async ({ params: { classId }, request }) => lookAtPlace(classId, (await findPerson(request, { classId }))?.personId),
})
