import Link from 'next/link'
import { ChevronRight, DoorOpen } from 'lucide-react'
import { LocalTime } from './local-time'
import { StartClass } from './start-class'
import { words } from './strings'
import { ButtonLink } from './ui-button'
import { Panel, Pill } from './ui-panel'

const say = words.home

type ClassRow = { classId: string; startsAt: number }
export type SeriesRow = {
  series: { seriesId: string; slug: string; title: string; kind: keyof typeof words.kind; durationMin: number; capacity: number; timezone: string }
  live: ClassRow | null
  recent: readonly ClassRow[]
}

/** A trainer's series, each with its link, the class that runs or a way to start one, and the last that ended. */
export const SeriesList = ({ series, drawnAt }: { series: readonly SeriesRow[]; drawnAt: number }) => {
  // One thing to do first: go into the class that runs, else start the newest.
  const first = series.find(({ live }) => live) ?? series[0]
  return (
    <ul className="space-y-5">
      {series.map((row) => (
        <SeriesItem key={row.series.seriesId} {...row} drawnAt={drawnAt} variant={row === first ? 'primary' : 'secondary'} />
      ))}
    </ul>
  )
}

const SeriesItem = ({ series, live, recent, drawnAt, variant }: SeriesRow & { drawnAt: number; variant: 'primary' | 'secondary' }) => (
  <Panel as="li">
    <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-5">
      <div className="min-w-0">
        {live ? <Pill tone="live">{say.live}</Pill> : null}
        <h2 className={live ? 'mt-2 type-heading' : 'type-heading'}>{series.title}</h2>
        <p className="mt-0.5 text-base text-soft">
          {words.kind[series.kind]} · {say.minutes(series.durationMin)} · {say.places(series.capacity)}
        </p>
        <Link href={`/c/${series.slug}`} className="link mt-1 inline-flex min-h-11 items-center text-base font-medium">
          {say.linkPage}
          <span className="sr-only">: {series.title}</span>
        </Link>
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
    {recent.length > 0 ? (
      <div className="mt-5 border-t border-line pt-4">
        <h3 className="text-small font-semibold text-soft">{say.past}</h3>
        <ul className="-mx-3 mt-1">
          {recent.map((past) => (
            <li key={past.classId}>
              <Link
                href={`/classes/${past.classId}`}
                className="flex min-h-11 items-center justify-between gap-4 rounded-control px-3 text-base text-ink no-underline hover:bg-sunk"
              >
                <span className="figures">
                  <LocalTime at={past.startsAt} drawnAt={drawnAt} timezone={series.timezone} />
                </span>
                <span className="inline-flex items-center gap-1 text-soft">
                  {say.summary}
                  <ChevronRight aria-hidden className="size-4" />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    ) : null}
  </Panel>
)
