import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { ConnectionParams } from '@/lib/sync/params'
import { askToRead } from '@/lib/sync/read-connection.server'

export const POST = endpoint({
  summary: 'Looks now for what is new at a source.',
  actor: account,
  params: ConnectionParams,
  rateLimit: { limit: 6, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor, params }) => askToRead(actor.personId, params.connectionId),
})
