import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { DoorOpen } from 'lucide-react'
import { findAccount } from '@/lib/accounts/who-is-calling.server'
import { listSeries } from '@/lib/classes/series.server'
import { getTimetable, listPastClasses } from '@/lib/classes/timetable.server'
import { now } from '@/lib/platform/clock'
import { DuplicateWeek } from '@/components/duplicate-week'
import { PastClasses } from '@/components/past-classes'
import { RehearseFirst } from '@/components/rehearse-first'
import { SeriesList } from '@/components/series-list'
import { SiteShell } from '@/components/site-shell'
import { words } from '@/components/strings'
import { scheduleStrings as say } from '@/components/strings-schedule'
import { Timetable } from '@/components/timetable'
import { ButtonLink } from '@/components/ui-button'
import { Panel, Pill } from '@/components/ui-panel'

export const metadata: Metadata = { title: words.home.title }
const RECENT = 5

const HomePage = async () => {
  const account = await findAccount()
  if (!account) redirect('/sign-in?to=/home')
  const [series, { live, upcoming }, past] = await Promise.all([
    listSeries(account.personId),
    getTimetable(account.personId),
    listPastClasses(account.personId, RECENT),
  ])
  if (series.length === 0) {
    return (
      <SiteShell account={{ name: account.name }} width="wide">
        <div className="max-w-xl py-8 sm:py-16">
          <h1 className="type-title">{words.home.emptyTitle}</h1>
          <p className="mt-3 mb-7 text-lead text-soft">{words.home.emptyText}</p>
          <ButtonLink href="/classes/new" size="large">
            {words.home.newClass}
          </ButtonLink>
        </div>
        <RehearseFirst classId={null} seriesId={null} />
      </SiteShell>
    )
  }
  return (
    <SiteShell account={{ name: account.name }} width="wide">
      <div className="mb-8 flex flex-wrap items-center justify-between gap-4">
        <h1 className="type-title">{words.home.title}</h1>
        <ButtonLink href="/classes/new" variant="secondary">
          {words.home.newClass}
        </ButtonLink>
      </div>
      {live.map(({ liveClass }) => (
        <Panel key={liveClass.classId} className="mb-8 flex flex-wrap items-center justify-between gap-4" label={say.runsNow}>
          <div className="min-w-0">
            <Pill tone="live">{liveClass.status === 'open' ? say.doorOpen : words.home.live}</Pill>
            <p className="mt-2 type-heading">{liveClass.title}</p>
          </div>
          <ButtonLink href={`/room/${liveClass.classId}`} size="large">
            <DoorOpen aria-hidden />
            {words.home.enter}
          </ButtonLink>
        </Panel>
      ))}
      {past.rows.length === 0 ? (
        <RehearseFirst
          classId={live[0]?.liveClass.classId ?? null}
          seriesId={series.find((row) => row.series.schedule === null)?.series.seriesId ?? null}
        />
      ) : null}
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[1fr_22rem]">
        <section>
          <h2 className="mb-4 type-heading">{say.timetable}</h2>
          {upcoming.length === 0 ? <p className="text-soft">{say.nothing}</p> : <Timetable dates={upcoming} drawnAt={now()} />}
          <div className="mt-3">
            <DuplicateWeek />
          </div>
        </section>
        <section>
          <h2 className="mb-2 type-heading">{say.past}</h2>
          <PastClasses rows={past.rows} drawnAt={now()} />
          {past.older === null ? null : (
            <Link href="/home/past" className="link mt-1 inline-flex min-h-11 items-center text-base font-medium">
              {say.allPast}
            </Link>
          )}
        </section>
      </div>
      <section className="mt-12">
        <h2 className="mb-4 type-heading">{say.series}</h2>
        <SeriesList series={series} />
      </section>
    </SiteShell>
  )
}

export default HomePage
