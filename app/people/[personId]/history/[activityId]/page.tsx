import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getProfile } from '@/lib/accounts/profile.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { activityView } from '@/lib/activities/activity-view'
import { readSharedActivity } from '@/lib/activities/shared-history.server'
import { orNotFound } from '@/app/or-not-found'
import { ActivityPage } from '@/components/activity-page'
import { SiteShell } from '@/components/site-shell'
import { historyStrings as words } from '@/components/strings-history'
import { ButtonLink } from '@/components/ui-button'

export const metadata: Metadata = { title: words.sharedTitle, robots: { index: false } }

const SharedActivityPage = async ({ params }: { params: Promise<{ personId: string; activityId: string }> }) => {
  const { personId, activityId } = await params
  const account = await findAccount()
  if (!account) redirect(`/sign-in?to=/people/${encodeURIComponent(personId)}/history`)
  const [{ units, timezone }, shared] = await Promise.all([getProfile(account.personId), readSharedActivity(account.personId, personId, activityId).catch(orNotFound)])
  const { recording, ...shown } = shared.activity
  const base = `/people/${personId}/history`
  return (
    <SiteShell account={{ name: account.name }}>
      <ButtonLink variant="quiet" href={base} className="mb-4 -ml-4">
        {words.ofMember(shared.name)}
      </ButtonLink>
      <ActivityPage {...{ activity: shown, ownerOnly: false, units, timezone: timezone ?? 'UTC', base }} view={recording && activityView(recording)} />
    </SiteShell>
  )
}

export default SharedActivityPage
