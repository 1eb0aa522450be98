import type { ReactNode } from 'react'
import type { ActivityCard } from '@/lib/activities/activity'
import { dayOf, lastDayOf, type Month, monthGrid, trendsOf, weeksOf } from '@/lib/activities/history-figures'
import { classNames } from './class-names'
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
  // On a phone one is above the other: whoever has a history came for it, whoever has none to bring one.
  const [mainOrder, besideOrder] = activities.length > 0 ? ['', ''] : ['order-2 lg:order-1', 'order-1 lg:order-2']
  return (
    <div className={beside ? 'grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_24rem]' : undefined}>
      <div className={classNames('min-w-0 space-y-10', mainOrder)}>
        {activities.length > 0 ? <HistoryTrends trends={trendsOf(activities, timezone, lastDay)} /> : null}
        <HistoryCalendar {...{ month, activities: inMonth, timezone, today, lastDay, base }} />
        {inMonth.length === 0 ? <p className="text-soft">{activities.length === 0 ? nothing : words.emptyMonth}</p> : null}
        <HistoryList weeks={weeksOf(inMonth, timezone)} timezone={timezone} units={units} base={base} />
      </div>
      {beside ? <div className={classNames('min-w-0 space-y-8', besideOrder)}>{beside}</div> : null}
    </div>
  )
}
