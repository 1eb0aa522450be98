import { listBearers } from '@/lib/accounts/bearer.server'
import { account, endpoint } from '@/lib/accounts/endpoint.server'

export const GET = endpoint({
  summary: 'Everything that opens something of this account without a sign-in: phones, panels, summary links.',
  actor: account,
  async run({ actor }) {
    return { bearers: await listBearers(actor.personId) }
  },
})
