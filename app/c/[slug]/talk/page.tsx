import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findAccount, findGuestFor } from '@/lib/accounts/who-is-calling.server'
import { findSeriesPerson } from '@/lib/classes/belonging.server'
import { listSeriesMessages } from '@/lib/classes/message.server'
import { openPermanentLink } from '@/lib/classes/permanent-link.server'
import { now } from '@/lib/platform/clock'
import { SeriesTalk } from '@/components/series-talk'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { firstName } from '@/components/strings-room'
import { talkStrings } from '@/components/strings-talk'
import { ButtonLink } from '@/components/ui-button'
import { Notice } from '@/components/ui-notice'

const say = talkStrings.page

export const metadata: Metadata = { title: say.link, robots: { index: false } }

/** What is said between the classes of a series, to who belongs to it: the trainer, members, and guests by their cookie. */
const TalkPage = async ({ params }: { params: Promise<{ slug: string }> }) => {
  const { slug } = await params
  const link = await openPermanentLink(slug)
  if (link.outcome === 'unknown') notFound()
  const { series } = link
  const [account, guest] = await Promise.all([findAccount(), findGuestFor(series.hostId)])
  const reader = (account && (await findSeriesPerson(series, account))) ?? (guest && (await findSeriesPerson(series, guest)))
  const shell = account ? { name: account.name } : null
  if (!reader)
    return (
      <SiteShell account={shell}>
        <div className="space-y-6">
          <h1 className="type-title">{say.title(series.title)}</h1>
          <Notice title={say.stranger}>{say.strangerText}</Notice>
          <div className="flex flex-wrap gap-2">
            <ButtonLink href={`/c/${series.slug}`}>{say.toClass}</ButtonLink>
            {account ? null : (
              <ButtonLink variant="quiet" href={`/sign-in?to=/c/${series.slug}/talk`}>
                {words.nav.signIn}
              </ButtonLink>
            )}
          </div>
        </div>
      </SiteShell>
    )
  const [announcements, thread] = await Promise.all([listSeriesMessages(reader, 'announcement'), listSeriesMessages(reader, 'thread')])
  const host = reader.role === 'host'
  return (
    <SiteShell account={shell}>
      <div className="space-y-8">
        <div className="space-y-3">
          <h1 className="type-title">{say.title(series.title)}</h1>
          <p className="text-lead text-soft">{host ? say.leadHost : say.lead(firstName(series.hostName))}</p>
          <ButtonLink variant="secondary" href={`/c/${series.slug}`}>
            {say.toClass}
          </ButtonLink>
        </div>
        <SeriesTalk {...{ host, announcements, thread }} seriesId={series.seriesId} timezone={series.timezone} drawnAt={now()} />
      </div>
    </SiteShell>
  )
}

export default TalkPage
