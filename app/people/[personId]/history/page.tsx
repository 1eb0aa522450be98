import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getProfile } from '@/lib/accounts/profile.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { readSharedHistory } from '@/lib/activities/shared-history.server'
import { now } from '@/lib/platform/clock'
import { orNotFound } from '@/app/or-not-found'
import { readMonth } from '@/components/history-month'
import { HistoryOverview } from '@/components/history-overview'
import { SiteShell } from '@/components/site-shell'
import { historyStrings as words } from '@/components/strings-history'
import { Notice } from '@/components/ui-notice'

export const metadata: Metadata = { title: words.sharedTitle, robots: { index: false } }

/** What a member shows their trainer: what its source allows, and each look is written down. */
const SharedHistoryPage = async ({ params, searchParams }: { params: Promise<{ personId: string }>; searchParams: Promise<{ month?: string | string[] }> }) => {
  const { personId } = await params
  const account = await findAccount()
  if (!account) redirect(`/sign-in?to=/people/${encodeURIComponent(personId)}/history`)
  const { timezone: own, units } = await getProfile(account.personId)
  const timezone = own ?? 'UTC'
  const { month, today, span } = readMonth((await searchParams).month, now(), timezone)
  const shared = await readSharedHistory(account.personId, personId, span).catch(orNotFound)
  return (
    <SiteShell account={{ name: account.name }}>
      <h1 className="type-title break-words">{words.ofMember(shared.name)}</h1>
      <Notice className="mt-4 mb-8">{words.sharedNote(shared.name)}</Notice>
      <HistoryOverview {...{ activities: shared.activities, month, today, timezone, units, base: `/people/${personId}/history`, nothing: words.nothingShared }} />
    </SiteShell>
  )
}

export default SharedHistoryPage
