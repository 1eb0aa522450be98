import { describe, expect, it } from 'vitest'
import { endRule, instantOf, nextOccurrence, occurrencesBetween, pairOccurrences, type Recurrence, restOfRule, ruleInUtc, wallTimeOf } from './recurrence'
import { monthlyRule, parseRule, RuleText, weekdayOf, weeklyRule } from './rule'

const utc = (text: string) => Date.parse(text)
const starts = (series: Recurrence, from: string, to: string) =>
  occurrencesBetween(series, utc(from), utc(to)).map(({ occurrence, startsAt }) => `${occurrence} = ${new Date(startsAt).toISOString().slice(0, 16)}Z`)
const thursdays = (timezone: string, startsOn: string): Recurrence => ({ startsOn, localStart: '18:30', rule: 'FREQ=WEEKLY;BYDAY=TH', timezone })

describe('18:30 stays 18:30 when the clocks change', () => {
  it('Berlin: back on 25 Oct 2026, forward on 28 Mar 2027', () => {
    expect(starts(thursdays('Europe/Berlin', '2026-10-15'), '2026-10-20T00:00Z', '2026-11-06T00:00Z')).toEqual([
      '2026-10-22T18:30 = 2026-10-22T16:30Z',
      '2026-10-29T18:30 = 2026-10-29T17:30Z',
      '2026-11-05T18:30 = 2026-11-05T17:30Z',
    ])
    expect(starts(thursdays('Europe/Berlin', '2026-10-15'), '2027-03-24T00:00Z', '2027-04-02T00:00Z')).toEqual([
      '2027-03-25T18:30 = 2027-03-25T17:30Z',
      '2027-04-01T18:30 = 2027-04-01T16:30Z',
    ])
  })
  it('New York: back on 1 Nov 2026, a week after Berlin', () => {
    expect(starts(thursdays('America/New_York', '2026-10-15'), '2026-10-28T00:00Z', '2026-11-06T00:00Z')).toEqual([
      '2026-10-29T18:30 = 2026-10-29T22:30Z',
      '2026-11-05T18:30 = 2026-11-05T23:30Z',
    ])
  })
  it('Sydney: forward on 4 Oct 2026, while the north still has summer', () => {
    expect(starts(thursdays('Australia/Sydney', '2026-09-03'), '2026-09-30T00:00Z', '2026-10-09T00:00Z')).toEqual([
      '2026-10-01T18:30 = 2026-10-01T08:30Z',
      '2026-10-08T18:30 = 2026-10-08T07:30Z',
    ])
  })
  it('Kolkata never changes and is half an hour off; Lord Howe changes by half an hour', () => {
    expect(starts(thursdays('Asia/Kolkata', '2026-10-15'), '2026-10-20T00:00Z', '2026-10-31T00:00Z')).toEqual([
      '2026-10-22T18:30 = 2026-10-22T13:00Z',
      '2026-10-29T18:30 = 2026-10-29T13:00Z',
    ])
    expect(starts(thursdays('Australia/Lord_Howe', '2026-09-03'), '2026-09-30T00:00Z', '2026-10-09T00:00Z')).toEqual([
      '2026-10-01T18:30 = 2026-10-01T08:00Z',
      '2026-10-08T18:30 = 2026-10-08T07:30Z',
    ])
  })
  it('a time that does not exist moves forward by the gap; one that comes twice is the first', () => {
    const night = (startsOn: string, timezone: string): Recurrence => ({ startsOn, localStart: '02:30', rule: 'FREQ=DAILY', timezone })
    expect(starts(night('2027-03-27', 'Europe/Berlin'), '2027-03-27T00:00Z', '2027-03-30T00:00Z')).toEqual([
      '2027-03-27T02:30 = 2027-03-27T01:30Z',
      '2027-03-28T02:30 = 2027-03-28T01:30Z', // 03:30 in summer time
      '2027-03-29T02:30 = 2027-03-29T00:30Z',
    ])
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe(utc('2026-10-25T00:30Z'))
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe(utc('2026-11-01T05:30Z'))
    expect(wallTimeOf(utc('2026-10-25T00:30Z'), 'Europe/Berlin')).toBe('2026-10-25T02:30')
  })
})

