import { findPerson } from '@/lib/accounts/caller.server'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { guestCookie } from '@/lib/accounts/guest-cookie.server'
import { knownAtClass } from '@/lib/classes/actor.server'
import { ClassPlace, Joining } from '@/lib/classes/booking'
import { ClassParams } from '@/lib/classes/params'
import { bookRoomPlace, cancelRoomPlace } from '@/lib/room/room-places.server'

export const POST = endpoint({
  summary: '"I\'m coming": a place in the class, or one in the line for it. Again: keeps the turn and takes the new choices.',
  actor: anyone,
  params: ClassParams,
  body: Joining,
  answer: ClassPlace,
  rateLimit: { limit: 120, windowSeconds: 60 },
  async run({ params: { classId }, body, request }) {
    const { place, personId, guestOf } = await bookRoomPlace(classId, await findPerson(request, { classId }), body)
    const headers = guestOf === null ? undefined : { 'set-cookie': guestCookie(guestOf, personId) }
    return Response.json(place, { headers })
  },
})

export const DELETE = endpoint({
  summary: 'Takes the booking back, or leaves the line. Whoever is first in line gets the place.',
  actor: knownAtClass,
  params: ClassParams,
  answer: ClassPlace,
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ actor, params }) => cancelRoomPlace(params.classId, actor.personId),
})
