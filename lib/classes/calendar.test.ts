import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { type CalendarClass, type CalendarSeries, calendarFile, escapeText, fold } from './calendar'
import { instantOf, occurrencesBetween, type Recurrence } from './recurrence'

const utc = (text: string) => Date.parse(text)
const seriesIn = (timezone: string, change: Partial<Recurrence> = {}): CalendarSeries => ({
  seriesId: 'ser_1',
  title: 'Thursday HIIT; hard, fast',
  hostName: 'Mara',
  durationMin: 45,
  timezone,
  recurrence: { startsOn: '2026-10-15', localStart: '18:30', rule: 'FREQ=WEEKLY;BYDAY=TH', timezone, ...change },
  url: 'https://pulseroom.example/c/thursday-hiit-7k2q9xya',
  description: 'Strap? Use an Android phone, or a laptop with Chrome or Edge.',
  createdAt: utc('2026-10-01T00:00:00Z'),
  changedAt: utc('2026-10-01T00:02:05Z'),
})
const date = (timezone: string, occurrence: string, change: Partial<CalendarClass> = {}): CalendarClass => {
  const startsAt = instantOf(occurrence, timezone)
  return { classId: `cls_${occurrence}`, occurrence, title: 'Thursday HIIT; hard, fast', startsAt, plannedEndAt: startsAt + 45 * 60_000, cancelled: false, ...change }
}

/** The file as an independent calendar reads it: zones from the file's own VTIMEZONE, rule, exceptions and all. */
function read(file: string, from: string, to: string) {
  const root = new ICAL.Component(ICAL.parse(file) as never)
  ICAL.TimezoneService.reset()
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const events = root.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
  const exceptions = events.filter((event) => event.isRecurrenceException())
  const shown: string[] = []
  for (const event of events) {
    if (event.isRecurrenceException()) continue
    if (!event.isRecurring()) {
      shown.push(`${event.startDate.toJSDate().toISOString().slice(0, 16)} ${event.summary} ${event.uid}`)
      continue
    }
    for (const exception of exceptions) event.relateException(exception)
    const iterator = event.iterator()
    for (let next = iterator.next(); next && next.toJSDate().getTime() < utc(to); next = iterator.next()) {
      const { startDate, item } = event.getOccurrenceDetails(next)
      if (startDate.toJSDate().getTime() >= utc(from)) shown.push(`${startDate.toJSDate().toISOString().slice(0, 16)} ${item.summary}`)
    }
  }
  return { root, events, shown }
}
const NAME = 'Thursday HIIT; hard, fast with Mara'

