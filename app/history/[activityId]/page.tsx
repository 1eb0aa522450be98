import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getProfile } from '@/lib/accounts/profile.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { isOwnerOnly } from '@/lib/activities/activity'
import { activityView } from '@/lib/activities/activity-view'
import { exportsOf } from '@/lib/activities/export-file'
import { getOwnActivity } from '@/lib/activities/history.server'
import { now } from '@/lib/platform/clock'
import { listSendTargets } from '@/lib/sync/send-recording.server'
import { orNotFound } from '@/app/or-not-found'
import { ActivityActions } from '@/components/activity-actions'
import { ActivityPage } from '@/components/activity-page'
import { ActivitySend } from '@/components/activity-send'
import { titleOf } from '@/components/history-words'
import { SiteShell } from '@/components/site-shell'
import { historyStrings as words } from '@/components/strings-history'
import { ButtonLink } from '@/components/ui-button'

export const metadata: Metadata = { title: words.title, robots: { index: false } }

const OwnActivityPage = async ({ params }: { params: Promise<{ activityId: string }> }) => {
  const { activityId } = await params
  const account = await findAccount()
  if (!account) redirect(`/sign-in?to=/history/${encodeURIComponent(activityId)}`)
  const { personId } = account
  const [profile, activity, targets] = await Promise.all([
    getProfile(personId),
    getOwnActivity(personId, activityId).catch(orNotFound),
    listSendTargets(personId, activityId),
  ])
  const { recording, ...shown } = activity
  const ownerOnly = isOwnerOnly(activity.source)
  return (
    <SiteShell account={{ name: account.name }}>
      <ButtonLink variant="quiet" href="/history" className="mb-4 -ml-4">
        {words.page.back}
      </ButtonLink>
      <ActivityPage
        {...{ activity: shown, ownerOnly, units: profile.units, timezone: profile.timezone ?? 'UTC' }}
        view={recording && activityView(recording)}
        base="/history"
      />
      {activity.classId ? (
        <ButtonLink variant="secondary" href={`/summaries/${activity.classId}`} className="mt-8">
          {words.page.classPage}
        </ButtonLink>
      ) : null}
      <ActivitySend
        {...{ activityId, timezone: profile.timezone ?? 'UTC', initial: targets, drawnAt: now() }}
        thereToo={activity.linked.map(({ source }) => source)}
        returnTo={`/history/${activityId}`}
      />
      <ActivityActions
        activityId={activityId}
        title={titleOf(activity)}
        formats={recording ? exportsOf(recording) : []}
        canChange={!ownerOnly}
        canErase={!ownerOnly && activity.source !== 'class_recording'}
      />
    </SiteShell>
  )
}

export default OwnActivityPage
