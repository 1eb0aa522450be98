import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { tickPaid } from '@/lib/classes/paid.server'
import { MemberParams } from '@/lib/classes/params'

export const PATCH = endpoint({
  summary: 'Ticks that a member has paid for this class, or takes the tick back. A note of the trainer’s; no money moves.',
  actor: hostOfClass,
  params: MemberParams,
  body: z.object({ paid: z.boolean() }).strict(),
  run: ({ actor, params, body }) => tickPaid(actor.hostId, params.classId, params.participantId, body.paid),
})
