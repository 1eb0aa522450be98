import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { duplicateLastWeek } from '@/lib/classes/duplicate-week.server'

export const POST = endpoint({
  summary: 'Makes the single classes of the last seven days once more, a week later; those that exist are left.',
  actor: account,
  answer: z.object({ made: z.number(), existed: z.number() }),
  rateLimit: { limit: 60, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor }) => duplicateLastWeek(actor.personId),
})
