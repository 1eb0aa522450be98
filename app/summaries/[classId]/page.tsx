import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { findConsents } from '@/lib/accounts/consent.server'
import type { Guest } from '@/lib/accounts/guest-cookie.server'
import { findAccount, findClaimFor, findDeviceHere, findGuestFor } from '@/lib/accounts/who-is-calling.server'
import { findHostId } from '@/lib/classes/actor.server'
import { belongsToSeries } from '@/lib/classes/belonging.server'
import { getFollow } from '@/lib/classes/follow.server'
import { listMemberships } from '@/lib/classes/membership.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { pushKey } from '@/lib/notifications/web-push.server'
import { now } from '@/lib/platform/clock'
import { findClassActivity } from '@/lib/summaries/class-activity.server'
import { findOwnSummary, isRecordErased } from '@/lib/summaries/own-summary.server'
import { listSendTargets } from '@/lib/sync/send-recording.server'
import { ActivitySend } from '@/components/activity-send'
import { FollowPanel } from '@/components/follow-panel'
import { MemberSay } from '@/components/member-say'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { firstName } from '@/components/strings-room'
import { summaryStrings } from '@/components/strings-summary'
import { ClaimDone, claimHref, ClaimOffer } from '@/components/summary-claim'
import { SummaryErased } from '@/components/summary-erase'
import { OwnSummaryPage } from '@/components/summary-own'
import { SummaryRefresh } from '@/components/summary-refresh'
import { TalkLink } from '@/components/talk-link'
import { ButtonLink } from '@/components/ui-button'
import { Notice } from '@/components/ui-notice'

export const metadata: Metadata = { title: summaryStrings.pageTitle, robots: { index: false } }

const sayOf = async ({ personId, trainerId }: Guest) => ({
  trainerId,
  choices: (await findConsents(personId, trainerId)) ?? null,
  memberships: await listMemberships(personId, trainerId),
})

/** A member's own summary, while the room is open on their second screen too; whoever was removed keeps theirs, so the seat is not asked for. */
const SummaryPage = async ({ params, searchParams }: { params: Promise<{ classId: string }>; searchParams: Promise<{ kept?: string | string[] }> }) => {
  const [{ classId }, { kept }] = await Promise.all([params, searchParams])
  const hostId = await findHostId(classId)
  if (hostId === undefined) notFound()
  const [screen, account, guest] = await Promise.all([findDeviceHere(classId, ['screen']), findAccount(), findGuestFor(hostId)])
  if (account?.personId === hostId) redirect(`/classes/${classId}`)
  const { series, liveClass } = await getSeriesOfClass(classId)
  const summary =
    (screen && (await findOwnSummary(classId, screen.personId))) ??
    (account && (await findOwnSummary(classId, account.personId))) ?? (guest && (await findOwnSummary(classId, guest.personId)))
  const callers = [account, guest].flatMap((caller) => (caller ? [caller.personId] : []))
  const erased = !summary && (await Promise.all(callers.map((personId) => isRecordErased(classId, personId)))).includes(true)
  const belongs = await belongsToSeries(series, [account, guest])
  const activityId = account && summary ? await findClassActivity(account.personId, classId) : undefined
  const over = liveClass.workoutEndedAt !== null
  return (
    <SiteShell account={account ? { name: account.name } : null} {...(guest ? { signInHref: claimHref(classId) } : {})}>
      {account && kept !== undefined ? <ClaimDone email={account.email} claim={await findClaimFor(hostId, account.personId)} /> : null}
      {summary ? (
        <>
          <OwnSummaryPage summary={summary} timezone={series.timezone} reader="owner" roomOpen={liveClass.closedAt === null} />
          {account && activityId ? (
            <ActivitySend
              {...{ activityId, timezone: series.timezone, returnTo: `/summaries/${classId}`, drawnAt: now() }}
              initial={await listSendTargets(account.personId, activityId)}
            />
          ) : null}
          <div className="mt-8">
            <FollowPanel
              seriesId={series.seriesId}
              trainerId={hostId}
              trainer={firstName(series.hostName)}
              state={await getFollow(series.seriesId, (account ?? guest)?.personId)}
              pushKey={pushKey()}
            />
          </div>
        </>
      ) : (
        <div className="space-y-6">
          <h1 className="type-title">{liveClass.title}</h1>
          {erased ? (
            <SummaryErased hostName={series.hostName} />
          ) : screen || account || guest ? (
            <>
              <Notice live>{over ? summaryStrings.receiving : summaryStrings.notYet}</Notice>
              <SummaryRefresh />
            </>
          ) : (
            <Notice title={summaryStrings.stranger}>{summaryStrings.strangerText}</Notice>
          )}
          {guest && !account ? <ClaimOffer classId={classId} trainer={firstName(series.hostName)} /> : null}
          <ButtonLink variant="secondary" href={`/c/${series.slug}`}>
            {summaryStrings.toClass}
          </ButtonLink>
          {account || guest ? null : (
            <ButtonLink variant="quiet" href={`/sign-in?to=/summaries/${classId}`}>
              {words.nav.signIn}
            </ButtonLink>
          )}
        </div>
      )}
      {guest && !account ? <MemberSay {...await sayOf(guest)} trainerName={series.hostName} /> : null}
      {belongs ? (
        <div className="mt-8">
          <TalkLink slug={series.slug} />
        </div>
      ) : null}
    </SiteShell>
  )
}

export default SummaryPage
