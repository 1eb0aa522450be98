import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { EndConnection } from '@/lib/sync/connection'
import { disconnect } from '@/lib/sync/end-connection.server'
import { ConnectionParams } from '@/lib/sync/params'

export const DELETE = endpoint({
  summary: 'Ends a connection: our access there, and what came over it if you say so.',
  actor: account,
  params: ConnectionParams,
  body: EndConnection,
  run: ({ actor, params, body }) => disconnect(actor.personId, params.connectionId, body.erase),
})
