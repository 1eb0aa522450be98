import 'server-only'
import { type Account, findAccountOfRequest } from '@/lib/accounts/caller.server'
import type { ActorRule } from '@/lib/accounts/endpoint.server'
import { env } from '@/lib/platform/env.server'
import type { ConnectOutcome } from './connection'
import { finishConnecting } from './connect.server'

/** A browser that a provider sent back. Somebody whose session ended meanwhile is not shown an error in JSON. */
export const whoeverComesBack: ActorRule<Account | null> = {
  name: 'whoever comes back from a provider',
  resolve: async (request) => (await findAccountOfRequest(request)) ?? null,
}

/** Takes the provider's answer and goes on to the page that says how it ended. Nothing of the answer stays in an address. */
export async function comeBack(account: Account | null, provider: string, query: URLSearchParams): Promise<Response> {
  if (!account) return goTo('/sign-in', { to: '/connections' })
  const { outcome, returnTo } = await finishConnecting(account.personId, provider, query)
  return goTo(outcome === 'connected' && returnTo ? returnTo : '/connections', { provider, outcome })
}

function goTo(path: string, query: { readonly to: string } | { readonly provider: string; readonly outcome: ConnectOutcome }): Response {
  const location = new URL(path, env().APP_URL)
  for (const [name, value] of Object.entries(query)) location.searchParams.set(name, value)
  return new Response(null, { status: 303, headers: { location: location.href, 'referrer-policy': 'no-referrer' } })
}
