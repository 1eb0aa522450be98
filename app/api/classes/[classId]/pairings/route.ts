import { z } from 'zod'
import { OfferedCode, ScreenPart } from '@/lib/accounts/device'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { offerDevice } from '@/lib/room/pair.server'

export const POST = endpoint({
  summary: "A six-character code, good once and for ten minutes, that makes another device the caller's second screen or the trainer's remote.",
  actor: participantOfClass,
  params: ClassParams,
  body: z.discriminatedUnion('kind', [z.object({ kind: z.literal('screen'), part: ScreenPart }), z.object({ kind: z.literal('remote') })]),
  answer: OfferedCode,
  rateLimit: { limit: 30, windowSeconds: 600, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => offerDevice(actor, body),
})
