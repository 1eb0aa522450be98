import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { SignalRequest } from '@/lib/room/signals'
import { sendSignals } from '@/lib/room/signals.server'

export const POST = endpoint({
  summary: 'Passes WebRTC signals to one other screen of the same class.',
  actor: participantOfClass,
  params: ClassParams,
  body: SignalRequest,
  rateLimit: { limit: 900, windowSeconds: 60, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => sendSignals(actor, body),
})
