import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { nthWeekday, parseRule, ruleText, weekdayOf } from './rule'

/** When a series is: a wall clock in a zone, from a local day on, by a rule; without a rule, once. */
export type Recurrence = {
  /** `2026-11-26` */
  readonly startsOn: string
  /** `18:30` */
  readonly localStart: string
  /** An RRULE without DTSTART, or null. */
  readonly rule: string | null
  /** IANA */
  readonly timezone: string
}
/** `occurrence` is the wall time that the rule gave, `2026-11-26T18:30`: it stays the name of the date when the class is moved. */
export type Occurrence = { readonly occurrence: string; readonly startsAt: number }

/**
 * The instant of a local wall time. In a gap (clocks go forward) the time moves forward by the gap, as calendars do: 02:30 becomes 03:30.
 * In a fold (clocks go back) it is the first of the two.
 */
export const instantOf = (wall: string, timezone: string): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timezone, { disambiguation: 'compatible' }).epochMilliseconds

/** The wall time of an instant, `2026-11-26T18:30`. */
export const wallTimeOf = (at: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** `days` after a local day; negative: before. */
export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

/** Every occurrence that starts at `from` or later and before `to` (UTC ms), in order. */
export function occurrencesBetween(series: Recurrence, from: number, to: number): Occurrence[] {
  if (!(from < to)) return []
  const found = wallTimes(series, from, to).map((occurrence) => ({ occurrence, startsAt: instantOf(occurrence, series.timezone) }))
  const last = lastInstant(series)
  return found.filter(({ startsAt }) => startsAt >= from && startsAt < to && startsAt <= last)
}

/** The first occurrence at `from` or later; undefined when the series has ended, or its rule gives no date within ten years. */
export function nextOccurrence(series: Recurrence, from: number): Occurrence | undefined {
  const start = Math.max(from, instantOf(`${series.startsOn}T00:00`, series.timezone))
  // Most rules answer in the first weeks; the long look is for "the 31st, every 12 months".
  return occurrencesBetween(series, from, start + 70 * DAY_MS)[0] ?? occurrencesBetween(series, from, start + 3_700 * DAY_MS)[0]
}

const DAY_MS = 86_400_000

/**
 * The rule is worked out on a clock without a zone, so that 18:30 stays 18:30 in summer and winter and no date is lost where a local time
 * does not exist; each wall time becomes an instant afterwards.
 */
function wallTimes({ startsOn, localStart, rule }: Recurrence, from: number, to: number): string[] {
  const first = `${startsOn}T${localStart}`
  if (rule === null) return [first]
  const parsed = parseRule(rule)
  if (!parsed) return []
  const floating = new RRuleTemporal({
    rruleString: ruleText({ ...parsed, until: null }),
    dtstart: Temporal.PlainDateTime.from(first).toZonedDateTime('UTC'),
    maxIterations: 20_000,
  })
  // A wall clock is at most 14 hours from UTC, and a window must not lose the dates at its edges.
  const window = [from - 2 * DAY_MS, to + 2 * DAY_MS].map((at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC'))
  const [after, before] = window
  if (!after || !before) return []
  return floating.between(after, before, true).map((date) => date.toString().slice(0, 16))
}

/** UNTIL as an instant: the end of the local day, or the instant itself. */
function lastInstant({ rule, timezone }: Recurrence): number {
  const until = rule === null ? null : (parseRule(rule)?.until ?? null)
  if (until === null) return Infinity
  const day = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`
  return until.length === 8
    ? instantOf(`${addDays(day, 1)}T00:00`, timezone) - 1
    : Date.parse(`${day}T${until.slice(9, 11)}:${until.slice(11, 13)}:${until.slice(13, 15)}Z`)
}

/**
 * What an end of the series on an instant makes of its rule: nothing starts after `at`. COUNT gives way to UNTIL (RFC 5545 takes one).
 */
export function endRule(rule: string, at: number): string {
  const parsed = parseRule(rule)
  if (!parsed) return rule
  const until = `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  return ruleText({ ...parsed, count: null, until })
}

/** What is left of a COUNT once `used` dates of it are past; other rules are as they were. */
export function restOfRule(rule: string, used: number): string {
  const parsed = parseRule(rule)
  return parsed?.count == null ? rule : ruleText({ ...parsed, count: Math.max(1, parsed.count - used) })
}

/**
 * The rule when its date `from` moves to the day `to`, and the ones after it with it: Thursdays become Tuesdays, the 4th becomes the 5th.
 * Null where that has no plain meaning.
 */
export function shiftRule(rule: string, from: string, to: string): string | null {
  const parsed = parseRule(rule)
  if (!parsed) return null
  if (from === to || parsed.freq === 'DAILY') return ruleText(parsed)
  if (parsed.bySetPos.length > 0 || parsed.byMonth.length > 0) return null
  const day = (name: string) => (name === weekdayOf(from) ? weekdayOf(to) : name)
  if (parsed.freq === 'WEEKLY') return ruleText({ ...parsed, byDay: [...new Set(parsed.byDay.map(day))] })
  if (parsed.byDay.length === 1 && parsed.byMonthDay.length === 0) return ruleText({ ...parsed, byDay: nthWeekday(to) })
  if (parsed.byDay.length === 0 && parsed.byMonthDay.length <= 1) return ruleText({ ...parsed, byMonthDay: [Number(to.slice(8, 10))] })
  return null
}

/** UNTIL as the calendar file must write it beside a DTSTART with a zone: in UTC. */
export function ruleInUtc(series: Recurrence): string | null {
  const parsed = series.rule === null ? null : parseRule(series.rule)
  if (!parsed) return null
  if (parsed.until === null) return ruleText(parsed)
  const until = `${new Date(lastInstant(series)).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  return ruleText({ ...parsed, until })
}

/**
 * Which new date takes the place of which old one when a rule changes: the one on the same day, else the next free one of the same week
 * (Monday first), in order. `null`: the new rule has no date for it.
 */
export function pairOccurrences(old: readonly string[], fresh: readonly string[]): ReadonlyMap<string, string | null> {
  const free = new Set(fresh)
  const pairs = new Map<string, string | null>()
  const take = (from: string, fits: (to: string) => boolean) => {
    const to = [...free].find(fits)
    if (to === undefined) return
    free.delete(to)
    pairs.set(from, to)
  }
  for (const from of old) take(from, (to) => to.slice(0, 10) === from.slice(0, 10))
  for (const from of old) if (!pairs.has(from)) take(from, (to) => mondayOf(to) === mondayOf(from))
  return new Map(old.map((from) => [from, pairs.get(from) ?? null]))
}

const mondayOf = (wall: string): string => {
  const date = Temporal.PlainDate.from(wall.slice(0, 10))
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}
