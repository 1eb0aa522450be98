import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { sayHistoryShare } from '@/lib/accounts/history-share.server'

export const PUT = endpoint({
  summary: 'Says whether one trainer may see the caller’s training history. Counts at once; what a source forbids to show is never shown.',
  actor: account,
  params: z.object({ trainerId: z.string().max(60).startsWith('per_') }),
  body: z.strictObject({ share: z.boolean() }),
  rateLimit: { limit: 60, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ actor, params, body }) => sayHistoryShare(actor.personId, params.trainerId, body.share),
})
