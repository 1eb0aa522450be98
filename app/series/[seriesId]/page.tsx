import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { inviteMessage } from '@/lib/classes/invite'
import { findOwnSeries } from '@/lib/classes/series.server'
import { listDates } from '@/lib/classes/timetable.server'
import { findSeriesPlan } from '@/lib/classes/workout.server'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env.server'
import { InvitePanel } from '@/components/invite-panel'
import { NewClassForm } from '@/components/new-class-form'
import { SeriesPlan } from '@/components/plan-save'
import { EndSeries, SaveTemplate } from '@/components/series-keep'
import { SiteShell } from '@/components/site-shell'
import { StartClass } from '@/components/start-class'
import { words } from '@/components/strings'
import { scheduleStrings as say } from '@/components/strings-schedule'
import { talkStrings } from '@/components/strings-talk'
import { timerStrings } from '@/components/strings-timer'
import { TalkLink } from '@/components/talk-link'
import { Timetable } from '@/components/timetable'
import { Disclosure } from '@/components/ui-disclosure'
import { scheduleWords } from '@/components/when-answers'

/** As much as stands beside the settings. */
const SHOWN = 6

export const metadata: Metadata = { title: say.settings, robots: { index: false } }

const SeriesPage = async ({ params }: { params: Promise<{ seriesId: string }> }) => {
  const { seriesId } = await params
  const account = await findAccount()
  if (!account) redirect(`/sign-in?to=/series/${seriesId}`)
  const found = await findOwnSeries(account.personId, seriesId)
  if (!found) notFound()
  const { series } = found
  const dates = await listDates(seriesId)
  const url = `${env().APP_URL}/c/${series.slug}`
  const next = dates.find(({ liveClass }) => liveClass.status === 'scheduled')
  const message = inviteMessage({ ...series, startsAt: next?.liveClass.startsAt ?? null, url })
  return (
    <SiteShell account={{ name: account.name }} width="wide">
      <header className="mb-8 flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="type-title break-words">{series.title}</h1>
          <p className="mt-1 text-lead text-soft">{series.schedule ? scheduleWords(series.schedule) : say.none}</p>
          <Link href={`/c/${series.slug}`} className="link inline-flex min-h-11 items-center text-base font-medium">
            {words.home.linkPage}
          </Link>
        </div>
        <StartClass seriesId={seriesId} variant="secondary" />
      </header>
      <div className="grid gap-x-12 gap-y-12 lg:grid-cols-2">
        <section>
          <h2 className="mb-4 type-heading">{say.upcoming}</h2>
          {dates.length === 0 ? <p className="text-soft">{series.schedule ? say.ended : say.noDates}</p> : <Timetable dates={dates.slice(0, SHOWN)} drawnAt={now()} linked={false} />}
          {dates.length > SHOWN ? (
            <Disclosure summary={say.laterDates(dates.length - SHOWN)} className="mt-3">
              <Timetable dates={dates.slice(SHOWN)} drawnAt={now()} linked={false} />
            </Disclosure>
          ) : null}
        </section>
        <section>
          <h2 className="mb-4 type-heading">{say.settingsOnly}</h2>
          {/* What was saved is what the form starts from again. */}
          <NewClassForm key={JSON.stringify(series)} timezones={Intl.supportedValuesOf('timeZone')} start={series} series={series} />
        </section>
      </div>
      <div className="mt-12 space-y-10">
        <section className="max-w-2xl">
          <h2 className="mb-3 type-heading">{timerStrings.plan.title}</h2>
          <SeriesPlan seriesId={seriesId} plan={await findSeriesPlan(seriesId)} />
        </section>
        <section className="max-w-2xl">
          <h2 className="mb-3 type-heading">{talkStrings.page.thread}</h2>
          <TalkLink slug={series.slug} />
        </section>
        <InvitePanel url={url} title={series.title} message={message} />
        <section className="max-w-xl">
          <h2 className="mb-3 type-heading">{say.saveTemplate}</h2>
          <SaveTemplate seriesId={seriesId} title={series.title} />
        </section>
        {series.schedule ? (
          <section className="max-w-xl">
            <h2 className="mb-1 type-heading">{say.endTitle}</h2>
            <EndSeries seriesId={seriesId} />
          </section>
        ) : null}
      </div>
    </SiteShell>
  )
}

export default SeriesPage
