import { z } from 'zod'
import { findPerson } from '@/lib/accounts/caller.server'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { guestCookie } from '@/lib/accounts/guest-cookie.server'
import { Joining } from '@/lib/classes/booking'
import { ClassParams } from '@/lib/classes/params'
import { joinRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'A place in the class, by name alone. Whoever has no account is remembered by this trainer with a cookie.',
  actor: anyone,
  params: ClassParams,
  body: Joining,
  answer: z.object({ participantId: z.string() }),
  // A whole studio may come from one address at half past.
  rateLimit: { limit: 120, windowSeconds: 60 },
  async run({ params: { classId }, body, request }) {
    const { seat, guestOf } = await joinRoom(classId, await findPerson(request, { classId }), body)
    const headers = guestOf === null ? undefined : { 'set-cookie': guestCookie(guestOf, seat.personId) }
    return Response.json({ participantId: seat.participantId }, { headers })
  },
})
