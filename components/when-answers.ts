import { monthlyRule, parseRule, WEEKDAYS, type Weekday, weekdayOf, weeklyRule } from '@/lib/classes/rule'
import type { Schedule } from '@/lib/classes/series'
import { scheduleStrings as say } from './strings-schedule'

/** What the question "When is it?" was answered with. `own`: a rule that the form cannot draw, kept as it is. */
export type When = {
  readonly mode: 'none' | 'once' | 'weekly' | 'own'
  readonly date: string
  readonly time: string
  readonly days: readonly Weekday[]
  readonly interval: number
  readonly monthly: boolean
  readonly until: string
}

/** `today`: the reader's local day, `2026-11-26`. */
export const noWhen = (today: string): When => ({ mode: 'none', date: today, time: '18:30', days: [], interval: 1, monthly: false, until: '' })

/** The answers behind a schedule, to change it. */
export function whenOf(schedule: Schedule | null, today: string): When {
  if (!schedule) return noWhen(today)
  const base = { ...noWhen(today), date: schedule.startsOn, time: schedule.localStart, days: [weekdayOf(schedule.startsOn)] }
  if (schedule.rule === null) return { ...base, mode: 'once' }
  const rule = parseRule(schedule.rule)
  const until = rule?.until?.length === 8 ? `${rule.until.slice(0, 4)}-${rule.until.slice(4, 6)}-${rule.until.slice(6)}` : ''
  const answers = { ...base, mode: 'weekly' as const, interval: rule?.interval ?? 1, until }
  if (rule?.freq === 'WEEKLY') answers.days = rule.byDay.length > 0 ? WEEKDAYS.filter((day) => rule.byDay.includes(day)) : answers.days
  else Object.assign(answers, { monthly: true })
  const drawn = scheduleOf(answers, schedule.startsOn)
  return drawn?.rule === schedule.rule ? answers : { ...base, mode: 'own' }
}

/** Null: no fixed time. `from`: the first day to think of, for a rhythm that skips weeks. */
export function scheduleOf(when: When, from: string): Schedule | null {
  if (when.mode === 'none' || when.mode === 'own') return null
  if (when.mode === 'once') return { startsOn: when.date, localStart: when.time, rule: null }
  const of = { interval: when.interval, until: when.until || null }
  if (when.monthly) return { startsOn: when.date, localStart: when.time, rule: monthlyRule({ ...of, date: when.date }) }
  return { startsOn: firstOf(when.days, from), localStart: when.time, rule: weeklyRule({ ...of, days: when.days }) }
}

/** What is missing, by field. */
export function whenErrors(when: When): Record<string, string> {
  if (when.mode === 'none' || when.mode === 'own') return {}
  const errors: Record<string, string> = {}
  const needsDate = when.mode === 'once' || when.monthly
  if (!when.time) errors.localStart = say.timeMissing
  if (needsDate && !when.date) errors.startsOn = say.dateMissing
  if (!needsDate && when.days.length === 0) errors.days = say.daysMissing
  if (when.mode === 'weekly' && when.until && when.monthly && when.until < when.date) errors.until = say.untilWrong
  return errors
}

const DAY_MS = 86_400_000
function firstOf(days: readonly Weekday[], from: string): string {
  for (let ahead = 0; ahead < 7; ahead++) {
    const date = new Date(Date.parse(`${from}T00:00:00Z`) + ahead * DAY_MS).toISOString().slice(0, 10)
    if (days.includes(weekdayOf(date))) return date
  }
  return from
}

const dayWords = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`)).replace(',', '')

/** "Every Tue and Thu, 18:30", on the trainer's wall clock. */
export function scheduleWords(schedule: Schedule): string {
  const { localStart: time } = schedule
  if (schedule.rule === null) return say.onDate(dayWords(schedule.startsOn), time)
  const rule = parseRule(schedule.rule)
  const when = whenOf(schedule, schedule.startsOn)
  if (!rule || rule.bySetPos.length > 0 || rule.byMonth.length > 0) return say.ownRule(time)
  const until = rule.until === null ? '' : ` ${say.untilDay(dayWords(`${rule.until.slice(0, 4)}-${rule.until.slice(4, 6)}-${rule.until.slice(6, 8)}`))}`
  if (rule.freq === 'DAILY') return (rule.interval === 1 ? say.everyDay(time) : say.ownRule(time)) + until
  if (rule.freq === 'WEEKLY') {
    const days = (rule.byDay.length > 0 ? WEEKDAYS.filter((day) => rule.byDay.includes(day)) : when.days).map((day) => say.dayNames[day])
    const list = days.length > 1 ? `${days.slice(0, -1).join(', ')}${say.and}${days.at(-1)}` : (days[0] ?? '')
    return (rule.interval === 1 ? say.everyWeek(list, time) : say.everyWeeks(rule.interval, list, time)) + until
  }
  const [, nth = '', name = ''] = /^(-?\d)(\w\w)$/.exec(rule.byDay[0] ?? '') ?? []
  const day = WEEKDAYS.find((known) => known === name)
  if (day === undefined || rule.byDay.length > 1 || rule.byMonthDay.length > 0) return say.ownRule(time)
  const which = `${say.ordinal(Number(nth))} ${say.dayNames[day]}`
  return (rule.interval === 1 ? say.everyMonth(which, time) : say.everyMonths(rule.interval, which, time)) + until
}
