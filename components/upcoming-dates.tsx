'use client'
import { CalendarPlus, CreditCard } from 'lucide-react'
import { useReaderTimezone } from './browser-facts'
import { scheduleStrings as say } from './strings-schedule'
import { dateAndTime, zoneWords } from './time-words'
import { buttonLook } from './ui-button'
import { Notice } from './ui-notice'

type DateOfClass = { classId: string; startsAt: number; title: string }
type InZone = { timezone: string }

const useZone = (timezone: string): { zone: string; words: string } => {
  const reader = useReaderTimezone()
  return { zone: reader ?? timezone, words: reader ? '' : ` (${zoneWords(timezone)})` }
}

/** The permanent link says itself which dates are off, why, and which comes next: guests have no address to be written to. */
export const CancelledNotice = ({ cancelled, next, timezone }: { cancelled: ReadonlyArray<{ classId: string; startsAt: number; cancelNote: string | null }>; next: DateOfClass | null } & InZone) => {
  const { zone, words } = useZone(timezone)
  return (
    <Notice tone="warning" title={cancelled.map(({ classId, startsAt, cancelNote }) => (
        <span key={classId} className="block">{`${say.isCancelled(dateAndTime(startsAt, zone))}${cancelNote ? `: ${cancelNote}` : '.'}`}</span>
      ))}
      className="mb-6">
      {next ? `${say.next(dateAndTime(next.startsAt, zone))}${words}` : say.noNext}
    </Notice>
  )
}

/** The next dates in the reader's own zone, the file for their calendar, and what a class costs. */
export const UpcomingDates = ({ dates, slug, title, timezone, pay }: { dates: readonly DateOfClass[]; slug: string; title: string; pay: { url: string | null; note: string | null } } & InZone) => {
  const { zone, words } = useZone(timezone)
  if (dates.length === 0 && pay.url === null && pay.note === null) return null
  return (
    <section aria-label={say.nextDates} className="border-t border-line pt-6">
      {dates.length > 0 ? (
        <>
          <h2 className="type-heading">{say.nextDates}</h2>
          <ul className="mt-2 space-y-1">
            {dates.map((date) => (
              <li key={date.classId} className="figures text-base">
                <time dateTime={new Date(date.startsAt).toISOString()}>
                  {dateAndTime(date.startsAt, zone)}
                  {words}
                </time>
                {date.title === title ? null : <span className="text-soft"> · {date.title}</span>}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {pay.note ? <p className="mt-3 text-base">{pay.note}</p> : null}
      <div className="mt-4 flex flex-wrap gap-2">
        {dates.length > 0 ? (
          <a href={`/c/${slug}/calendar.ics`} className={buttonLook({ variant: 'secondary' })} download>
            <CalendarPlus aria-hidden />
            {say.calendar}
          </a>
        ) : null}
        {pay.url ? (
          <a href={pay.url} target="_blank" rel="noreferrer" className={buttonLook({ variant: 'secondary' })}>
            <CreditCard aria-hidden />
            {say.pay}
          </a>
        ) : null}
      </div>
      {dates.length > 0 ? <p className="mt-2 text-small text-soft">{say.calendarHint}</p> : null}
    </section>
  )
}
