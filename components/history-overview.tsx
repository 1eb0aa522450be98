import type { ReactNode } from 'react'
import type { ActivityCard } from '@/lib/activities/activity'
import { dayOf, lastDayOf, type Month, monthGrid, trendsOf, weeksOf } from '@/lib/activities/history-figures'
import { HistoryCalendar } from './history-calendar'
import { HistoryList } from './history-list'
import { HistoryTrends } from './history-trends'
import type { Units } from './history-words'
import { historyStrings as words } from './strings-history'

type OverviewProps = {
  activities: readonly ActivityCard[]
  month: Month
  today: number
  timezone: string
  units: Units
  /** The address of this history; each activity opens under it. */
  base: string
  /** What is said where there is none. */
  nothing: string
  beside?: ReactNode
}

/** A history: four weeks and trends, a month as a calendar, its weeks as a list. */
export const HistoryOverview = ({ activities, month, today, timezone, units, base, nothing, beside }: OverviewProps) => {
  const { from, to } = monthGrid(month)
  const lastDay = lastDayOf(activities, timezone, today)
  const inMonth = activities.filter((card) => dayOf(card, timezone) >= from && dayOf(card, timezone) < to)
  return (
    <div className={beside ? 'grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]' : undefined}>
      <div className="order-2 min-w-0 space-y-10 lg:order-1">
        {activities.length > 0 ? <HistoryTrends trends={trendsOf(activities, timezone, lastDay)} /> : null}
        <HistoryCalendar {...{ month, activities: inMonth, timezone, today, lastDay, base }} />
        {inMonth.length === 0 ? <p className="text-soft">{activities.length === 0 ? nothing : words.emptyMonth}</p> : null}
        <HistoryList weeks={weeksOf(inMonth, timezone)} timezone={timezone} units={units} base={base} />
      </div>
      {beside ? <div className="order-1 min-w-0 space-y-8 lg:order-2">{beside}</div> : null}
    </div>
  )
}
