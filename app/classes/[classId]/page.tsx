import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { listSharers } from '@/lib/accounts/history-share.server'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { findHostId } from '@/lib/classes/actor.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { env } from '@/lib/platform/env.server'
import { readClassAfter } from '@/lib/summaries/class-after.server'
import { getClassSummary } from '@/lib/summaries/class-summary.server'
import { HistorySharers } from '@/components/history-sharers'
import { SiteShell } from '@/components/site-shell'
import { summaryStrings } from '@/components/strings-summary'
import { ClassSummaryPage } from '@/components/summary-class'

export const metadata: Metadata = { title: summaryStrings.group.title, robots: { index: false } }

const ClassPage = async ({ params }: { params: Promise<{ classId: string }> }) => {
  const { classId } = await params
  const account = await findAccount()
  if (!account) redirect(`/sign-in?to=/classes/${classId}`)
  // Another trainer's class is not told apart from no class.
  if ((await findHostId(classId)) !== account.personId) notFound()
  const { series } = await getSeriesOfClass(classId)
  const summary = await getClassSummary(classId)
  if (!summary) redirect(`/room/${classId}`)
  const after = await readClassAfter(classId)
  const { seriesId, payUrl, payNote } = series
  return (
    <SiteShell account={{ name: account.name }} width="wide">
      <ClassSummaryPage
        summary={summary}
        after={after}
        timezone={series.timezone}
        series={{ seriesId, url: `${env().APP_URL}/c/${series.slug}`, payUrl, payNote }}
      />
      <HistorySharers people={await listSharers(account.personId)} />
    </SiteShell>
  )
}

export default ClassPage
