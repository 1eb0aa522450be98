import { cache } from 'react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findAccount, findGuestFor } from '@/lib/accounts/who-is-calling.server'
import { belongsToSeries } from '@/lib/classes/belonging.server'
import { readLine } from '@/lib/classes/booking.server'
import { findDoor } from '@/lib/classes/door.server'
import { getFollow } from '@/lib/classes/follow.server'
import { inviteMessage, linkTitle } from '@/lib/classes/invite'
import { openPermanentLink } from '@/lib/classes/permanent-link.server'
import { callServiceName } from '@/lib/classes/series'
import { getUpcoming } from '@/lib/classes/timetable.server'
import { pushKey } from '@/lib/notifications/web-push.server'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env.server'
import { linkPreview } from '@/app/link-preview'
import { ClassColumns } from '@/components/class-columns'
import { ClassDoor } from '@/components/class-door'
import { ClassHeading } from '@/components/class-heading'
import { FollowPanel } from '@/components/follow-panel'
import { HostDoor } from '@/components/host-door'
import { HostPlaces } from '@/components/host-places'
import { InsecureNotice } from '@/components/insecure-notice'
import { InvitePanel } from '@/components/invite-panel'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { firstName } from '@/components/strings-room'
import { TalkLink } from '@/components/talk-link'
import { Pill } from '@/components/ui-panel'
import { CancelledNotice, UpcomingDates } from '@/components/upcoming-dates'

type Params = { params: Promise<{ slug: string }> }

/** One reading of the database for the page and its metadata. */
const readLink = cache(openPermanentLink)

export const generateMetadata = async ({ params }: Params): Promise<Metadata> => {
  const { slug } = await params
  const link = await readLink(slug)
  if (link.outcome === 'unknown') return { title: words.trouble.notFoundTitle }
  const { series } = link
  const startsAt = link.outcome === 'live' || link.outcome === 'next' ? link.liveClass.startsAt : null
  const title = linkTitle({ title: series.title, hostName: series.hostName, startsAt, timezone: series.timezone })
  const description = link.outcome === 'live' ? words.classLink.previewNow : words.classLink.preview
  // Whoever has the link may come in: it is for people, not for search engines.
  return { title, description, robots: { index: false }, openGraph: linkPreview({ title, description, path: `/c/${slug}` }) }
}

const ClassLinkPage = async ({ params }: Params) => {
  const { slug } = await params
  const link = await readLink(slug)
  if (link.outcome === 'unknown') notFound()
  const { series } = link
  const account = await findAccount()
  const liveClass = link.outcome === 'none' ? null : link.liveClass
  const running = link.outcome === 'live'
  const url = `${env().APP_URL}/c/${series.slug}`
  const about = { title: liveClass?.title ?? series.title, hostName: series.hostName, timezone: series.timezone }
  const { dates, cancelled } = await getUpcoming(series.seriesId)
  const heading = (
    <>
      <ClassHeading
        {...about}
        kind={series.kind}
        durationMin={liveClass?.durationMin ?? series.durationMin}
        startsAt={liveClass?.startsAt ?? null}
        drawnAt={now()}
        pill={running ? <Pill tone="live">{words.classLink.live}</Pill> : null}
      />
      {cancelled.length > 0 && !running ? <CancelledNotice cancelled={cancelled} next={dates[0] ?? null} timezone={series.timezone} /> : null}
    </>
  )
  const ahead = <UpcomingDates dates={dates} slug={series.slug} title={series.title} timezone={series.timezone} pay={{ url: series.payUrl, note: series.payNote }} />
  const follow = { seriesId: series.seriesId, trainerId: series.hostId, trainer: firstName(series.hostName), pushKey: pushKey() }
  if (account?.personId === series.hostId) {
    const message = inviteMessage({ ...about, startsAt: link.outcome === 'next' ? link.liveClass.startsAt : null, url })
    return (
      <SiteShell account={{ name: account.name }} width="wide">
        {heading}
        <ClassColumns
          beside={
            <>
              {ahead}
              <TalkLink slug={series.slug} />
              <FollowPanel {...follow} state={await getFollow(series.seriesId, account.personId)} host />
            </>
          }
        >
          <HostDoor
            seriesId={series.seriesId}
            runningClassId={running ? link.liveClass.classId : null}
            next={link.outcome === 'next' ? link.liveClass : null}
            drawnAt={now()}
          />
          {running || link.outcome === 'next' ? (
            <HostPlaces classId={link.liveClass.classId} line={await readLine(link.liveClass.classId)} />
          ) : null}
          <InvitePanel url={url} title={about.title} message={message} />
        </ClassColumns>
      </SiteShell>
    )
  }
  const guest = await findGuestFor(series.hostId)
  const [door, belongs] = await Promise.all([findDoor(link, account ?? guest), belongsToSeries(series, [account, guest])])
  // At a running class there is one thing to do.
  const remind = !running && door.door !== 'removed'
  const classDoor = (
    <ClassDoor
      view={door}
      trainer={firstName(series.hostName)}
      call={series.videoUrl === null ? null : callServiceName(series.videoUrl)}
      eachToEach={series.eachToEach}
      classId={liveClass?.classId ?? null}
      timezone={series.timezone}
      drawnAt={now()}
    />
  )
  const around = (
    <>
      {ahead}
      {belongs ? <TalkLink slug={series.slug} /> : null}
      {remind ? <FollowPanel {...follow} state={await getFollow(series.seriesId, (account ?? guest)?.personId)} /> : null}
    </>
  )
  return (
    <SiteShell account={account ? { name: account.name } : null} width="wide">
      <InsecureNotice secureUrl={url.startsWith('https:') ? url : null} />
      {heading}
      {running ? (
        <div className="space-y-8">
          {classDoor}
          {around}
        </div>
      ) : (
        <ClassColumns beside={around}>{classDoor}</ClassColumns>
      )}
    </SiteShell>
  )
}

export default ClassLinkPage
