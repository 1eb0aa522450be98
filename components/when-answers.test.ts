import { describe, expect, it } from 'vitest'
import { noWhen, scheduleOf, scheduleWords, whenErrors, whenOf } from './when-answers'

const TODAY = '2026-11-22' // a Sunday
const thursdays = { ...noWhen(TODAY), mode: 'weekly', days: ['TH'] } as const

describe('when is it?', () => {
  it('becomes a schedule, and the schedule becomes the same answers', () => {
    for (const when of [
      { ...thursdays },
      { ...thursdays, days: ['TU', 'TH'], interval: 2, until: '2026-12-31' },
      { ...thursdays, monthly: true, date: '2026-11-26' },
      { ...noWhen(TODAY), mode: 'once', date: '2026-11-30', time: '07:00' },
    ] as const) {
      const schedule = scheduleOf(when, TODAY)
      expect(scheduleOf(whenOf(schedule, TODAY), TODAY)).toEqual(schedule)
    }
  })
  it('begins a rhythm that skips weeks in the week of its first date, not in this one', () => {
    expect(scheduleOf({ ...thursdays, interval: 2 }, TODAY)).toEqual({ startsOn: '2026-11-26', localStart: '18:30', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH' })
  })
  it('keeps a rule that it cannot draw as it is', () => {
    expect(whenOf({ startsOn: TODAY, localStart: '07:00', rule: 'FREQ=WEEKLY;COUNT=8;BYDAY=TH' }, TODAY).mode).toBe('own')
    expect(whenOf({ startsOn: TODAY, localStart: '07:00', rule: 'FREQ=MONTHLY;BYMONTHDAY=1' }, TODAY).mode).toBe('own')
  })
  it('says what is missing', () => {
    expect(whenErrors({ ...thursdays, days: [], time: '' })).toEqual({ days: 'Choose at least one day.', localStart: 'Choose a time.' })
    expect(whenErrors(noWhen(TODAY))).toEqual({})
  })
})

it.each([
  ['FREQ=WEEKLY;BYDAY=TH', 'Every Thu, 18:30'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,TH', 'Every Mon, Tue and Thu, 18:30'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', 'Every 2 weeks on Thu, 18:30'],
  ['FREQ=WEEKLY;UNTIL=20261231;BYDAY=TH', 'Every Thu, 18:30 until Thu 31 Dec 2026'],
  ['FREQ=MONTHLY;BYDAY=4TH', 'Every fourth Thu of the month, 18:30'],
  ['FREQ=MONTHLY;BYDAY=-1TH', 'Every last Thu of the month, 18:30'],
  ['FREQ=DAILY', 'Every day, 18:30'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'By its own rule, 18:30'],
  [null, 'Thu 26 Nov 2026, 18:30'],
])('%s is said as "%s"', (rule, words) => expect(scheduleWords({ startsOn: '2026-11-26', localStart: '18:30', rule })).toBe(words))
