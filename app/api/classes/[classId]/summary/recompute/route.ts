import { endpoint } from '@/lib/accounts/endpoint.server'
import { onceInClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { recomputeWithToday } from '@/lib/summaries/summarise-class.server'

export const POST = endpoint({
  summary: "Computes the caller's summary of this class again with today's profile.",
  actor: onceInClass,
  params: ClassParams,
  rateLimit: { limit: 30, windowSeconds: 3600, by: ({ actor }) => actor.participantId },
  run: ({ actor }) => recomputeWithToday(actor.classId, actor.personId),
})
