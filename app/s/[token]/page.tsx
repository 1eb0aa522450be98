import type { Metadata } from 'next'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { findSummaryByLink } from '@/lib/summaries/summary-link.server'
import { SiteShell } from '@/components/site-shell'
import { summaryStrings } from '@/components/strings-summary'
import { OwnSummaryPage } from '@/components/summary-own'

/** The token stands in the address: it must not travel on in a referrer, nor be found by a search engine. */
export const metadata: Metadata = { title: summaryStrings.pageTitle, robots: { index: false, follow: false }, referrer: 'no-referrer' }

const SummaryLinkPage = async ({ params }: { params: Promise<{ token: string }> }) => {
  const { token } = await params
  const summary = await findSummaryByLink(token)
  if (!summary)
    return (
      <SiteShell account={null}>
        <h1 className="type-title">{summaryStrings.link.goneTitle}</h1>
        <p className="mt-3 text-lead">{summaryStrings.link.gone}</p>
      </SiteShell>
    )
  const { series } = await getSeriesOfClass(summary.classId)
  return (
    <SiteShell account={null}>
      <OwnSummaryPage summary={summary} timezone={series.timezone} reader={{ token }} roomOpen={false} />
    </SiteShell>
  )
}

export default SummaryLinkPage
