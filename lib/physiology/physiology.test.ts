import { describe, expect, it } from 'vitest'
import { energyKcal, keytelKcalPerMinute } from './energy'
import { ageInYears, estimateHrmax, gulatiHrmax, hrmaxOf, tanakaHrmax } from './hrmax'
import { isPlausibleBpm } from './plausible-heart-rate'
import { heartRateRecovery } from './recovery'
import { banister, banisterPerSecond, edwards, effortPoints } from './training-load'
import { percentOfMax, secondsInZones, zoneEdges, zoneOf } from './zones'

/** Minutes 5/10/15/12/3 in zones 1–5 and 2 below: the worked example of the papers' formulas. */
const ZONES = [2, 5, 10, 15, 12, 3].map((minutes) => minutes * 60)
const constant = (bpm: number, seconds: number) => new Array<number>(seconds).fill(bpm)

describe('HRmax', () => {
  it('follows Tanaka and, for women, Gulati', () => {
    expect(tanakaHrmax(40)).toBeCloseTo(180.0, 9)
    expect(gulatiHrmax(40)).toBeCloseTo(170.8, 9)
    expect(estimateHrmax({ ageYears: 40, sex: 'male' })).toBe(180)
    expect(estimateHrmax({ ageYears: 40, sex: null })).toBe(180)
    expect(estimateHrmax({ ageYears: 40, sex: 'female' })).toBe(171)
  })

  it('takes an own figure before a guess, and guesses nothing without an age', () => {
    expect(hrmaxOf({ ownBpm: 191, ageYears: 40, sex: 'male' })).toEqual({ bpm: 191, source: 'own' })
    expect(hrmaxOf({ ownBpm: null, ageYears: 40, sex: 'male' })).toEqual({ bpm: 180, source: 'estimated' })
    expect(hrmaxOf({ ownBpm: null, ageYears: null, sex: 'female' })).toBeNull()
    expect(ageInYears(1986, Date.UTC(2026, 10, 22))).toBe(40)
  })
})

describe('zones', () => {
  it('have the worked edges for 190', () => {
    expect(zoneEdges(190)).toEqual([95, 114, 133, 152, 171])
  })

  it('round an edge up: 181 bpm gives 90.5, so 90 is below and 91 inside', () => {
    expect(zoneEdges(181)).toEqual([91, 109, 127, 145, 163])
    expect(zoneOf(90, 181)).toBe(0)
    expect(zoneOf(91, 181)).toBe(1)
  })

  it('begin at their lower edge and zone 5 never ends', () => {
    expect([94, 95, 113, 114, 132, 133, 151, 152, 170, 171, 230].map((bpm) => zoneOf(bpm, 190))).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  })

  it('never disagree with the percent beside them, for any bpm and maximum', () => {
    for (let hrmax = 120; hrmax <= 230; hrmax++) {
      for (let bpm = 25; bpm <= 250; bpm++) {
        const percent = percentOfMax(bpm, hrmax)
        const byPercent = percent < 50 ? 0 : Math.min(5, Math.floor(percent / 10) - 4)
        if (zoneOf(bpm, hrmax) !== byPercent) expect.fail(`${bpm} of ${hrmax}: ${percent} % but zone ${zoneOf(bpm, hrmax)}`)
      }
    }
    expect(percentOfMax(119, 200)).toBe(59)
    expect(percentOfMax(250, 120)).toBe(150)
  })

  it('count seconds, and a second without a value nowhere', () => {
    expect(secondsInZones([60, null, 95, 114, 133, 152, 171, 200, null], 190)).toEqual([1, 1, 1, 1, 1, 2])
  })
})

describe('training load', () => {
  const man = { hrrestBpm: 60, hrmaxBpm: 190, sex: 'male' } as const
  const woman = { ...man, sex: 'female' } as const

  it('follows Banister: 45 min at 150', () => {
    expect(banister(45, 150, man)).toBeCloseTo(75.3302, 4)
    expect(banister(45, 150, woman)).toBeCloseTo(85.1376, 4)
    expect(banisterPerSecond(constant(150, 45 * 60), man)).toBeCloseTo(75.3302, 4)
  })

  it('is nothing at or below rest, and nothing for a second without a value', () => {
    expect(banisterPerSecond([60, 50, null], man)).toBe(0)
  })

  it('follows Edwards: 5/10/15/12/3 min give 133', () => {
    expect(edwards(ZONES)).toBeCloseTo(133, 9)
  })

  it('caps the red zone in effort points: 5/10/15/12/3 min give 130', () => {
    expect(effortPoints(ZONES)).toBeCloseTo(130, 9)
  })
})

describe('energy', () => {
  const man = { sex: 'male', weightKg: 80, ageYears: 35 } as const
  const woman = { sex: 'female', weightKg: 65, ageYears: 35 } as const

  it('follows Keytel: 150 bpm', () => {
    expect(keytelKcalPerMinute(150, man)).toBeCloseTo(14.938241, 6)
    expect(keytelKcalPerMinute(150, woman)).toBeCloseTo(9.813169, 6)
    expect(energyKcal(constant(150, 45 * 60), 190, man)).toBeCloseTo(672.2208, 4)
    expect(energyKcal(constant(150, 45 * 60), 190, woman)).toBeCloseTo(441.5926, 4)
  })

  it('is never negative and leaves out what is below half of HRmax', () => {
    expect(keytelKcalPerMinute(30, man)).toBe(0)
    expect(energyKcal([94, null], 190, man)).toBe(0)
    expect(energyKcal([95], 190, man)).toBeGreaterThan(0)
  })
})

describe('recovery', () => {
  it('is the value at the end of work minus the one 60 s later: 178 → 149 is 29', () => {
    const held = [...constant(178, 100), ...constant(160, 59), 149]
    expect(heartRateRecovery(held, 99)).toBe(29)
  })

  it('is not computed when either second is empty or was never recorded', () => {
    expect(heartRateRecovery([...constant(178, 100), ...constant(160, 30)], 99)).toBeNull()
    expect(heartRateRecovery([null, ...constant(150, 80)], 0)).toBeNull()
    expect(heartRateRecovery([], -1)).toBeNull()
  })
})

it('tells a heart rate from a broken reading', () => {
  expect([0, 24, 25, 72, 250, 251, 300, 72.5, NaN, Infinity].filter(isPlausibleBpm)).toEqual([25, 72, 250])
})
