'use client'
import Link from 'next/link'
import { useReaderTimezone } from './browser-facts'
import { DateActions } from './date-actions'
import { StartClass } from './start-class'
import { words } from './strings'
import { checkStrings } from './strings-check'
import { scheduleStrings as say } from './strings-schedule'
import { clockWords, dateAndTime, dayWords } from './time-words'
import { Pill } from './ui-panel'

/** A date to come, as the server knows it. */
export type TimetableDate = {
  series: { seriesId: string; slug: string; title: string; timezone: string; schedule: { rule: string | null } | null }
  liveClass: {
    classId: string
    title: string
    status: string
    startsAt: number
    durationMin: number
    capacity: number
    occurrence: string | null
    cancelNote: string | null
  }
  booked: number
  wall: string
}
type TimetableProps = { dates: readonly TimetableDate[]; drawnAt: number; /** Another page shows the series already. */ linked?: boolean }

/** The door opens a quarter of an hour before. */
const DOOR_MS = 15 * 60_000

/** Dates to come, by the reader's own days. */
export const Timetable = ({ dates, drawnAt, linked = true }: TimetableProps) => {
  const reader = useReaderTimezone()
  const days = new Map<string, TimetableDate[]>()
  const next = dates.find(({ liveClass }) => liveClass.status !== 'cancelled')
  for (const date of dates) {
    const day = dayWords(date.liveClass.startsAt, drawnAt, reader ?? date.series.timezone)
    days.set(day, [...(days.get(day) ?? []), date])
  }
  return (
    <div className="space-y-6">
      {[...days].map(([day, onDay]) => (
        <section key={day}>
          <h3 className="mb-1 text-base font-semibold text-soft">{day}</h3>
          <ul className="divide-y divide-line border-y border-line">
            {onDay.map((date) => (
              <DateRow
                key={date.liveClass.classId}
                date={date}
                timezone={reader ?? date.series.timezone}
                drawnAt={drawnAt}
                linked={linked}
                check={date === next}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** `check`: the class that comes next offers the trainer's check. */
type DateRowProps = { date: TimetableDate; timezone: string; drawnAt: number; linked: boolean; check: boolean }

const DateRow = ({ date, timezone, drawnAt, linked, check }: DateRowProps) => {
  const { series, liveClass, booked, wall } = date
  const cancelled = liveClass.status === 'cancelled'
  const repeats = series.schedule?.rule != null && liveClass.occurrence !== null
  const alone = repeats && (liveClass.occurrence !== wall || liveClass.title !== series.title)
  const [startsOn = '', localStart = ''] = wall.split('T')
  const toChange = { ...liveClass, startsOn, localStart, repeats }
  const title = <span className={cancelled ? 'line-through decoration-1' : undefined}>{liveClass.title}</span>
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2" data-date={liveClass.occurrence ?? liveClass.classId}>
      <span className={`figures w-14 shrink-0 text-lg font-semibold ${cancelled ? 'text-soft line-through decoration-1' : ''}`}>{clockWords(liveClass.startsAt, timezone)}</span>
      <div className="min-w-0 grow basis-40">
        <p className="text-base font-medium break-words">
          {linked ? (
            <Link href={`/series/${series.seriesId}`} className="inline-flex min-h-11 items-center text-ink no-underline hover:underline">
              {title}
            </Link>
          ) : (
            title
          )}
        </p>
        <p className="-mt-2 flex flex-wrap items-center gap-x-3 text-small text-soft">
          <span>
            {words.home.minutes(liveClass.durationMin)}
            {booked > 0 ? ` · ${say.booked(booked)}` : null}
          </span>
          {cancelled ? <Pill>{say.cancelled}</Pill> : alone ? <Pill>{say.changed}</Pill> : null}
          {check ? (
            <Link href={`/room/${liveClass.classId}/check`} className="link inline-flex min-h-11 items-center">
              {checkStrings.link}
              <span className="sr-only">: {liveClass.title}</span>
            </Link>
          ) : null}
          {liveClass.cancelNote ? <span className="basis-full">{liveClass.cancelNote}</span> : null}
        </p>
      </div>
      <div className="ml-auto flex items-center gap-1">
        {!cancelled && liveClass.startsAt - DOOR_MS <= drawnAt ? <StartClass seriesId={series.seriesId} label={say.openRoom} /> : null}
        <DateActions date={toChange} when={dateAndTime(liveClass.startsAt, timezone)} cancelled={cancelled} />
      </div>
    </li>
  )
}
