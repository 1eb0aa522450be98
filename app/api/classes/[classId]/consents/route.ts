import { ConsentChoices } from '@/lib/accounts/consent'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { onceInClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { sayConsents } from '@/lib/room/say-consents.server'

export const POST = endpoint({
  summary: "Writes down who may see the caller's heart rate, whether samples are kept, and what the trainer sees after class.",
  actor: onceInClass,
  params: ClassParams,
  body: ConsentChoices.strict(),
  answer: ConsentChoices,
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  run: async ({ actor, body }) => {
    await sayConsents(actor.personId, actor.hostId, body)
    return body
  },
})
