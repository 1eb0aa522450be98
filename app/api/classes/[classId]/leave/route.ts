import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { leaveRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Says goodbye. The place stays kept, and coming back takes nothing but the link.',
  actor: participantOfClass,
  params: ClassParams,
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  body: z.object({ screenId: z.string().max(128) }).strict(),
  run: ({ actor, body }) => leaveRoom(actor, body.screenId),
})
