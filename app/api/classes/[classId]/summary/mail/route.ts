import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { onceInClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { leaveAddress } from '@/lib/summaries/summary-link.server'

export const POST = endpoint({
  summary: "Leaves an address for the link to the caller's summary of this class; mailed when it is final. The address is forgotten then.",
  actor: onceInClass,
  params: ClassParams,
  body: z.object({ email: z.email('Check the address.').max(254).toLowerCase() }).strict(),
  rateLimit: { limit: 5, windowSeconds: 86_400, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => leaveAddress(actor.classId, actor.personId, body.email),
})
