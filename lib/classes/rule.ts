import { z } from 'zod'

/** The weekdays as RFC 5545 writes them, Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * An RRULE (RFC 5545 3.3.10) as a series may have it: daily, weekly or monthly, and only with parts that choose days. The time of day is
 * the series' own, so BYHOUR and smaller parts are refused, as are frequencies above and below.
 */
export type Rule = {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY'
  readonly interval: number
  readonly count: number | null
  /** `20261231`: the last local day. `20261231T170000Z`: the last instant. */
  readonly until: string | null
  /** `MO`, or in a monthly rule `1MO`, `-1FR`. */
  readonly byDay: readonly string[]
  readonly byMonthDay: readonly number[]
  readonly byMonth: readonly number[]
  readonly bySetPos: readonly number[]
  readonly wkst: Weekday | null
}

const MAX_COUNT = 520 // ten years of weeks
const MAX_INTERVAL = 52

/** Null for what is no rule of ours. */
export function parseRule(text: string): Rule | null {
  const parts = new Map<string, string>()
  for (const part of text.trim().toUpperCase().replace(/^RRULE:/, '').split(';')) {
    const [name = '', value = '', ...rest] = part.split('=')
    if (!PARTS.has(name) || value === '' || rest.length > 0 || parts.has(name)) return null
    parts.set(name, value)
  }
  const freq = FREQUENCIES.find((known) => known === parts.get('FREQ'))
  const interval = wholeNumber(parts.get('INTERVAL') ?? '1', 1, MAX_INTERVAL)
  const count = parts.has('COUNT') ? wholeNumber(parts.get('COUNT') ?? '', 1, MAX_COUNT) : null
  const until = parts.get('UNTIL') ?? null
  const byDay = list(parts.get('BYDAY'))
  const byMonthDay = numbers(parts.get('BYMONTHDAY'), 31)
  const byMonth = numbers(parts.get('BYMONTH'), 12)
  const bySetPos = numbers(parts.get('BYSETPOS'), 31)
  const wkst = parts.get('WKST') ?? null
  if (freq === undefined || interval === null || count === undefined || (parts.has('COUNT') && (count === null || until !== null))) return null
  if (until !== null && !isUntil(until)) return null
  if (!byDay.every((day) => (freq === 'MONTHLY' ? /^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/ : /^(MO|TU|WE|TH|FR|SA|SU)$/).test(day))) return null
  if (byMonthDay === null || byMonth === null || bySetPos === null || byMonth.some((month) => month < 1)) return null
  if (byMonthDay.length > 0 && freq === 'WEEKLY') return null
  if (bySetPos.length > 0 && byDay.length === 0 && byMonthDay.length === 0) return null
  if (wkst !== null && !isWeekday(wkst)) return null
  return { freq, interval, count, until, byDay, byMonthDay, byMonth, bySetPos, wkst }
}

/** In one order of parts, so that equal rules are equal texts. */
export function ruleText(rule: Rule): string {
  const parts: Array<[string, string | number | null]> = [
    ['FREQ', rule.freq],
    ['INTERVAL', rule.interval === 1 ? null : rule.interval],
    ['COUNT', rule.count],
    ['UNTIL', rule.until],
    ['BYDAY', rule.byDay.join(',') || null],
    ['BYMONTHDAY', rule.byMonthDay.join(',') || null],
    ['BYMONTH', rule.byMonth.join(',') || null],
    ['BYSETPOS', rule.bySetPos.join(',') || null],
    ['WKST', rule.wkst],
  ]
  return parts.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join(';')
}

/** "Every week on these days", the rule that nearly every series has. `until`: a local day, `2026-12-31`. */
export const weeklyRule = (of: { days: readonly Weekday[]; interval?: number; until?: string | null }): string =>
  ruleText({ ...BARE, freq: 'WEEKLY', interval: of.interval ?? 1, byDay: WEEKDAYS.filter((day) => of.days.includes(day)), until: untilOf(of.until) })

/** "The second Thursday of each month", "the last Friday": the same place in the month as `date` has. */
export const monthlyRule = (of: { date: string; interval?: number; until?: string | null }): string =>
  ruleText({ ...BARE, freq: 'MONTHLY', interval: of.interval ?? 1, byDay: nthWeekday(of.date), until: untilOf(of.until) })

/** A day's place in its month: `4TH`; the fifth is the last, since not every month has five. */
export const nthWeekday = (date: string): string[] => {
  const nth = Math.ceil(Number(date.slice(8, 10)) / 7)
  return [`${nth === 5 ? -1 : nth}${weekdayOf(date)}`]
}

/** The weekday of a local day, `2026-11-26` → `TH`. */
export const weekdayOf = (date: string): Weekday => WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO'

export const RuleText = z
  .string()
  .max(300)
  .refine((text) => parseRule(text) !== null, 'Choose days of the week or the month.')
  .overwrite((text) => {
    const rule = parseRule(text)
    return rule ? ruleText(rule) : text
  })

const PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'])
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY'] as const
const BARE = { interval: 1, count: null, until: null, byDay: [], byMonthDay: [], byMonth: [], bySetPos: [], wkst: null } as const

const untilOf = (date: string | null | undefined): string | null => date?.replaceAll('-', '') ?? null
const isWeekday = (value: string): value is Weekday => WEEKDAYS.some((day) => day === value)
const list = (value: string | undefined): string[] => (value === undefined ? [] : [...new Set(value.split(','))])
const wholeNumber = (value: string, from: number, to: number): number | null => (/^\d{1,4}$/.test(value) && Number(value) >= from && Number(value) <= to ? Number(value) : null)

function numbers(value: string | undefined, most: number): number[] | null {
  const found = list(value)
  return found.every((item) => /^[+-]?\d{1,2}$/.test(item) && Number(item) !== 0 && Math.abs(Number(item)) <= most) ? found.map(Number) : null
}

function isUntil(value: string): boolean {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(T\d{6}Z)?$/.exec(value) ?? []
  if (year === undefined) return false
  const text = `${year}-${month}-${day}T${time === undefined ? '00:00:00' : `${time.slice(1, 3)}:${time.slice(3, 5)}:${time.slice(5, 7)}`}`
  const at = Date.parse(`${text}Z`)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text)
}
