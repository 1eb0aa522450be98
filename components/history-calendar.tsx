import Link from 'next/link'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ActivityCard } from '@/lib/activities/activity'
import { counting, dayOf, dayText, loadOf, type Month, monthBefore, monthGrid, mondayOf, monthText } from '@/lib/activities/history-figures'
import { classNames } from './class-names'
import { historyStrings as words } from './strings-history'

type CalendarProps = { month: Month; activities: readonly ActivityCard[]; timezone: string; today: number; lastDay: number; base: string }

const nameOf = ({ year, month }: Month): string => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1))

/** A month of days; a day with training leads to its week below, and its bar is as high as its load. */
export const HistoryCalendar = ({ month, activities, timezone, today, lastDay, base }: CalendarProps) => {
  const { firstDay, weeks, from, to } = monthGrid(month)
  const days = new Map<number, { count: number; load: number }>()
  for (const card of counting(activities)) {
    const day = dayOf(card, timezone)
    const { count, load } = days.get(day) ?? { count: 0, load: 0 }
    days.set(day, { count: count + 1, load: load + (loadOf(card) ?? 0) })
  }
  const most = Math.max(1, ...[...days.values()].map(({ load }) => load))
  const arrow = 'inline-flex size-11 items-center justify-center rounded-control text-ink hover:bg-sunk'
  return (
    <section>
      <div className="mb-2 flex items-center justify-between gap-2">
        <h2 className="type-heading">{nameOf(month)}</h2>
        <nav aria-label={nameOf(month)} className="flex">
          <Link href={`${base}?month=${monthText(monthBefore(month))}`} aria-label={words.month.earlier} className={arrow}>
            <ChevronLeft aria-hidden className="size-5" />
          </Link>
          {to <= lastDay ? (
            <Link href={`${base}?month=${monthText(monthBefore(month, -1))}`} aria-label={words.month.later} className={arrow}>
              <ChevronRight aria-hidden className="size-5" />
            </Link>
          ) : null}
        </nav>
      </div>
      <table className="w-full table-fixed border-separate border-spacing-1">
        <caption className="sr-only">{words.month.caption(nameOf(month))}</caption>
        <thead>
          <tr>
            {words.month.days.map((day) => (
              <th key={day} scope="col" className="pb-1 text-small font-normal text-soft">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: weeks }, (_, week) => (
            <tr key={week}>
              {Array.from({ length: 7 }, (_, at) => firstDay + week * 7 + at).map((day) => (
                <td key={day} className="h-12 p-0 align-top">
                  {day >= from && day < to ? <Day day={day} trained={days.get(day)} most={most} isToday={day === today} /> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Day = ({ day, trained, most, isToday }: { day: number; trained: { count: number; load: number } | undefined; most: number; isToday: boolean }) => {
  const number = new Date(day * 86_400_000).getUTCDate()
  const look = classNames('figures relative flex h-12 w-full items-start justify-center overflow-hidden rounded-control pt-1 text-small', isToday ? 'font-bold text-ink' : 'text-soft')
  if (!trained)
    return (
      <span aria-current={isToday ? 'date' : undefined} className={look}>
        {number}
      </span>
    )
  return (
    <a href={`#week-${dayText(mondayOf(day))}`} aria-label={words.month.day(dayText(day), trained.count)} aria-current={isToday ? 'date' : undefined} className={classNames(look, 'bg-accent-wash font-semibold text-ink no-underline')}>
      {number}
      <svg aria-hidden className="absolute inset-x-0 bottom-0 h-6 w-full" preserveAspectRatio="none" viewBox="0 0 1 1">
        <rect width="1" y={1 - Math.max(0.12, trained.load / most)} height="1" className="fill-accent" opacity={0.55} />
      </svg>
    </a>
  )
}
