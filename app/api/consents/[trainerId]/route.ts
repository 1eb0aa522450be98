import { z } from 'zod'
import { ConsentChoices } from '@/lib/accounts/consent'
import { requireAsked } from '@/lib/accounts/consents-given.server'
import { endpoint, personThemselves } from '@/lib/accounts/endpoint.server'
import { eraseRecordsWith } from '@/lib/privacy/data-subject.server'
import { sayConsents } from '@/lib/room/say-consents.server'

const params = z.object({ trainerId: z.string().max(60).startsWith('per_') })
/** A guest is known per trainer: one of these says which. */
const query = z.object({ classId: z.string().optional(), trainerId: z.string().optional() })

export const PATCH = endpoint({
  summary: 'Changes what a person agreed to towards one trainer. Counts at once: on the wall, for what is stored, and for what the trainer may open.',
  actor: personThemselves,
  params,
  query,
  body: ConsentChoices.strict(),
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.personId },
  async run({ actor, params: { trainerId }, body }) {
    await requireAsked(actor.personId, trainerId)
    await sayConsents(actor.personId, trainerId, body)
  },
})

export const DELETE = endpoint({
  summary: 'Deletes what was recorded of a person in all classes of one trainer, with its summaries. What they agreed to stays as it is.',
  actor: personThemselves,
  params,
  query,
  rateLimit: { limit: 20, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ actor, params: { trainerId } }) => eraseRecordsWith(actor.personId, trainerId),
})
