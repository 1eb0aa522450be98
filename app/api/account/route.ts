import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { eraseAccount } from '@/lib/privacy/data-subject.server'

export const DELETE = endpoint({
  summary: 'Deletes the account and everything about its owner; for a trainer their classes too, with what was recorded in them.',
  actor: account,
  body: z.strictObject({ confirm: z.string().max(320).describe('The word DELETE, or the e-mail address of the account.') }),
  rateLimit: { limit: 20, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor, body }) => eraseAccount(actor, body.confirm),
})
