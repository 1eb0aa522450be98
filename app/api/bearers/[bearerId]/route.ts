import { z } from 'zod'
import { revokeBearer } from '@/lib/accounts/bearer.server'
import { account, endpoint } from '@/lib/accounts/endpoint.server'

export const DELETE = endpoint({
  summary: 'Ends one of them at once.',
  actor: account,
  params: z.object({ bearerId: z.string() }),
  run: ({ actor, params }) => revokeBearer(actor.personId, params.bearerId),
})
