import { describe, expect, it } from 'vitest'
import type { Comer } from '@/lib/classes/turnout'
import { digestOf, type Shared } from './digest'
import type { Figure } from '@/lib/physiology/figure'
import type { SummaryFigures } from './summary'

const comer = (name: string, more: Partial<Comer> = {}): Comer => ({
  participantId: `par_${name}`,
  personId: name,
  name,
  guest: true,
  presentSeconds: 1_800,
  firstSecond: 0,
  leftSecondsEarly: 0,
  removed: false,
  paid: false,
  firstTime: false,
  ...more,
})
const not: Figure<never> = { outcome: 'not_computed', needs: [] }
const figures = (countingSeconds: number, gap = 0): SummaryFigures => ({
  workoutSeconds: 1_800,
  measuredSeconds: 1_500,
  gaps: gap > 0 ? [{ fromSecond: 0, seconds: gap }] : [],
  averageBpm: not,
  peakBpm: not,
  zoneSeconds: not,
  countingSeconds: { outcome: 'computed', value: countingSeconds },
  effortPoints: not,
  edwards: not,
  banister: not,
  energyKcal: not,
  recoveryBpm: not,
  effort: { count: 0, average: null },
  curve: [],
  power: null,
  intervals: [],
})
const shares = (of: Record<string, Shared>) => new Map(Object.entries(of))
const misser = (name: string, streak: number) => ({ personId: name, name, guest: true, streak })
const digest = (of: Partial<Parameters<typeof digestOf>[0]>) => digestOf({ came: [comer('Old')], missed: [], shared: new Map(), workoutSeconds: 1_800, ...of })

describe('three names', () => {
  it('one of each kind first, then the next of each, nobody twice, and never more than three', () => {
    const came = [comer('Old'), comer('New', { firstTime: true, leftSecondsEarly: 900 }), comer('Gone', { leftSecondsEarly: 1_200 }), comer('Left', { leftSecondsEarly: 700 })]
    expect(digest({ came, missed: [misser('Ana', 4), misser('Bo', 2)] })).toEqual([
      { personId: 'Ana', name: 'Ana', reason: 'missed', streak: 4 },
      { personId: 'New', name: 'New', reason: 'first_time' },
      { personId: 'Gone', name: 'Gone', reason: 'left_early', seconds: 1_200 },
    ])
    expect(digest({ missed: [misser('Bo', 2), misser('Ana', 4), misser('Cy', 1)] }).map(({ name }) => name)).toEqual(['Ana', 'Bo'])
  })

  it('in a first class nobody is named for being new', () => {
    expect(digest({ came: [comer('A', { firstTime: true }), comer('B', { firstTime: true })] })).toEqual([])
  })

  it('leaving early is ten minutes, or a quarter and two minutes at least', () => {
    const left = (seconds: number, workoutSeconds: number) => digest({ came: [comer('A', { leftSecondsEarly: seconds })], workoutSeconds }).length
    expect([left(600, 5_400), left(599, 5_400), left(300, 1_200), left(299, 1_200), left(119, 400)]).toEqual([1, 0, 1, 0, 0])
    expect(digest({ came: [comer('A', { leftSecondsEarly: 900, removed: true })] }), 'who was removed did not leave').toEqual([])
  })

  it('a change is against their own usual, over three classes or more, and only of what is shared', () => {
    const came = [comer('A')]
    const usual = [0.8, 0.7, 0.75]
    expect(digest({ came, shared: shares({ A: { figures: figures(540), usualShares: usual } }) })).toEqual([
      { personId: 'A', name: 'A', reason: 'changed', countingSeconds: 540, usualSeconds: 1_350 },
    ])
    expect(digest({ came, shared: shares({ A: { figures: figures(1_000), usualShares: usual } }) })).toEqual([])
    expect(digest({ came, shared: shares({ A: { figures: figures(540), usualShares: usual.slice(1) } }) })).toEqual([])
    expect(digest({ came })).toEqual([])
  })

  it('a strap was lost for long from five minutes on end', () => {
    const gap = (seconds: number) => digest({ came: [comer('A')], shared: shares({ A: { figures: figures(1_350, seconds), usualShares: [] } }) })
    expect(gap(300)).toEqual([{ personId: 'A', name: 'A', reason: 'strap_lost', seconds: 300 }])
    expect(gap(299)).toEqual([])
  })
})
