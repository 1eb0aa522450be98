import { describe, expect, it } from 'vitest'
import { NOTHING_SAID } from '@/lib/formats/recording'
import { pulse, readFixture } from '@/tests/recordings'
import type { ActivityInputs } from './activity'
import { activityFigures, movingSeconds } from './activity-figures'
import { ascentOf, trackMetres } from './track'

const T0 = Date.UTC(2026, 10, 22, 18)
const MAN: ActivityInputs = { ageYears: 35, sex: 'male', weightKg: 80, hrmaxBpm: 190, hrmaxSource: 'own', hrrestBpm: 60, effortOnly: false, thresholdWatts: 250 }
const NOBODY: ActivityInputs = { ageYears: null, sex: null, weightKg: null, hrmaxBpm: null, hrmaxSource: 'none', hrrestBpm: null, effortOnly: false, thresholdWatts: null }
const computed = (value: unknown) => ({ outcome: 'computed', value })
const valueOf = (figure: { outcome: string; value?: unknown }) => (typeof figure.value === 'number' ? figure.value : NaN)

describe('figures of real files', () => {
  it('a run on a fēnix 2: zones, loads and energy of an independent script', async () => {
    const figures = activityFigures(await readFixture('garmin-fenix2-run.fit'), MAN)
    expect(figures.measuredSeconds).toBe(2832)
    expect(figures.zoneSeconds).toEqual(computed([11, 101, 313, 696, 1011, 700]))
    expect(valueOf(figures.averageBpm)).toBeCloseTo(153.927, 3)
    expect(figures.peakBpm).toEqual(computed(178))
    expect(valueOf(figures.edwards)).toBeCloseTo(172.65, 3)
    expect(valueOf(figures.effortPoints)).toBeCloseTo(160.983, 3)
    expect(valueOf(figures.banister)).toBeCloseTo(95.043, 3)
    expect(valueOf(figures.energyKcal)).toBeCloseTo(732.303, 3) // 733.04 with the seconds below zone 1, for which the formula was not made
    expect(figures).toMatchObject({ distanceM: 9008.22, ascentM: 64, timerSeconds: 2832, averageWatts: null, powerZoneSeconds: null, rmssd: null })
    // A warm-up that got faster and then slowed down: more beats a metre in the second half.
    expect(figures.driftPercent).toBeCloseTo(21.97, 2)
  })

  it('a ride on an Edge 810: the device itself says 301 W', async () => {
    const figures = activityFigures(await readFixture('garmin-edge810-ride-power.fit'), MAN)
    expect(figures.weightedWatts).toBeCloseTo(301.05, 2)
    expect(figures.averageWatts).toBeCloseTo(275.49, 2)
    expect(figures.workKj).toBeCloseTo(1294.783, 3)
    expect(figures.peakWatts).toBe(619)
    // 4700.05 s · 301.05 · (301.05 / 250) / (250 · 3600) · 100
    expect(valueOf(figures.powerLoad ?? { outcome: '' })).toBeCloseTo(189.32, 1)
    expect(figures.powerZoneSeconds?.outcome === 'computed' && figures.powerZoneSeconds.value.reduce((sum, seconds) => sum + seconds)).toBe(4700)
  })

  it('a ride with 55 pauses: power stands still in them', async () => {
    const figures = activityFigures(await readFixture('wahoo-elemnt-ride-power.fit'), MAN)
    expect(figures.timerSeconds).toBe(13471)
    // The device says 157, and its own record 153.65 when every gap is closed.
    expect(figures.weightedWatts).toBeCloseTo(153.3, 0)
    expect(figures.workKj).toBeCloseTo(1369.714, 3)
  })
})

it('five thousand pauses that lie over each other cost no more than one', () => {
  const days = 10 * 86_400
  const ride = pulse(T0, Array.from({ length: 60 }, () => 120))
  const watts = ride.streams.second.map(() => 100)
  const pauses = Array.from({ length: 5_000 }, (_, at) => ({ startSecond: (at * 7) % 20, seconds: days - 40 }))
  const recording = { ...ride, pauses, streams: { ...ride.streams, second: [...ride.streams.second.slice(0, -1), days], watts } }
  // Before the first pause, after the last, and no second between.
  const held = movingSeconds(recording, 'watts', days + 1)
  expect(held.flatMap((value, second) => (value === null ? [] : [second]))).toEqual([0, days])
})

describe('figures that lack something', () => {
  it('say what of the profile they need, and are null for what the recording has not', () => {
    const figures = activityFigures(pulse(T0, Array.from({ length: 60 }, () => 120)), NOBODY)
    expect(figures.averageBpm).toEqual(computed(120))
    expect(figures.zoneSeconds).toEqual({ outcome: 'not_computed', needs: ['age_or_hrmax'] })
    expect(figures).toMatchObject({ weightedWatts: null, powerLoad: null, distanceM: null, ascentM: null, driftPercent: null })
  })
  it('withhold zones from whoever trains by effort', () => {
    const figures = activityFigures(pulse(T0, [120, 121]), { ...MAN, effortOnly: true })
    expect(figures.zoneSeconds).toEqual({ outcome: 'not_computed', needs: [] })
  })
})

it('RMSSD comes from the RR intervals of the recording, and is refused above 5 % artefacts', () => {
  // The Task Force example in ms, as 1/1024 s.
  const ms = [812, 824, 830, 818, 805, 811, 826, 840, 835, 829]
  const rr = (values: readonly number[]) => [{ second: 0, intervals: values.map((value) => Math.round(value * 1.024)) }]
  const figures = activityFigures(pulse(T0, [70], { rr: rr(ms) }), MAN)
  expect(figures.rmssd?.outcome === 'computed' && figures.rmssd.ms).toBeCloseTo(10.6, 0)
  expect(activityFigures(pulse(T0, [70], { rr: rr(ms.map((value, at) => (at === 3 ? 1640 : value))) }), MAN).rmssd).toEqual({
    ...{ outcome: 'not_computed', why: 'too_many_artefacts', artefactShare: 0.1 },
  })
})

describe('routes', () => {
  it('a degree of the equator is 111.195 km', () => {
    expect(trackMetres({ lat: [0, null, 0], lon: [0, 5, 1] })).toBeCloseTo(111_195.08, 1)
    expect(trackMetres({ lat: [0], lon: [0] })).toBeNull()
  })
  it('counts climbs from three metres', () => {
    expect(ascentOf([100, 102, 100, 102, null, 105, 104, 110, 90, 93])).toBe(10 + 3)
    expect(ascentOf([null])).toBeNull()
  })
  it('takes distance from the places where nothing says it', () => {
    const recording = pulse(T0, [100, 101], { said: NOTHING_SAID })
    const streams = { ...recording.streams, lat: [0, 0], lon: [0, 1] }
    expect(activityFigures({ ...recording, streams }, MAN).distanceM).toBeCloseTo(111_195.08, 1)
  })
})
