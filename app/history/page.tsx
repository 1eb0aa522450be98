import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getProfile } from '@/lib/accounts/profile.server'
import { listHistoryLooks, listHistoryShares } from '@/lib/accounts/history-share.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { listHistory } from '@/lib/activities/history.server'
import { now } from '@/lib/platform/clock'
import { HistoryDrop } from '@/components/history-drop'
import { HistoryOverview } from '@/components/history-overview'
import { readMonth } from '@/components/history-month'
import { HistorySharing } from '@/components/history-sharing'
import { LeadPanel } from '@/components/lead-panel'
import { SiteShell } from '@/components/site-shell'
import { connectionStrings } from '@/components/strings-connections'
import { historyStrings as words } from '@/components/strings-history'
import { Panel } from '@/components/ui-panel'

export const metadata: Metadata = { title: words.title, robots: { index: false } }

const HistoryPage = async ({ searchParams }: { searchParams: Promise<{ month?: string | string[] }> }) => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/history')
  const { personId } = account
  const { timezone: own, units } = await getProfile(personId)
  const timezone = own ?? 'UTC'
  const { month, today, span } = readMonth((await searchParams).month, now(), timezone)
  const [activities, shares, looks] = await Promise.all([listHistory(personId, span), listHistoryShares(personId), listHistoryLooks(personId)])
  return (
    <SiteShell account={{ name: account.name }} width="wide">
      <h1 className="type-title">{words.title}</h1>
      <p className="mt-2 mb-8 text-lead text-soft">{words.lead}</p>
      <HistoryOverview
        {...{ activities, month, today, timezone, units, base: '/history', nothing: words.empty }}
        beside={
          <>
            <HistoryDrop timezone={timezone} />
            <LeadPanel title={connectionStrings.title} text={connectionStrings.accountLead} href="/connections" open={connectionStrings.open} />
            <Panel>
              <HistorySharing shares={shares} looks={looks} drawnAt={now()} timezone={timezone} />
            </Panel>
          </>
        }
      />
    </SiteShell>
  )
}

export default HistoryPage
