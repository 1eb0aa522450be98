import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { endAccess } from '@/lib/room/board-access.server'

export const DELETE = endpoint({
  summary: 'Ends one of them at once.',
  actor: account,
  params: z.object({ bearerId: z.string() }),
  run: ({ actor, params }) => endAccess(actor.personId, params.bearerId),
})
