import { fitnessAndFatigue, type FitnessDay } from '@/lib/physiology/fitness'
import { zoneOffsetMinutes } from '@/lib/platform/timezone'
import type { ActivityCard } from './activity'

const DAY_MS = 86_400_000
/** How far back the curves of fitness and fatigue begin to be computed: four times their longer memory. */
export const TREND_DAYS = 168
export const FOUR_WEEKS = 28

type Timed = Pick<ActivityCard, 'startedAt' | 'zoneOffsetMinutes'>

/** The instant as the clock on the wall showed it, as if that were UTC: where it was recorded, else in the reader's zone. */
export const wallClock = ({ startedAt, zoneOffsetMinutes: offset }: Timed, timezone: string): number =>
  startedAt + (offset ?? zoneOffsetMinutes(startedAt, timezone)) * 60_000

/** Days since 1970 of that wall clock: an activity's one date, in the calendar as in every sum. */
export const dayOf = (activity: Timed, timezone: string): number => Math.floor(wallClock(activity, timezone) / DAY_MS)
/** From the westernmost clock to the easternmost it is 26 hours. */
const ZONES_APART_DAYS = 2
/**
 * The day that a history ends with: the reader's today, or a later one that an activity has where it was recorded, further east. A device
 * whose clock is weeks ahead moves nothing.
 */
export const lastDayOf = (activities: readonly Timed[], timezone: string, today: number): number =>
  activities.reduce((last, activity) => {
    const day = dayOf(activity, timezone)
    return day <= today + ZONES_APART_DAYS ? Math.max(last, day) : last
  }, today)
/** The Monday of a day's week; day 0 was a Thursday. */
export const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7)
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** What an activity adds to a day: Edwards' load, which needs a heart rate and a maximum; null where it is not known. */
export const loadOf = ({ figures }: Pick<ActivityCard, 'figures'>): number | null => (figures.edwards.outcome === 'computed' ? figures.edwards.value : null)
/** One training counts once, whoever recorded it. */
export const counting = (cards: readonly ActivityCard[]): ActivityCard[] => cards.filter(({ duplicateOfId }) => duplicateOfId === null)

/** The load of each day from `fromDay` to `toDay`, both included. */
export function dailyLoads(cards: readonly ActivityCard[], timezone: string, fromDay: number, toDay: number): number[] {
  const loads = Array.from({ length: toDay - fromDay + 1 }, () => 0)
  for (const card of counting(cards)) {
    const at = dayOf(card, timezone) - fromDay
    if (at >= 0 && at < loads.length) loads[at] = (loads[at] ?? 0) + (loadOf(card) ?? 0)
  }
  return loads
}

export type Trends = {
  /** The day of `days[0]`. */
  readonly fromDay: number
  readonly days: ReadonlyArray<FitnessDay & { readonly load: number }>
  readonly fourWeeks: { readonly load: number; readonly before: number; readonly count: number; readonly seconds: number; readonly withoutLoad: number }
}

/** Four weeks and the 20 before them. `toDay`: their last, see `lastDayOf`. */
export function trendsOf(cards: readonly ActivityCard[], timezone: string, toDay: number): Trends {
  const fromDay = toDay - TREND_DAYS + 1
  const loads = dailyLoads(cards, timezone, fromDay, toDay)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const recent = counting(cards).filter((card) => dayOf(card, timezone) > toDay - FOUR_WEEKS && dayOf(card, timezone) <= toDay)
  return {
    fromDay,
    days: fitnessAndFatigue(loads).map((day, at) => ({ ...day, load: loads[at] ?? 0 })),
    fourWeeks: {
      ...{ load: sum(loads.slice(-FOUR_WEEKS)), before: sum(loads.slice(-2 * FOUR_WEEKS, -FOUR_WEEKS)), count: recent.length },
      ...{ seconds: sum(recent.map(({ figures }) => figures.timerSeconds)), withoutLoad: recent.filter((card) => loadOf(card) === null).length },
    },
  }
}

export type Week = { readonly monday: number; readonly activities: readonly ActivityCard[]; readonly load: number; readonly seconds: number }

/** By week, the newest first, each with its own newest first. */
export function weeksOf(cards: readonly ActivityCard[], timezone: string): Week[] {
  const weeks = new Map<number, ActivityCard[]>()
  for (const card of cards.toSorted((one, other) => other.startedAt - one.startedAt)) {
    const monday = mondayOf(dayOf(card, timezone))
    weeks.set(monday, [...(weeks.get(monday) ?? []), card])
  }
  return [...weeks].map(([monday, activities]) => ({
    ...{ monday, activities },
    load: counting(activities).reduce((sum, card) => sum + (loadOf(card) ?? 0), 0),
    seconds: counting(activities).reduce((sum, { figures }) => sum + figures.timerSeconds, 0),
  }))
}

export type Month = { readonly year: number; readonly month: number }
/** `2026-11` → that month; anything else → the month of `today`. */
export function monthOf(text: string | undefined, today: number): Month {
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text ?? '') ?? []
  const now = new Date(today * DAY_MS)
  return year ? { year: Number(year), month: Number(month) } : { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 }
}
export const monthText = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`
export const monthBefore = ({ year, month }: Month, by = 1): Month => {
  const at = new Date(Date.UTC(year, month - 1 - by, 1))
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 }
}
/** Whole weeks that hold the month: their first Monday and how many. */
export function monthGrid({ year, month }: Month): { readonly firstDay: number; readonly weeks: number; readonly from: number; readonly to: number } {
  const from = Date.UTC(year, month - 1, 1) / DAY_MS
  const to = Date.UTC(year, month, 1) / DAY_MS
  const firstDay = mondayOf(from)
  return { firstDay, weeks: Math.ceil((to - firstDay) / 7), from, to }
}
