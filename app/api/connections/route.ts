import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { NewConnection } from '@/lib/sync/connection'
import { beginConnecting } from '@/lib/sync/connect.server'
import { listConnections } from '@/lib/sync/connections-page.server'

export const GET = endpoint({
  summary: 'Every source of training that can be connected, and how you stand with it.',
  actor: account,
  run: async ({ actor }) => ({ connections: await listConnections(actor.personId) }),
})

export const POST = endpoint({
  summary: 'Begins connecting a source; answers with the address where you say yes or no.',
  actor: account,
  body: NewConnection,
  rateLimit: { limit: 20, windowSeconds: 600, by: ({ actor }) => actor.personId },
  run: ({ actor, body }) => beginConnecting(actor.personId, body),
})
