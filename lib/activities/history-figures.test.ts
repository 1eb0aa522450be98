import { describe, expect, it } from 'vitest'
import { pulse } from '@/tests/recordings'
import type { ActivityCard } from './activity'
import { activityFigures } from './activity-figures'
import { dailyLoads, dayOf, dayText, lastDayOf, mondayOf, monthBefore, monthGrid, monthOf, monthText, TREND_DAYS, trendsOf, weeksOf } from './history-figures'

const INPUTS = { ageYears: null, sex: null, weightKg: null, hrmaxBpm: 190, hrmaxSource: 'own', hrrestBpm: null, effortOnly: false, thresholdWatts: null } as const
/** Ten minutes at 140 bpm, zone 3 of 190: a load of 30. */
const card = (iso: string, change: Partial<ActivityCard> = {}): ActivityCard => {
  const startedAt = Date.parse(iso)
  const figures = activityFigures(pulse(startedAt, Array.from({ length: 600 }, () => 140)), INPUTS)
  return {
    ...{ activityId: iso, source: 'file', sport: 'running', title: null, startedAt, zoneOffsetMinutes: null, elapsedSeconds: 600, figures },
    ...{ problems: [], duplicateOfId: null, classId: null, ...change },
  }
}
const day = (iso: string) => Date.parse(iso) / 86_400_000

describe('days', () => {
  it('are those of the clock where it was recorded, else of the reader', () => {
    const late = '2026-11-22T23:30:00Z'
    expect(dayText(dayOf(card(late), 'UTC'))).toBe('2026-11-22')
    expect(dayText(dayOf(card(late), 'Europe/Berlin'))).toBe('2026-11-23')
    expect(dayText(dayOf(card(late, { zoneOffsetMinutes: -480 }), 'Europe/Berlin'))).toBe('2026-11-22')
    // In summer Berlin is two hours ahead.
    expect(dayText(dayOf(card('2026-07-01T22:30:00Z'), 'Europe/Berlin'))).toBe('2026-07-02')
  })
  it('make weeks from Monday', () => {
    expect(dayText(mondayOf(day('2026-11-22')))).toBe('2026-11-16')
    expect(dayText(mondayOf(day('2026-11-23')))).toBe('2026-11-23')
    const weeks = weeksOf([card('2026-11-16T08:00:00Z'), card('2026-11-23T08:00:00Z'), card('2026-11-22T08:00:00Z')], 'UTC')
    expect(weeks.map(({ monday, activities, load }) => [dayText(monday), activities.map(({ activityId }) => activityId), Math.round(load)])).toEqual([
      ['2026-11-23', ['2026-11-23T08:00:00Z'], 30],
      ['2026-11-16', ['2026-11-22T08:00:00Z', '2026-11-16T08:00:00Z'], 60],
    ])
  })
  it('make months in whole weeks, and one that nobody wrote is this one', () => {
    expect(monthOf('2026-02', 0)).toEqual({ year: 2026, month: 2 })
    expect(monthText(monthOf('2026-13', day('2026-11-22')))).toBe('2026-11')
    expect(monthText(monthBefore({ year: 2026, month: 1 }))).toBe('2025-12')
    expect(monthText(monthBefore({ year: 2026, month: 12 }, -1))).toBe('2027-01')
    const { firstDay, weeks } = monthGrid({ year: 2026, month: 11 })
    expect([dayText(firstDay), weeks]).toEqual(['2026-10-26', 6])
  })
})

describe('load', () => {
  it('is each day’s sum; a training that two sources recorded counts once', () => {
    const cards = [card('2026-11-20T08:00:00Z'), card('2026-11-20T18:00:00Z'), card('2026-11-20T18:01:00Z', { duplicateOfId: 'x' }), card('2026-11-22T08:00:00Z')]
    expect(dailyLoads(cards, 'UTC', day('2026-11-20'), day('2026-11-22')).map(Math.round)).toEqual([60, 0, 30])
  })
  it('of four weeks, the four before, and fitness and fatigue with their 42 and 7 days', () => {
    const today = day('2026-11-22')
    const trends = trendsOf([card('2026-11-22T08:00:00Z'), card('2026-10-26T08:00:00Z'), card('2026-10-25T08:00:00Z')], 'UTC', today)
    expect(trends.fourWeeks).toMatchObject({ count: 2, seconds: 1200, withoutLoad: 0 })
    expect([trends.fourWeeks.load, trends.fourWeeks.before].map(Math.round)).toEqual([60, 30])
    expect(trends.days).toHaveLength(TREND_DAYS)
    // The last day alone adds 30 · (1 − e^(−1/7)) = 3.994 to fatigue.
    const [before, last] = trends.days.slice(-2)
    expect((last?.fatigue ?? 0) - (before?.fatigue ?? 0) * Math.exp(-1 / 7)).toBeCloseTo(3.994, 3)
  })
  it('counts an activity at 23:50 by its own date: past the reader’s midnight, and before it', () => {
    const today = day('2026-11-22')
    // Ten to midnight for a reader in UTC is 0:50 of the next day in Berlin, where it was recorded.
    const east = card('2026-11-22T23:50:00Z', { zoneOffsetMinutes: 60 })
    expect([dayText(dayOf(east, 'UTC')), lastDayOf([east], 'UTC', today) - today]).toEqual(['2026-11-23', 1])
    const { fromDay, days, fourWeeks } = trendsOf([east], 'UTC', lastDayOf([east], 'UTC', today))
    expect([fourWeeks.count, Math.round(fourWeeks.load), Math.round(days.at(-1)?.load ?? 0), dayText(fromDay + days.length - 1)]).toEqual([1, 30, 30, '2026-11-23'])
    // Ten to midnight in Honolulu is the reader's next morning: the last day before the four weeks, not their first.
    const west = card('2026-10-26T09:50:00Z', { zoneOffsetMinutes: -600 })
    expect(trendsOf([west], 'UTC', lastDayOf([west], 'UTC', today)).fourWeeks).toMatchObject({ count: 0, load: 0 })
    expect(Math.round(trendsOf([west], 'UTC', today).fourWeeks.before)).toBe(30)
    // A clock that is wrong by a year.
    expect(lastDayOf([card('2027-11-22T12:00:00Z')], 'UTC', today)).toBe(today)
  })
})
