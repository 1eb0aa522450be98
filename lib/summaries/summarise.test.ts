import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFit } from '@/lib/formats/fit'
import { heartRateSamples } from '@/lib/formats/recording'
import { type Figure } from '@/lib/physiology/figure'
import { type FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { SummaryFigures } from './summary'
import { summarise, type SummaryRun } from './summarise'

const T0 = 1_800_000_000_000
const MAN: FigureInputs = { ageYears: 35, sex: 'male', weightKg: 80, hrmaxBpm: 190, hrmaxSource: 'own', hrrestBpm: 60, effortOnly: false }
const NOTHING_KNOWN: FigureInputs = {
  ageYears: null,
  sex: null,
  weightKg: null,
  hrmaxBpm: null,
  hrmaxSource: 'none',
  hrrestBpm: null,
  effortOnly: false,
}

const strap = (bpm: Array<number | null>, startedAtMs = T0): SummaryRun => ({ rank: 0, createdOrder: 0, startedAtMs, bpm, effort: [] })
const constant = (bpm: number, seconds: number) => new Array<number>(seconds).fill(bpm)
const workout = (seconds: number, runs: SummaryRun[], inputs = MAN) =>
  summarise({ startedAtMs: T0, workoutEndedAtMs: T0 + seconds * 1000, runs, inputs })

function value<T>(figure: Figure<T>): T {
  if (figure.outcome !== 'computed') throw new Error(`needs ${figure.needs.join()}`)
  return figure.value
}
const needs = <T>(figure: Figure<T>) => (figure.outcome === 'computed' ? null : figure.needs)

describe('a real run, as its recorder wrote it', () => {
  const file = readFit(readFileSync(new URL('../../tests/fixtures/garmin-fenix2-run.fit', import.meta.url)))
  const slots = new Array<number | null>(2834).fill(null)
  if (file.outcome === 'read') for (const { second, bpm } of heartRateSamples(file.recording)) slots[second] = bpm
  const figures = workout(2833, [strap(slots, T0 + 400)])
  /** Within 1e-3 of the oracle, an independent script that read the file itself. */
  const near = (oracle: number) => ({
    asymmetricMatch: (actual: unknown) => typeof actual === 'number' && Math.abs(actual - oracle) <= oracle * 1e-3,
  })

  it('equals the file oracle', () => {
    expect(figures).toMatchObject({ workoutSeconds: 2833, measuredSeconds: near(2832), gaps: [] })
    expect(value(figures.averageBpm)).toEqual(near(153.927))
    expect(value(figures.peakBpm)).toBe(178)
    expect(value(figures.edwards)).toEqual(near(172.65))
    expect(value(figures.effortPoints)).toEqual(near(160.983))
    expect(value(figures.banister)).toEqual(near(95.043))
    expect(value(figures.energyKcal)).toEqual(near(733.04))
    expect(value(figures.countingSeconds)).toBe(313 + 696 + 1011)
  })

  it('differs from it in one second: the file’s record without a heart rate is a gap there, and held from the second before here', () => {
    expect(value(figures.zoneSeconds)).toEqual([11, 101 + 1, 313, 696, 1011, 700])
  })

  it('draws the same run as a curve of fifteen seconds', () => {
    expect(figures.curve).toHaveLength(Math.ceil(2833 / 15))
    const average = figures.curve.reduce<number>((sum, bpm) => sum + (bpm ?? 0), 0) / figures.curve.length
    expect(average).toBeGreaterThan(152)
    expect(average).toBeLessThan(155)
  })
})

describe('gaps', () => {
  it('score nothing and are shown with their length', () => {
    const figures = workout(60, [strap([...constant(150, 20), ...new Array<null>(20).fill(null), ...constant(150, 20)])])
    expect(figures.gaps).toEqual([{ fromSecond: 29, seconds: 11 }])
    expect(figures.measuredSeconds).toBe(49)
    expect(value(figures.zoneSeconds)).toEqual([0, 0, 0, 49, 0, 0])
    expect(value(figures.effortPoints)).toBeCloseTo(2.45, 9)
    expect(figures.curve).toEqual([150, 150, 150, 150])
    expect(workout(45, [strap(constant(150, 5))]).curve).toEqual([150, null, null])
  })

  it('are the time before a late member and after one who left', () => {
    const { gaps } = workout(100, [strap(constant(150, 30), T0 + 40_000)])
    expect(gaps).toEqual([{ fromSecond: 0, seconds: 40 }, { fromSecond: 79, seconds: 21 }])
  })
})

describe('what lacks inputs', () => {
  const figures = workout(120, [strap(constant(150, 200))], NOTHING_KNOWN)

  it('says what it needs; the heart rate itself needs nothing', () => {
    expect(value(figures.averageBpm)).toBe(150)
    expect(value(figures.peakBpm)).toBe(150)
    expect(value(figures.recoveryBpm)).toBe(0)
    expect(needs(figures.zoneSeconds)).toEqual(['age_or_hrmax'])
    expect(needs(figures.countingSeconds)).toEqual(['age_or_hrmax'])
    expect(needs(figures.effortPoints)).toEqual(['age_or_hrmax'])
    expect(needs(figures.edwards)).toEqual(['age_or_hrmax'])
    expect(needs(figures.banister)).toEqual(['age_or_hrmax', 'hrrest', 'sex'])
    expect(needs(figures.energyKcal)).toEqual(['sex', 'weight', 'age'])
  })

  it('is computed when they come', () => {
    const own = workout(120, [strap(constant(150, 200))], { ...NOTHING_KNOWN, hrmaxBpm: 190, hrmaxSource: 'own' })
    expect(value(own.zoneSeconds)).toEqual([0, 0, 0, 120, 0, 0])
    expect(needs(own.banister)).toEqual(['hrrest', 'sex'])
    expect(needs(own.energyKcal)).toEqual(['sex', 'weight', 'age'])
    expect(value(workout(2700, [strap(constant(150, 2700))]).banister)).toBeCloseTo(75.3302, 4)
    expect(value(workout(2700, [strap(constant(150, 2700))]).energyKcal)).toBeCloseTo(672.2208, 4)
  })

  it('does not divide by a resting rate that is no resting rate', () => {
    expect(needs(workout(60, [strap(constant(150, 60))], { ...MAN, hrrestBpm: 190 }).banister)).toEqual(['hrrest'])
  })

  it('for somebody without a heart rate is that', () => {
    const empty = workout(60, [], MAN)
    expect(empty.gaps).toEqual([{ fromSecond: 0, seconds: 60 }])
    for (const figure of [empty.averageBpm, empty.peakBpm, empty.zoneSeconds, empty.banister, empty.energyKcal, empty.recoveryBpm]) {
      expect(needs<unknown>(figure)).toEqual(['heart_rate'])
    }
  })
})

describe('somebody who trains by effort', () => {
  const effort = [...new Array<null>(10).fill(null), 6, ...new Array<null>(30).fill(null), 8, ...new Array<null>(80).fill(null), 10]
  const figures = workout(
    60,
    [strap(constant(150, 60)), { rank: 9, createdOrder: 1, startedAtMs: T0, bpm: [], effort }],
    { ...MAN, effortOnly: true },
  )

  it('gets no zone, point, load or energy, and is asked for nothing', () => {
    const { zoneSeconds, countingSeconds, effortPoints, edwards, banister, energyKcal } = figures
    for (const figure of [zoneSeconds, countingSeconds, effortPoints, edwards, banister, energyKcal]) {
      expect(needs<unknown>(figure)).toEqual([])
    }
    expect(value(figures.averageBpm)).toBe(150)
  })

  it('gets the efforts said during the workout', () => {
    expect(figures.effort).toEqual({ count: 2, average: 7 })
    expect(workout(60, []).effort).toEqual({ count: 0, average: null })
  })
})

describe('recovery', () => {
  it('is read in the minute after the workout', () => {
    const figures = workout(100, [strap([...constant(178, 100), ...constant(165, 59), 149, 140])])
    expect(value(figures.recoveryBpm)).toBe(29)
    expect(value(figures.peakBpm)).toBe(178)
  })

  it('is not computed without that minute', () => {
    expect(needs(workout(100, [strap(constant(178, 130))]).recoveryBpm)).toEqual(['recovery_minute'])
  })
})

describe('a bike beside the heart', () => {
  const bike = (watts: Array<number | null>, cadence: Array<number | null>): SummaryRun => ({ rank: 10, createdOrder: 5, startedAtMs: T0, bpm: [], effort: [], watts, cadence })

  it('has average and weighted power, work and cadence; standing still counts for power and not for cadence', () => {
    // Five minutes at 300 W and five at 0 W: a 30 s mean that is 300, falls in 30 steps, and is 0. By hand: 571 means.
    const watts = [...constant(300, 300), ...constant(0, 300)]
    const fourth = 271 * 300 ** 4 + Array.from({ length: 29 }, (_, i) => (300 * (29 - i)) / 30).reduce((sum, mean) => sum + mean ** 4, 0)
    const figures = workout(600, [strap(constant(150, 600)), bike(watts, [...constant(90, 300), ...constant(0, 300)])])
    expect(figures.power).toMatchObject({ measuredSeconds: 600, averageWatts: 150, workKj: 90, averageCadence: 90 })
    expect(figures.power?.weightedWatts).toBeCloseTo((fourth / 571) ** 0.25, 9)
    expect(value(figures.averageBpm)).toBe(150)
  })

  it('is held for ten seconds where it says nothing, and counts within the workout only', () => {
    const figures = workout(60, [bike([...constant(100, 20), ...new Array<null>(30).fill(null), ...constant(400, 30)], [])])
    // 20 s at 100 W, of which the last counts for ten: 29 s; then 10 s at 400 W.
    expect(figures.power).toMatchObject({ measuredSeconds: 39, averageWatts: 6_900 / 39, workKj: 6.9, averageCadence: null })
    expect(figures.measuredSeconds).toBe(0)
  })

  it('nobody who has none is told of it', () => {
    expect(workout(60, [strap(constant(150, 60))]).power).toBeNull()
    expect(workout(60, [bike([], constant(80, 60))]).power).toEqual({ measuredSeconds: 60, averageWatts: null, weightedWatts: null, workKj: null, averageCadence: 80 })
  })
})

it('of a class that ended before it began is empty, not an error', () => {
  const figures = SummaryFigures.parse(workout(-5, [strap(constant(150, 60))]))
  expect(figures).toMatchObject({ workoutSeconds: 0, measuredSeconds: 0, gaps: [], curve: [] })
})

describe('any runs', () => {
  const slots = fc.array(fc.option(fc.integer({ min: 25, max: 250 }), { freq: 2 }), { maxLength: 200 })
  const anyRun = fc.record({ rank: fc.integer({ min: 0, max: 2 }), offsetMs: fc.integer({ min: -60_000, max: 120_000 }), bpm: slots })
  const anyRuns = fc
    .array(anyRun, { maxLength: 4 })
    .map((runs) => runs.map(({ rank, offsetMs, bpm }, createdOrder) => ({ ...strap(bpm, T0 + offsetMs), rank, createdOrder })))

  it('give figures that fit the contract; zones and gaps together are the workout', () => {
    fc.assert(
      fc.property(anyRuns, fc.integer({ min: 0, max: 300 }), (runs, seconds) => {
        const figures = SummaryFigures.parse(workout(seconds, runs))
        const lost = figures.gaps.reduce((sum, gap) => sum + gap.seconds, 0)
        expect(figures.measuredSeconds + lost).toBe(seconds)
        if (figures.measuredSeconds === 0) return
        expect(value(figures.zoneSeconds).reduce((sum, inZone) => sum + inZone, 0)).toBe(figures.measuredSeconds)
        expect(value(figures.averageBpm)).toBeLessThanOrEqual(value(figures.peakBpm))
        expect(value(figures.effortPoints)).toBeLessThanOrEqual(value(figures.edwards))
      }),
    )
  })

  it('give the same figures in any order', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        expect(workout(200, [...runs].reverse())).toEqual(workout(200, runs))
      }),
    )
  })

  it('give the same figures wherever a run was cut in two', () => {
    fc.assert(
      fc.property(slots, fc.nat(200), (bpm, cut) => {
        const first = { ...strap(bpm.slice(0, cut)), createdOrder: 1 }
        const second = { ...strap(bpm.slice(cut), T0 + cut * 1000), createdOrder: 2 }
        expect(workout(200, [second, first])).toEqual(workout(200, [strap(bpm)]))
      }),
    )
  })
})
