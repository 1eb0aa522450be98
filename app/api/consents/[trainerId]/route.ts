import { z } from 'zod'
import { ConsentChoices } from '@/lib/accounts/consent'
import { changeConsent } from '@/lib/accounts/consents-given.server'
import { account, endpoint } from '@/lib/accounts/endpoint.server'

export const PATCH = endpoint({
  summary: 'Changes what an account agreed to towards one trainer. Counts at once for what the trainer may open, and from the next class on for what is shown live.',
  actor: account,
  params: z.object({ trainerId: z.string() }),
  body: ConsentChoices.strict(),
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ actor, params, body }) => changeConsent(actor.personId, params.trainerId, body),
})
