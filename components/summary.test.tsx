import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Comer } from '@/lib/classes/turnout'
import type { ClassAfter } from '@/lib/summaries/class-after'
import type { ClassSummary, MemberSummary } from '@/lib/summaries/class-summary'
import type { Figure } from '@/lib/physiology/figure'
import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import type { SummaryFigures } from '@/lib/summaries/summary'
import { ClassSummaryPage } from './summary-class'
import { SummaryOfMember } from './summary-figures'
import { perMinute } from './summary-plot'
import { plotScale, pointSecond, runs } from './summary-plot-scale'
import { exactTime, headline, labRows, sentences, timeWords, wanted } from './summary-words'
import { NO_SHAPE } from '@/lib/summaries/workout-shape'

afterEach(cleanup)

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }))

const comer = (participantId: string, more: Partial<Comer>): Comer => ({
  ...{ participantId, personId: `per_${participantId}`, name: participantId, guest: true, presentSeconds: 600, firstSecond: 0 },
  ...{ leftSecondsEarly: 0, removed: false, paid: false, firstTime: false },
  ...more,
})
const AFTER: ClassAfter = {
  came: [comer('Maya', {}), comer('Tom', { firstSecond: 360, firstTime: true, paid: true })],
  missed: [{ personId: 'per_ana', name: 'Ana Lind', guest: false, streak: 3 }],
  digest: [{ personId: 'per_ana', name: 'Ana Lind', reason: 'missed', streak: 3 }],
  alike: [],
  billedMessages: 88_246,
}

const value = <T,>(of: T): Figure<T> => ({ outcome: 'computed', value: of })
const FIGURES: SummaryFigures = {
  workoutSeconds: 2_520,
  measuredSeconds: 2_395,
  gaps: [
    { fromSecond: 600, seconds: 95 },
    { fromSecond: 1_200, seconds: 30 },
  ],
  averageBpm: value(141.6),
  peakBpm: value(176),
  zoneSeconds: value([100, 300, 480, 620, 280, 615]),
  countingSeconds: value(1_380),
  effortPoints: value(98.4),
  edwards: value(121.44),
  banister: { outcome: 'not_computed', needs: ['hrrest', 'sex'] },
  energyKcal: { outcome: 'not_computed', needs: ['sex', 'weight'] },
  recoveryBpm: value(28),
  effort: { count: 0, average: null },
  power: null,
  intervals: [],
  curve: [100, 104, null, null, 120, 124, 128, 132],
}
const INPUTS: FigureInputs = {
  ageYears: 52,
  sex: null,
  weightKg: null,
  hrmaxBpm: 172,
  hrmaxSource: 'estimated',
  hrrestBpm: null,
  effortOnly: false,
}
const NOTHING: SummaryFigures = {
  ...FIGURES,
  measuredSeconds: 0,
  gaps: [],
  averageBpm: { outcome: 'not_computed', needs: ['heart_rate'] },
  peakBpm: { outcome: 'not_computed', needs: ['heart_rate'] },
  zoneSeconds: { outcome: 'not_computed', needs: ['heart_rate'] },
  countingSeconds: { outcome: 'not_computed', needs: ['heart_rate'] },
  effortPoints: { outcome: 'not_computed', needs: ['heart_rate'] },
  edwards: { outcome: 'not_computed', needs: ['heart_rate'] },
  banister: { outcome: 'not_computed', needs: ['heart_rate'] },
  energyKcal: { outcome: 'not_computed', needs: ['heart_rate'] },
  recoveryBpm: { outcome: 'not_computed', needs: ['heart_rate'] },
  curve: [],
}

describe('a summary in words', () => {
  it('begins with what counts', () => {
    expect(headline(FIGURES, 600)).toBe('23 min where it counts')
    // Whoever was in zone 5 throughout did not do nothing.
    expect(headline({ ...FIGURES, countingSeconds: { outcome: 'computed', value: 0 } }, 600)).toBe(`${timeWords(FIGURES.measuredSeconds)} with heart rate`)
    expect(headline({ ...FIGURES, countingSeconds: { outcome: 'not_computed', needs: ['age_or_hrmax'] } }, 600)).toBe(
      '40 min with heart rate',
    )
    expect(headline({ ...NOTHING, effort: { count: 4, average: 6.25 } }, 600)).toBe('Effort 6.3 of 10')
    expect(headline(NOTHING, 600)).toBe('You were there: 10 min')
  })

  it('says recovery, average and peak, and the gaps with their length', () => {
    expect(sentences(FIGURES)).toEqual([
      'Your heart rate fell by 28 bpm in the first minute after the end.',
      'On average 142 bpm, at most 176.',
      '2 min 5 s without heart rate, in 2 stretches. That time counts neither for you nor against you.',
    ])
    expect(sentences(NOTHING)).toEqual([])
  })

  it('says what a figure lacks, and asks only for what a person can give', () => {
    const row = (name: string) => labRows(FIGURES).find((one) => one.name === name)
    expect(row('Load (Edwards)')?.value).toBe('121.4')
    expect(row('Load (Banister TRIMP)')).toMatchObject({ value: null, needs: 'needs your resting heart rate, your sex' })
    expect([...wanted(FIGURES)].sort()).toEqual(['hrrest', 'sex', 'weight'])
    expect([...wanted(NOTHING)]).toEqual([])
  })

  it('speaks of time as people do', () => {
    expect([44.6, 59.6, 1_380, 3_600, 3_840].map(timeWords)).toEqual(['45 s', '1 min', '23 min', '1 h', '1 h 4 min'])
    expect([0, 125, 120].map(exactTime)).toEqual(['0 s', '2 min 5 s', '2 min'])
  })
})

