import { z } from 'zod'
import { endpoint, personThemselves } from '@/lib/accounts/endpoint.server'
import { BrowserSubscription } from '@/lib/notifications/push-subscription'
import { dropPushSubscription, keepPushSubscription } from '@/lib/notifications/push-subscription.server'

/** A guest is known per trainer: one of these says which. */
const query = z.object({ classId: z.string().optional(), trainerId: z.string().optional() })

export const POST = endpoint({
  summary: 'This browser may be woken for the caller: what its PushSubscription says. Sending it again is the same.',
  actor: personThemselves,
  query,
  body: BrowserSubscription,
  rateLimit: { limit: 30, windowSeconds: 3_600, by: ({ actor }) => actor.personId },
  run: ({ actor, body }) => keepPushSubscription(actor.personId, body),
})

export const DELETE = endpoint({
  summary: 'This browser is not woken for the caller any more.',
  actor: personThemselves,
  query,
  body: z.object({ endpoint: z.string().max(1_000) }).strict(),
  run: ({ actor, body }) => dropPushSubscription(actor.personId, body.endpoint),
})