describe('rules', () => {
  const dates = (rule: string, startsOn = '2026-11-26', until = '2027-03-01T00:00Z') =>
    occurrencesBetween({ startsOn, localStart: '18:30', rule, timezone: 'Europe/Berlin' }, utc('2026-11-01T00:00Z'), utc(until)).map(({ occurrence }) => occurrence.slice(0, 10))

  it('every second week on two days', () => {
    expect(dates('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', '2026-11-24', '2026-12-24T00:00Z')).toEqual(['2026-11-24', '2026-11-26', '2026-12-08', '2026-12-10', '2026-12-22'])
  })
  it('ends on a local day, included, or after a count', () => {
    expect(dates('FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210')).toEqual(['2026-11-26', '2026-12-03', '2026-12-10'])
    expect(dates('FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T173000Z')).toEqual(['2026-11-26', '2026-12-03', '2026-12-10'])
    expect(dates('FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T172959Z')).toEqual(['2026-11-26', '2026-12-03'])
    expect(dates('FREQ=WEEKLY;BYDAY=TH;COUNT=2')).toEqual(['2026-11-26', '2026-12-03'])
  })
  it('counts from the first date, also in a window that begins later', () => {
    const series: Recurrence = { ...thursdays('Europe/Berlin', '2026-11-26'), rule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=3' }
    expect(occurrencesBetween(series, utc('2026-12-09T00:00Z'), utc('2027-12-09T00:00Z')).map(({ occurrence }) => occurrence)).toEqual(['2026-12-10T18:30'])
  })
  it('in the month: the second Thursday, the last Friday, the last working day', () => {
    expect(dates('FREQ=MONTHLY;BYDAY=2TH', '2026-12-10')).toEqual(['2026-12-10', '2027-01-14', '2027-02-11'])
    expect(dates('FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27')).toEqual(['2026-11-27', '2026-12-25', '2027-01-29', '2027-02-26'])
    expect(dates('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-30', '2027-01-05T00:00Z')).toEqual(['2026-11-30', '2026-12-31'])
  })
  it('without a rule there is one date', () => {
    const once: Recurrence = { startsOn: '2026-11-26', localStart: '18:30', rule: null, timezone: 'Europe/Berlin' }
    expect(nextOccurrence(once, utc('2026-11-01T00:00Z'))).toEqual({ occurrence: '2026-11-26T18:30', startsAt: utc('2026-11-26T17:30Z') })
    expect(nextOccurrence(once, utc('2026-11-26T17:31Z'))).toBeUndefined()
  })
  it('finds a date that is years away, and none where there is none', () => {
    const at = (rule: string) => nextOccurrence({ startsOn: '2026-11-26', localStart: '07:00', rule, timezone: 'UTC' }, utc('2026-11-26T12:00Z'))?.occurrence
    expect(at('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29')).toBe('2028-02-29T07:00')
    expect(at('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31')).toBeUndefined()
  })
  it.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY;INTERVAL=30',
    'FREQ=HOURLY',
    'FREQ=YEARLY',
    'FREQ=WEEKLY;BYHOUR=6,18',
    'FREQ=WEEKLY;BYDAY=2TH',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;COUNT=3;UNTIL=20261231',
    'FREQ=WEEKLY;COUNT=0',
    'FREQ=WEEKLY;INTERVAL=0',
    'FREQ=WEEKLY;UNTIL=20261331',
    'FREQ=WEEKLY;FREQ=DAILY',
    'FREQ=MONTHLY;BYSETPOS=1',
    'BYDAY=TH',
    '',
    'FREQ=WEEKLY\nX-EVIL:1',
  ])('refuses %j', (rule) => expect(parseRule(rule)).toBeNull())
  it('writes one text for equal rules, and builds the usual ones', () => {
    expect(RuleText.parse('rrule:byday=th;interval=1;freq=weekly')).toBe('FREQ=WEEKLY;BYDAY=TH')
    expect(weeklyRule({ days: ['TH', 'MO'], interval: 2, until: '2026-12-31' })).toBe('FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231;BYDAY=MO,TH')
    expect(monthlyRule({ date: '2026-11-26' })).toBe('FREQ=MONTHLY;BYDAY=4TH')
    expect(monthlyRule({ date: '2026-10-29' })).toBe('FREQ=MONTHLY;BYDAY=-1TH')
    expect(weekdayOf('2026-11-26')).toBe('TH')
  })
})

describe('when a rule changes', () => {
  it('ends where the trainer says: COUNT gives way', () => {
    expect(endRule('FREQ=WEEKLY;COUNT=9;BYDAY=TH', utc('2026-11-26T12:00:00Z'))).toBe('FREQ=WEEKLY;UNTIL=20261126T120000Z;BYDAY=TH')
    expect(restOfRule('FREQ=WEEKLY;COUNT=9;BYDAY=TH', 4)).toBe('FREQ=WEEKLY;COUNT=5;BYDAY=TH')
    expect(restOfRule('FREQ=WEEKLY;BYDAY=TH', 4)).toBe('FREQ=WEEKLY;BYDAY=TH')
  })
  it('says a local last day in UTC', () => {
    expect(ruleInUtc({ ...thursdays('Europe/Berlin', '2026-11-26'), rule: 'FREQ=WEEKLY;UNTIL=20261210;BYDAY=TH' })).toBe('FREQ=WEEKLY;UNTIL=20261210T225959Z;BYDAY=TH')
  })
  it('pairs each date with its successor: the same day, else the same week, else none', () => {
    const old = ['2026-11-24T18:30', '2026-11-26T18:30', '2026-12-01T18:30', '2026-12-03T18:30']
    expect([...pairOccurrences(old, ['2026-11-26T19:00', '2026-11-27T19:00', '2026-12-02T19:00'])]).toEqual([
      ['2026-11-24T18:30', '2026-11-27T19:00'],
      ['2026-11-26T18:30', '2026-11-26T19:00'],
      ['2026-12-01T18:30', '2026-12-02T19:00'],
      ['2026-12-03T18:30', null],
    ])
  })
})
