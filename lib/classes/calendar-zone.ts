import { Temporal } from 'temporal-polyfill'

/**
 * A VTIMEZONE (RFC 5545 3.6.5) for an IANA zone, as content lines: the offset at `from` (UTC ms) and every change in the years after it.
 * Changes that come back each year on the same weekday of the same month are one component with a yearly rule, so that the file stays
 * right for as long as the rule of the country does.
 */
export function timezoneLines(timezone: string, from: number): string[] {
  const changes = changesAfter(timezone, from)
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone)
  const first = component({ at: '19700101T000000', before: start.offset, after: start.offset, name: 'STANDARD', rule: null })
  const lines = changes.length === 0 ? first : yearly(changes) ?? [...first, ...changes.flatMap((change) => component({ ...change, rule: null }))]
  return ['BEGIN:VTIMEZONE', `TZID:${timezone}`, ...lines, 'END:VTIMEZONE']
}

type Change = { at: string; before: string; after: string; name: 'STANDARD' | 'DAYLIGHT'; pattern: string }
const YEARS = 6

function changesAfter(timezone: string, from: number): Change[] {
  const found: Change[] = []
  const end = from + YEARS * 366 * 86_400_000
  // From a year before, so that the first date already has its change behind it.
  let at = Temporal.Instant.fromEpochMilliseconds(from - 366 * 86_400_000).toZonedDateTimeISO(timezone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds > end) return found
    const before = next.subtract({ nanoseconds: 1 })
    // DTSTART of a change is on the wall clock before it.
    const wall = next.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime()
    if (before.offset !== next.offset) {
      found.push({
        at: wall.toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''),
        before: before.offset,
        after: next.offset,
        name: next.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD',
        pattern: patternOf(wall),
      })
    }
    at = next
  }
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
/** "The last Sunday of March" or "the second Sunday of March", with the time of day. */
function patternOf(wall: Temporal.PlainDateTime): string {
  const last = wall.day + 7 > wall.daysInMonth
  return `BYMONTH=${wall.month};BYDAY=${last ? -1 : Math.ceil(wall.day / 7)}${DAYS[wall.dayOfWeek - 1]}@${wall.toPlainTime().toString()}`
}

/** The two yearly rules, when every change follows one of them. */
function yearly(changes: readonly Change[]): string[] | null {
  const kinds = (['STANDARD', 'DAYLIGHT'] as const).map((name) => changes.filter((change) => change.name === name))
  if (!kinds.every((kind) => kind.length >= YEARS && new Set(kind.map(({ pattern, after }) => pattern + after)).size === 1)) return null
  return kinds.flatMap(([first]) => (first ? component({ ...first, rule: `FREQ=YEARLY;${first.pattern.split('@')[0]}` }) : []))
}

function component(of: { at: string; before: string; after: string; name: 'STANDARD' | 'DAYLIGHT'; rule: string | null }): string[] {
  const offset = (text: string) => text.replaceAll(':', '')
  return [
    `BEGIN:${of.name}`,
    `DTSTART:${of.at}`,
    `TZOFFSETFROM:${offset(of.before)}`,
    `TZOFFSETTO:${offset(of.after)}`,
    ...(of.rule === null ? [] : [`RRULE:${of.rule}`]),
    `END:${of.name}`,
  ]
}
