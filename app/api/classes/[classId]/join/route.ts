import { z } from 'zod'
import { findPerson } from '@/lib/accounts/caller.server'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { guestCookie } from '@/lib/accounts/guest-cookie.server'
import { ClassParams } from '@/lib/classes/params'
import { oneLine } from '@/lib/platform/one-line'
import { joinRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'A place in the class, by name alone. Whoever has no account is remembered by this trainer with a cookie.',
  actor: anyone,
  params: ClassParams,
  body: z
    .object({
      name: z.string().overwrite(oneLine).min(1, 'Say a name.').max(60, 'Use at most 60 characters.'),
      cameraReach: z.enum(['nobody', 'trainer']),
    })
    .strict(),
  answer: z.object({ participantId: z.string() }),
  // A whole studio may come from one address at half past.
  rateLimit: { limit: 120, windowSeconds: 60 },
  async run({ params: { classId }, body, request }) {
    const { seat, guestOf } = await joinRoom(classId, await findPerson(request, { classId }), body)
    const headers = guestOf === null ? undefined : { 'set-cookie': guestCookie(guestOf, seat.personId) }
    return Response.json({ participantId: seat.participantId }, { headers })
  },
})
