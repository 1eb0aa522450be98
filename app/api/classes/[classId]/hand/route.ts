import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { raiseHand } from '@/lib/room/run-talk.server'

export const POST = endpoint({
  summary: "Raises or lowers one's own hand. A hand that is up keeps its place in the line.",
  actor: participantOfClass,
  params: ClassParams,
  body: z.object({ raised: z.boolean() }).strict(),
  rateLimit: { limit: 20, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => raiseHand(actor, body.raised),
})
