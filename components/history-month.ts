import type { Span } from '@/lib/activities/activity'
import { dayOf, type Month, monthGrid, monthOf, TREND_DAYS } from '@/lib/activities/history-figures'

const DAY_MS = 86_400_000

/** Which month is looked at, and all that is read for it: the month, and the days behind today's trends. A day more on each side, for the zones. */
export function readMonth(asked: string | string[] | undefined, nowMs: number, timezone: string): { month: Month; today: number; span: Span } {
  const today = dayOf({ startedAt: nowMs, zoneOffsetMinutes: null }, timezone)
  const month = monthOf(typeof asked === 'string' ? asked : undefined, today)
  const { from } = monthGrid(month)
  return { month, today, span: { fromMs: (Math.min(from, today - TREND_DAYS) - 1) * DAY_MS } }
}
