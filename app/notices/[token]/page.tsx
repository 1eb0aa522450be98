import type { Metadata } from 'next'
import { getFollow } from '@/lib/classes/follow.server'
import { findNoticeHolder } from '@/lib/classes/notice-link.server'
import { getSeries } from '@/lib/classes/series.server'
import { NoticeLink } from '@/components/notice-link'
import { SiteShell } from '@/components/site-shell'
import { noticeStrings } from '@/components/strings-notices'
import { firstName } from '@/components/strings-room'
import { ButtonLink } from '@/components/ui-button'

/** The token stands in the address: it must not travel on in a referrer, nor be found by a search engine. */
export const metadata: Metadata = { title: noticeStrings.pageTitle, robots: { index: false, follow: false }, referrer: 'no-referrer' }

const NoticesPage = async ({ params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params
  const holder = await findNoticeHolder(token)
  if (!holder)
    return (
      <SiteShell account={null}>
        <h1 className="type-title">{noticeStrings.goneTitle}</h1>
        <p className="mt-3 text-lead">{noticeStrings.gone}</p>
      </SiteShell>
    )
  const [series, state] = await Promise.all([getSeries(holder.seriesId), getFollow(holder.seriesId, holder.personId)])
  return (
    <SiteShell account={null}>
      <h1 className="type-title">{noticeStrings.pageTitle}</h1>
      <p className="mt-2 mb-6 text-lead text-soft">{noticeStrings.pageLead(series.title, series.hostName)}</p>
      <NoticeLink token={token} initial={state} series={series.title} trainer={firstName(series.hostName)} host={holder.personId === series.hostId} />
      <ButtonLink variant="quiet" href={`/c/${series.slug}`} className="mt-6 -ml-4">
        {noticeStrings.toClass}
      </ButtonLink>
    </SiteShell>
  )
}

export default NoticesPage
