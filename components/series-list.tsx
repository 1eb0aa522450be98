import Link from 'next/link'
import { DoorOpen } from 'lucide-react'
import type { Schedule } from '@/lib/classes/series'
import { StartClass } from './start-class'
import { words } from './strings'
import { checkStrings } from './strings-check'
import { scheduleStrings } from './strings-schedule'
import { ButtonLink } from './ui-button'
import { Panel, Pill } from './ui-panel'
import { scheduleWords } from './when-answers'

const say = words.home

type ClassRow = { classId: string }
export type SeriesRow = {
  series: { seriesId: string; slug: string; title: string; kind: keyof typeof words.kind; durationMin: number; capacity: number; schedule: Schedule | null }
  live: ClassRow | null
}

/** A trainer's series, each with its link, its time, and the class that runs or a way to start one. */
export const SeriesList = ({ series }: { series: readonly SeriesRow[] }) => {
  // One thing to do first: a class that runs is entered from the top of the page, else the newest can be started.
  const first = series.some(({ live }) => live) ? undefined : series[0]
  return (
    <ul className="space-y-5">
      {series.map((row) => (
        <SeriesItem key={row.series.seriesId} {...row} variant={row === first ? 'primary' : 'secondary'} />
      ))}
    </ul>
  )
}

const SeriesItem = ({ series, live, variant }: SeriesRow & { variant: 'primary' | 'secondary' }) => (
  <Panel as="li">
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-5">
      <div className="min-w-0">
        {live ? <Pill tone="live">{say.live}</Pill> : null}
        <h2 className={live ? 'mt-2 type-heading' : 'type-heading'}>{series.title}</h2>
        <p className="mt-0.5 text-base text-soft">
          {words.kind[series.kind]} · {say.minutes(series.durationMin)} · {say.places(series.capacity)}
        </p>
        {series.schedule ? <p className="mt-0.5 text-base">{scheduleWords(series.schedule)}</p> : null}
        <div className="mt-1 flex flex-wrap gap-x-5">
          <Link href={`/c/${series.slug}`} className="link inline-flex min-h-11 items-center text-base font-medium">
            {say.linkPage}
            <span className="sr-only">: {series.title}</span>
          </Link>
          <Link href={`/series/${series.seriesId}`} className="link inline-flex min-h-11 items-center text-base font-medium">
            {scheduleStrings.settings}
            <span className="sr-only">: {series.title}</span>
          </Link>
          {live ? (
            <Link href={`/room/${live.classId}/check`} className="link inline-flex min-h-11 items-center text-base font-medium">
              {checkStrings.link}
              <span className="sr-only">: {series.title}</span>
            </Link>
          ) : null}
        </div>
      </div>
      {live ? (
        <ButtonLink href={`/room/${live.classId}`} size="large" variant={variant}>
          <DoorOpen aria-hidden />
          {say.enter}
        </ButtonLink>
      ) : (
        <StartClass seriesId={series.seriesId} variant={variant} />
      )}
    </div>
  </Panel>
)