describe('the calendar file, read back by another calendar', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Africa/Casablanca'])(
    '%s: a year of Thursdays at the same instants as ours',
    (timezone) => {
      const series = seriesIn(timezone)
      const { shown } = read(calendarFile(series, []), '2026-10-15T00:00Z', '2027-11-15T00:00Z')
      const ours = series.recurrence ? occurrencesBetween(series.recurrence, utc('2026-10-15T00:00Z'), utc('2027-11-15T00:00Z')) : []
      expect(ours.length).toBeGreaterThan(55)
      expect(shown).toEqual(ours.map(({ startsAt }) => `${new Date(startsAt).toISOString().slice(0, 16)} ${NAME}`))
    },
  )

  it('leaves out what is cancelled, shows what was moved or renamed, and what stands outside the rule', () => {
    const zone = 'Europe/Berlin'
    const moved = instantOf('2026-10-30T19:00', zone)
    const file = calendarFile(seriesIn(zone), [
      date(zone, '2026-10-15T18:30'),
      date(zone, '2026-10-22T18:30', { cancelled: true }),
      date(zone, '2026-10-29T18:30', { startsAt: moved, plannedEndAt: moved + 30 * 60_000 }),
      date(zone, '2026-11-05T18:30', { title: 'Bring a mat' }),
      date(zone, '2026-10-08T18:00', { classId: 'cls_before' }),
    ])
    const { shown, events } = read(file, '2026-10-01T00:00Z', '2026-11-13T00:00Z')
    expect(shown.sort()).toEqual([
      `2026-10-08T16:00 ${NAME} cls_before@pulseroom`,
      `2026-10-15T16:30 ${NAME}`,
      `2026-10-30T18:00 ${NAME}`,
      '2026-11-05T17:30 Bring a mat with Mara',
      `2026-11-12T17:30 ${NAME}`,
    ])
    expect(events.find((event) => event.isRecurrenceException())?.duration.toSeconds()).toBe(1_800)
  })

  it('keeps the dates of the rule before as one entry that repeats, over a change of the clocks, with what did not take place left out', () => {
    const zone = 'Europe/Berlin'
    const before = ['2026-10-13', '2026-10-15', '2026-10-20', '2026-10-27', '2026-10-29'].map((day) => date(zone, `${day}T18:00`))
    const file = calendarFile(seriesIn(zone, { startsOn: '2026-11-05' }), [
      ...before,
      date(zone, '2026-10-22T18:00', { title: 'Bring a mat', classId: 'cls_mat' }),
      date(zone, '2026-11-05T18:30'),
    ])
    const { shown, events } = read(file, '2026-10-01T00:00Z', '2026-11-13T00:00Z')
    expect(shown.sort()).toEqual([
      `2026-10-13T16:00 ${NAME}`,
      `2026-10-15T16:00 ${NAME}`,
      `2026-10-20T16:00 ${NAME}`,
      '2026-10-22T16:00 Bring a mat with Mara cls_mat@pulseroom',
      `2026-10-27T17:00 ${NAME}`,
      `2026-10-29T17:00 ${NAME}`,
      `2026-11-05T17:30 ${NAME}`,
      `2026-11-12T17:30 ${NAME}`,
    ])
    const repeating = events.filter((event) => event.isRecurring())
    expect(repeating.map(({ uid }) => uid)).toEqual(['ser_1@pulseroom', 'ser_1-1800@pulseroom'])
    // The oldest fall out of the file in time; the entry stays itself.
    const later = read(calendarFile(seriesIn(zone, { startsOn: '2026-11-05' }), before.slice(2)), '2026-10-01T00:00Z', '2026-11-01T00:00Z')
    expect(later.events.map(({ uid }) => uid)).toContain('ser_1-1800@pulseroom')
    expect(later.shown).toHaveLength(3)
  })

  it('carries the link, an alarm a quarter of an hour before, one UID, and a number that grows with each change', () => {
    const { events, root } = read(calendarFile(seriesIn('Europe/Berlin'), []), '2026-10-01T00:00Z', '2026-11-01T00:00Z')
    const [event] = events
    expect(event?.uid).toBe('ser_1@pulseroom')
    expect(event?.sequence).toBe(125)
    expect(event?.component.getFirstPropertyValue('url')).toBe('https://pulseroom.example/c/thursday-hiit-7k2q9xya')
    expect(String(event?.component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger'))).toBe('-PT15M')
    expect(root.getAllSubcomponents('vtimezone')).toHaveLength(1)
  })

  it('ends with its rule, on a local day', () => {
    const { shown } = read(calendarFile(seriesIn('Europe/Berlin', { rule: 'FREQ=WEEKLY;UNTIL=20261029;BYDAY=TH' }), []), '2026-10-01T00:00Z', '2027-01-01T00:00Z')
    expect(shown).toHaveLength(3)
  })

  it('is a valid empty calendar for a series without dates', () => {
    const file = calendarFile({ ...seriesIn('Europe/Berlin'), recurrence: null }, [])
    expect(read(file, '2026-10-01T00:00Z', '2027-01-01T00:00Z').events).toEqual([])
    expect(file).not.toContain('VTIMEZONE')
  })

  it('keeps every line within 75 octets, whatever the words, and ends each with CRLF', () => {
    const title = `Früh 🏃‍♀️ ${'äöü🔥'.repeat(20)}`
    const file = calendarFile({ ...seriesIn('Europe/Berlin'), title }, [])
    const lines = file.split('\r\n')
    expect(lines.at(-1)).toBe('')
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    expect(read(file, '2026-10-01T00:00Z', '2026-10-20T00:00Z').events[0]?.summary).toBe(`${title} with Mara`)
  })
})

it('folds between characters and escapes what has a meaning', () => {
  expect(fold('x'.repeat(75))).toBe(`${'x'.repeat(75)}\r\n`)
  expect(fold('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x\r\n`)
  expect(fold(`${'x'.repeat(74)}é`)).toBe(`${'x'.repeat(74)}\r\n é\r\n`)
  expect(escapeText('a,b;c\\d\r\nBEGIN:VEVENT\u0007')).toBe('a\\,b\\;c\\\\d\\nBEGIN:VEVENT')
})
