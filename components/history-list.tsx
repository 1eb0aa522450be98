import Link from 'next/link'
import { ChevronRight } from 'lucide-react'
import type { ActivityCard } from '@/lib/activities/activity'
import { dayText, type Week } from '@/lib/activities/history-figures'
import { lineOf, titleOf, type Units, whenOf } from './history-words'
import { historyStrings as words } from './strings-history'
import { timeWords } from './summary-words'
import { dayWords } from './time-words'
import { Pill } from './ui-panel'

type ListProps = { weeks: readonly Week[]; timezone: string; units: Units; base: string }

/** Activities by week, each week with its sum. `base`: where each opens. */
export const HistoryList = ({ weeks, timezone, units, base }: ListProps) => (
  <div className="space-y-8">
    {weeks.map(({ monday, activities, seconds, load }) => (
      <section key={monday} id={`week-${dayText(monday)}`}>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h3 className="text-lg font-semibold">{words.week(dayWords(monday * 86_400_000, 0, 'UTC'))}</h3>
          <p className="figures text-base text-soft">{words.weekSum(timeWords(seconds), load)}</p>
        </div>
        <ul className="-mx-3 mt-1">
          {activities.map((activity) => (
            <Row key={activity.activityId} activity={activity} timezone={timezone} units={units} href={`${base}/${activity.activityId}`} />
          ))}
        </ul>
      </section>
    ))}
  </div>
)

const Row = ({ activity, timezone, units, href }: { activity: ActivityCard; timezone: string; units: Units; href: string }) => (
  <li>
    <Link href={href} data-activity={activity.activityId} className="flex min-h-14 items-center justify-between gap-3 rounded-control px-3 py-2 text-base text-ink no-underline hover:bg-sunk">
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-words">{titleOf(activity)}</span>
          <Pill>{words.source[activity.source]}</Pill>
          {activity.duplicateOfId === null ? null : <span className="text-small text-soft">{words.duplicate}</span>}
        </span>
        <span className="figures mt-0.5 block text-small text-soft">
          {whenOf(activity, timezone)} · {lineOf(activity, units)}
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-soft" />
    </Link>
  </li>
)