describe('the page', () => {
  it('shows each zone with its edge and its time, and where the maximum comes from', () => {
    render(<SummaryOfMember shape={NO_SHAPE} figures={FIGURES} inputs={INPUTS} presentSeconds={2_400} />)
    const zone3 = screen.getAllByRole('listitem').find((item) => item.textContent?.startsWith('Zone 3'))
    expect(zone3?.textContent).toBe('Zone 3from 121 bpm10 min 20 s')
    expect(screen.getByText(/a guess of your maximum, 172 bpm/)).toBeTruthy()
    expect(screen.getByText(/Computed with: age 52, maximum 172 guessed from age\./)).toBeTruthy()
  })

  it('tells the plot as a table too, a gap as "no data"', () => {
    render(<SummaryOfMember shape={NO_SHAPE} figures={FIGURES} inputs={INPUTS} presentSeconds={2_400} />)
    expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual(['MinuteMean bpm', '1102', '2126'])
    expect(perMinute([null, null, null, null, 90])).toEqual([null, 90])
  })

  it('has nothing of a heart where there was none', () => {
    render(<SummaryOfMember shape={NO_SHAPE} figures={NOTHING} inputs={INPUTS} presentSeconds={2_400} />)
    expect(screen.queryByText('Time in zones')).toBeNull()
    expect(screen.queryByText('Laboratory figures')).toBeNull()
    expect(screen.queryByText('Heart rate')).toBeNull()
  })
})

describe('the plot', () => {
  it('draws no line through a gap', () => {
    // A mean is never drawn where it is said that nothing was measured.
    expect([pointSecond(30, 15, []), pointSecond(30, 15, [{ fromSecond: 0, seconds: 40 }]), pointSecond(30, 15, [{ fromSecond: 35, seconds: 60 }])]).toEqual([37.5, 40, 35])
    expect(runs(FIGURES.curve)).toEqual([
      { from: 0, values: [100, 104] },
      { from: 4, values: [120, 124, 128, 132] },
    ])
  })

  it('puts time and bpm where they belong', () => {
    const { x, y, left, right, ticks } = plotScale({ width: 640, height: 256, seconds: 2_400, low: 95, high: 170 })
    expect(x(0)).toBe(left)
    expect(x(2_400)).toBe(right)
    expect(x(1_200)).toBeCloseTo((left + right) / 2, 6)
    expect(y(100)).toBeGreaterThan(y(160))
    expect(ticks).toEqual([80, 100, 120, 140, 160, 180])
  })
})

describe("the trainer's summary", () => {
  const member = (participantId: string, change: Partial<MemberSummary>): MemberSummary => ({
    participantId,
    name: participantId,
    presentSeconds: 2_400,
    shared: 'summary',
    status: 'final',
    figures: FIGURES,
    estimated: false,
    ...change,
  })
  const summary = (change: Partial<ClassSummary>): ClassSummary => ({
    classId: 'cls_1',
    slug: 'vera-hiit',
    title: 'Thursday HIIT',
    startsAt: 0,
    workoutEndedAt: 2_520_000,
    workoutSeconds: 2_520,
    status: 'final',
    members: [
      member('Maya', { estimated: true }),
      member('Tom', { shared: 'no', figures: null, presentSeconds: 630 }),
      member('Jo', { figures: null }),
    ],
    groupCurve: [],
    contributors: 1,
    shape: NO_SHAPE,
    ...change,
  })
  const page = (change: Partial<ClassSummary>) => (
    <ClassSummaryPage
      summary={summary(change)}
      after={AFTER}
      timezone="Europe/Berlin"
      series={{ seriesId: 'ser_1', url: 'https://pulse.example/c/hiit', payUrl: 'https://pay.example/vera', payNote: null }}
    />
  )
  const lineOf = (name: string) => document.querySelector(`[data-member=${name}]`)?.textContent

  it('says who came for how long, and of whoever did not share nothing else', () => {
    render(page({}))
    expect(screen.getByText('3 people came, 1 shared a summary with you.')).toBeTruthy()
    expect(lineOf('Maya')).toBe('MayacamePresent: 40 min · 95 %23 min where it counts (est.) · average 142, peak 176 bpmPaid')
    expect(lineOf('Tom')).toBe('Tom6 min late · first timePresent: 11 min · 25 %Not sharedPaid')
    expect(lineOf('Jo')).toBe('JoPresent: 40 min · 95 %No heart rate, no effortPaid')
    expect(document.querySelector('[data-cost]')?.textContent).toContain('88,246 messages')
  })

  it('names who was missed and whom to write to, with a message that carries no figure of a body', () => {
    render(page({}))
    const [card] = document.querySelectorAll('[data-digest]')
    expect(card?.textContent).toContain('Missed today, after coming 3 times in a row')
    const link = screen.getByRole('link', { name: 'Open WhatsApp with the message for Ana Lind' })
    const message = new URL(link.getAttribute('href') ?? '').searchParams.get('text') ?? ''
    expect(message).toMatch(/^Hi Ana, we missed you in .*: https:\/\/pulse\.example\/c\/hiit$/)
    expect(message).not.toMatch(/bpm|zone|\d+ min/)
    expect(screen.getByText('had come 3 times in a row')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Download the list (CSV)' }).getAttribute('href')).toMatch(/attendance\.csv$/)
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Tom has paid' }).checked).toBe(true)
    expect(screen.getByRole('button', { name: 'Copy pay link' })).toBeTruthy()
  })

  it('has a group curve only where the group has one', () => {
    render(page({ groupCurve: [null, null] }))
    expect(screen.getByText(/at least three people share/)).toBeTruthy()
    cleanup()
    render(page({ groupCurve: [61.2, null, 74.8] }))
    expect(screen.getByText(/Between 61 and 75 % of own maximum\./)).toBeTruthy()
  })
})
