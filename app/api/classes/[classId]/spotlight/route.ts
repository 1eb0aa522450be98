import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOrRemote } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { spotlightInRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Puts one member before everybody’s eyes, or nobody.',
  actor: hostOrRemote,
  params: ClassParams,
  body: z.object({ participantId: z.string().max(60).nullable() }),
  run: ({ params, body }) => spotlightInRoom(params.classId, body.participantId),
})
