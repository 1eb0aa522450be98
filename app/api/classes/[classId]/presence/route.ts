import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { markSeen } from '@/lib/classes/participant.server'
import { countMessages } from '@/lib/room/cost.server'
import { recordPresence } from '@/lib/telemetry/attendance.server'
import { PresenceFlush } from '@/lib/telemetry/presence'

export const POST = endpoint({
  summary: 'Says that a screen of the caller was in the class for the last seconds (at most 20). Time present is the union of these.',
  actor: participantOfClass,
  params: ClassParams,
  body: PresenceFlush,
  run: async ({ actor, body }) => {
    await recordPresence(actor.participantId, body)
    await markSeen(actor)
    if (body.billed) await countMessages(actor.classId, body.billed)
  },
})
