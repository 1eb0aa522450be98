import { timezoneLines } from './calendar-zone'
import { instantOf, nextOccurrence, occurrencesBetween, type Recurrence, ruleInUtc, wallTimeOf } from './recurrence'
import { WEEKDAYS, weekdayOf, weeklyRule } from './rule'

/** What a calendar is told of a series. Instants are UTC ms. */
export type CalendarSeries = {
  readonly seriesId: string
  readonly title: string
  readonly hostName: string
  readonly durationMin: number
  readonly timezone: string
  /** Null: its classes are single dates, or it has none. */
  readonly recurrence: Recurrence | null
  /** The permanent link. */
  readonly url: string
  readonly description: string
  readonly createdAt: number
  readonly changedAt: number
}
export type CalendarClass = {
  readonly classId: string
  readonly occurrence: string | null
  readonly title: string
  readonly startsAt: number
  readonly plannedEndAt: number
  readonly cancelled: boolean
}

/**
 * An iCalendar file (RFC 5545, 7986): the series with its rule at local wall time, cancelled dates taken out, moved and renamed ones in
 * their own words, an alarm a quarter of an hour before. The same UID for ever; a higher SEQUENCE after each change. `classes`: the dates
 * that have rows.
 */
export function calendarFile(series: CalendarSeries, classes: readonly CalendarClass[]): string {
  const { recurrence } = series
  const repeats = recurrence !== null && recurrence.rule !== null && nextOccurrence(recurrence, 0) !== undefined ? recurrence : null
  const ruled = repeats ? new Set(occurrencesBetween(repeats, ...spanOf(repeats, classes)).map(({ occurrence }) => occurrence)) : new Set<string>()
  const own = (row: CalendarClass) => row.occurrence !== null && ruled.has(row.occurrence)
  const [former, single] = formerRules(series, classes.filter((row) => !own(row) && !row.cancelled))
  const from = Math.min(...classes.map(({ startsAt }) => startsAt), repeats ? instantOf(`${repeats.startsOn}T00:00`, series.timezone) : Infinity)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Pulseroom//Classes//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(series.title)}`,
    `X-WR-CALNAME:${escapeText(series.title)}`,
    `URL:${series.url}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    ...(Number.isFinite(from) ? timezoneLines(series.timezone, from) : []),
    ...(repeats ? [...masterLines(series, repeats, { uid: series.seriesId, without: namesOf(classes.filter((row) => own(row) && row.cancelled)) }), ...classes.filter((row) => own(row) && !row.cancelled).flatMap((row) => exceptionLines(series, row))] : []),
    ...former.flatMap(({ recurrence: rule, ...of }) => masterLines(series, rule, of)),
    ...single.flatMap((row) => eventLines(series, { uid: row.classId, title: row.title, startsAt: row.startsAt, endsAt: row.plannedEndAt })),
    'END:VCALENDAR',
  ]
  return lines.map(fold).join('')
}

/** Content lines are at most 75 octets, broken between characters, each ended by CRLF (RFC 5545 3.1). */
export function fold(line: string): string {
  const encoder = new TextEncoder()
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > 75) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return `${folded}\r\n`
}

/** TEXT (RFC 5545 3.3.11). Control characters have no way to be written and are left out. */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
     
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** `without`: the wall times that the rule gives and that do not take place. */
function masterLines(series: CalendarSeries, recurrence: Recurrence, { uid, without }: { uid: string; without: readonly string[] }): string[] {
  const wall = `${recurrence.startsOn}T${recurrence.localStart}`
  const startsAt = instantOf(wall, series.timezone)
  return eventLines(series, { uid, title: series.title, startsAt, endsAt: startsAt + series.durationMin * 60_000, wall }, [
    `RRULE:${ruleInUtc(recurrence)}`,
    ...without.map((occurrence) => `EXDATE;TZID=${series.timezone}:${compact(occurrence)}`),
  ])
}

type FormerRule = { readonly uid: string; readonly recurrence: Recurrence; readonly without: readonly string[] }

/**
 * Dates that a rule gave which the series no longer has stay one entry that repeats, for each time of day; the rest are single. The UID
 * says the time of day, so that it holds while the oldest dates fall out of the file.
 */
function formerRules(series: CalendarSeries, rows: readonly CalendarClass[]): [FormerRule[], CalendarClass[]] {
  const byClock = new Map<string, string[]>()
  for (const row of rows) {
    if (!isAsRuled(series, row)) continue
    const [name = ''] = namesOf([row])
    byClock.set(name.slice(11), [...(byClock.get(name.slice(11)) ?? []), name].sort())
  }
  const rules = [...byClock].flatMap(([localStart, names]): FormerRule[] => {
    const [first, last] = [names[0], names.at(-1)]
    if (first === undefined || last === undefined || first === last) return []
    const days = WEEKDAYS.filter((day) => names.some((name) => weekdayOf(name.slice(0, 10)) === day))
    const recurrence = { startsOn: first.slice(0, 10), localStart, rule: weeklyRule({ days, until: last.slice(0, 10) }), timezone: series.timezone }
    const given = occurrencesBetween(recurrence, instantOf(first, series.timezone), instantOf(last, series.timezone) + 1)
    const without = given.map(({ occurrence }) => occurrence).filter((occurrence) => !names.includes(occurrence))
    return [{ uid: `${series.seriesId}-${localStart.replace(':', '')}`, recurrence, without }]
  })
  const repeated = (row: CalendarClass) => isAsRuled(series, row) && rules.some(({ recurrence }) => row.occurrence?.slice(11) === recurrence.localStart)
  return [rules, rows.filter((row) => !repeated(row))]
}

const namesOf = (rows: readonly CalendarClass[]): string[] => rows.map(({ occurrence }) => occurrence ?? '')

/** At its time, of its length and under its name. */
const isAsRuled = (series: CalendarSeries, { occurrence, startsAt, plannedEndAt, title }: CalendarClass): boolean =>
  occurrence !== null && startsAt === instantOf(occurrence, series.timezone) && title === series.title && plannedEndAt - startsAt === series.durationMin * 60_000

/** A date that is not as the rule says: at another time, of another length or name. */
function exceptionLines(series: CalendarSeries, row: CalendarClass): string[] {
  if (isAsRuled(series, row)) return []
  const of = { uid: series.seriesId, title: row.title, startsAt: row.startsAt, endsAt: row.plannedEndAt }
  return eventLines(series, of, [`RECURRENCE-ID;TZID=${series.timezone}:${compact(row.occurrence ?? '')}`])
}

type Event = { uid: string; title: string; startsAt: number; endsAt: number; wall?: string }

function eventLines(series: CalendarSeries, event: Event, more: readonly string[] = []): string[] {
  const local = (name: string, at: number) => `${name};TZID=${series.timezone}:${compact(wallTimeOf(at, series.timezone))}`
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}@pulseroom`,
    `DTSTAMP:${utc(series.changedAt)}`,
    `LAST-MODIFIED:${utc(series.changedAt)}`,
    // Seconds since it was made: higher after each change, and the same for everybody who asks.
    `SEQUENCE:${Math.max(0, Math.floor((series.changedAt - series.createdAt) / 1_000))}`,
    event.wall === undefined ? local('DTSTART', event.startsAt) : `DTSTART;TZID=${series.timezone}:${compact(event.wall)}`,
    // A length, not an end: it stays true on the night when the clocks change.
    `DURATION:PT${Math.round((event.endsAt - event.startsAt) / 60_000)}M`,
    ...more,
    `SUMMARY:${escapeText(`${event.title} with ${series.hostName}`)}`,
    `DESCRIPTION:${escapeText(`${series.description}\n${series.url}`)}`,
    `LOCATION:${escapeText(series.url)}`,
    `URL:${series.url}`,
    'STATUS:CONFIRMED',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT15M',
    `DESCRIPTION:${escapeText(event.title)}`,
    'END:VALARM',
    'END:VEVENT',
  ]
}

/** The stretch of time in which rows may belong to the rule. */
const spanOf = (recurrence: Recurrence, classes: readonly CalendarClass[]): [number, number] => {
  const ruled = classes.flatMap(({ occurrence }) => (occurrence === null ? [] : [instantOf(occurrence, recurrence.timezone)]))
  return [Math.min(...ruled), Math.max(...ruled) + 1]
}

const compact = (wall: string): string => `${wall.replace(/[-:]/g, '')}00`
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
