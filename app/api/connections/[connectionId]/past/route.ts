import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { ConnectionParams } from '@/lib/sync/params'
import { askForPast } from '@/lib/sync/read-connection.server'

export const POST = endpoint({
  summary: 'Fetches what was recorded before the source was connected.',
  actor: account,
  params: ConnectionParams,
  rateLimit: { limit: 5, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor, params }) => askForPast(actor.personId, params.connectionId),
})
