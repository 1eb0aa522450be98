import { render, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ActivityCard } from '@/lib/activities/activity'
import { activityFigures } from '@/lib/activities/activity-figures'
import { pulse } from '@/tests/recordings'
import { HistoryOverview } from './history-overview'
import { historyStrings as words } from './strings-history'

const INPUTS = { ageYears: null, sex: null, weightKg: null, hrmaxBpm: 190, hrmaxSource: 'own', hrrestBpm: null, effortOnly: false, thresholdWatts: null } as const
const day = (iso: string) => Date.parse(iso) / 86_400_000

describe('a history around midnight', () => {
  it('shows an activity that is of tomorrow where it was recorded in every part alike', () => {
    const startedAt = Date.parse('2026-11-30T23:50:00Z')
    const figures = activityFigures(pulse(startedAt, Array.from({ length: 600 }, () => 140)), INPUTS)
    const activity: ActivityCard = {
      ...{ activityId: 'act_1', source: 'file', sport: 'running', title: 'Night run', startedAt, zoneOffsetMinutes: 60, elapsedSeconds: 600, figures },
      ...{ problems: [], duplicateOfId: null, classId: null },
    }
    const about = { activities: [activity], today: day('2026-11-30'), timezone: 'UTC', units: 'metric', base: '/history', nothing: 'Nothing.' } as const
    const { rerender } = render(<HistoryOverview {...about} month={{ year: 2026, month: 11 }} />)
    expect(within(screen.getByText(words.trends.count).parentElement ?? document.body).getByText('1')).toBeDefined()
    // November has nothing of it, and leads on to the month that has, though the reader's own has not begun.
    expect(screen.queryByText('Night run')).toBeNull()
    expect(screen.getByRole('link', { name: words.month.later }).getAttribute('href')).toBe('/history?month=2026-12')
    rerender(<HistoryOverview {...about} month={{ year: 2026, month: 12 }} />)
    expect(screen.getByText('Night run')).toBeDefined()
    expect(screen.getByRole('link', { name: words.month.day('2026-12-01', 1) })).toBeDefined()
    expect(screen.queryByRole('link', { name: words.month.later })).toBeNull()
  })
})
