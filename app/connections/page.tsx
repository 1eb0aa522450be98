import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getProfile } from '@/lib/accounts/profile.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { now } from '@/lib/platform/clock'
import { ConnectOutcome } from '@/lib/sync/connection'
import { listConnections } from '@/lib/sync/connections-page.server'
import { ProviderName } from '@/lib/sync/provider'
import { ConnectionList } from '@/components/connection-list'
import { SiteShell } from '@/components/site-shell'
import { connectionStrings as say } from '@/components/strings-connections'
import { Notice } from '@/components/ui-notice'

export const metadata: Metadata = { title: say.title }

const ConnectionsPage = async ({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/connections')
  const query = await searchParams
  const [outcome, provider] = [ConnectOutcome.safeParse(query.outcome), ProviderName.safeParse(query.provider)]
  const [cards, profile] = await Promise.all([listConnections(account.personId), getProfile(account.personId)])
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="type-title">{say.title}</h1>
      <p className="mt-2 mb-6 text-soft">{say.lead}</p>
      <p className="mb-8 flex flex-wrap gap-x-6">
        <Link className="inline-flex min-h-11 items-center font-medium" href="/history">
          {say.history}
        </Link>
        <Link className="inline-flex min-h-11 items-center font-medium" href="/account">
          {say.back}
        </Link>
      </p>
      {outcome.success && provider.success ? (
        <Notice live tone={outcome.data === 'connected' ? 'done' : 'warning'} className="mb-6">
          {say.outcome[outcome.data](say.name(provider.data))}
        </Notice>
      ) : null}
      <ConnectionList initial={cards} drawnAt={now()} timezone={profile.timezone ?? 'UTC'} />
    </SiteShell>
  )
}

export default ConnectionsPage
