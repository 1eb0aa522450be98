import { ConsentChoices } from '@/lib/accounts/consent'
import { recordConsent } from '@/lib/accounts/consent.server'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { onceInClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { changeMe } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: "Writes down who may see the caller's heart rate, whether samples are kept, and what the trainer sees after class.",
  actor: onceInClass,
  params: ClassParams,
  body: ConsentChoices.strict(),
  answer: ConsentChoices,
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  run: async ({ actor, body }) => {
    await recordConsent(actor.personId, actor.hostId, body)
    // Of somebody who was removed the room hears nothing any more.
    if (!actor.removed) await changeMe(actor, { heartRateReach: body.live })
    return body
  },
})
