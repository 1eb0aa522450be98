import { readFileSync } from 'node:fs'
import { Decoder, Stream } from '@garmin/fitsdk'
import { describe, expect, it } from 'vitest'
import { fitnessAndFatigue, heartRateDrift } from './fitness'
import { rmssd, rootMeanSquare, soundDifferences } from './hrv'
import { meanOf, powerLoad, powerZoneOf, secondsInPowerZones, weightedPower, workKj } from './power'

const constant = (value: number, seconds: number) => new Array<number>(seconds).fill(value)
/** An hour of 60 s at 300 W and 60 s at 100 W. */
const INTERVALS = Array.from({ length: 30 }, () => [...constant(300, 60), ...constant(100, 60)]).flat()

describe('power', () => {
  it('weighs surges: the worked examples', () => {
    expect(weightedPower(constant(200, 3_600))).toBeCloseTo(200, 9)
    expect(weightedPower(INTERVALS)).toBeCloseTo(239.0995, 4)
    expect(meanOf(INTERVALS)).toBe(200)
    expect(weightedPower(constant(200, 29))).toBeNull()
    expect(powerLoad(3_600, 239.0995, 250)).toBeCloseTo(91.4697, 3)
    expect(powerLoad(3_600, 200, 250)).toBeCloseTo(64, 9)
    expect(workKj(constant(200, 3_600))).toBe(720)
  })

  it('gives 301 W for the Edge 810 ride, as the device did', () => {
    const bytes = readFileSync('tests/fixtures/garmin-edge810-ride-power.fit')
    const { messages } = new Decoder(Stream.fromArrayBuffer(new Uint8Array(bytes).slice().buffer)).read()
    const watts = (messages.recordMesgs ?? []).map(({ power }) => (typeof power === 'number' ? power : 0))
    expect(weightedPower(watts)).toBeCloseTo(301.05, 1)
  })

  it('has seven zones of threshold; an edge belongs to the zone above', () => {
    expect([0, 137, 138, 187, 188, 224, 225, 262, 263, 299, 300, 374, 375].map((watts) => powerZoneOf(watts, 250))).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7,
    ])
    expect(secondsInPowerZones([...constant(100, 10), null, ...constant(260, 5)], 250)).toEqual([10, 0, 0, 5, 0, 0, 0])
  })
})

describe('RMSSD', () => {
  const RR = [812, 824, 830, 818, 805, 811, 826, 840, 835, 829]
  it('has the worked value', () => {
    const figure = rmssd(RR)
    expect(figure).toMatchObject({ outcome: 'computed', artefactShare: 0, pairs: 9 })
    expect(figure.outcome === 'computed' && figure.ms).toBeCloseTo(10.5987, 4)
  })

  it('leaves out every pair that touches an artefact', () => {
    const missed = RR.with(3, 1640)
    expect(soundDifferences(missed)).toEqual([12, 6, 6, 15, 14, -5, -6])
    expect(rootMeanSquare(soundDifferences(missed))).toBeCloseTo(9.9857, 4)
  })

  it('refuses more than 5 % artefacts, and too little', () => {
    expect(rmssd(RR.with(3, 1640))).toEqual({ outcome: 'not_computed', why: 'too_many_artefacts', artefactShare: 0.1 })
    const twenty = [...RR, ...RR]
    expect(rmssd(twenty.with(3, 1640))).toMatchObject({ outcome: 'computed', artefactShare: 0.05 })
    expect(rmssd(RR.slice(0, 4))).toMatchObject({ outcome: 'not_computed', why: 'too_few' })
    expect(rmssd([])).toMatchObject({ why: 'too_few' })
  })
})

describe('fitness and fatigue', () => {
  it('follow a load of 100 by the worked steps, and form lags a day', () => {
    const [first, second] = fitnessAndFatigue([100, 0])
    expect(first?.fitness).toBeCloseTo(2.3528, 4)
    expect(first?.fatigue).toBeCloseTo(13.3122, 4)
    expect(first?.form).toBe(0)
    expect(second?.form).toBeCloseTo(2.3528 - 13.3122, 4)
  })
})

describe('heart-rate drift', () => {
  it('is the extra heart rate of the second half for the same output', () => {
    const bpm = [...constant(140, 900), ...constant(147, 900)]
    expect(heartRateDrift(bpm, null)).toBeCloseTo(5, 9)
    expect(heartRateDrift(bpm, constant(200, 1_800))).toBeCloseTo(5, 9)
    // The same heart rate for less power is drift as well.
    expect(heartRateDrift(constant(140, 1_800), [...constant(210, 900), ...constant(200, 900)])).toBeCloseTo(5, 9)
    expect(heartRateDrift(constant(140, 1_100), null)).toBeNull()
    expect(heartRateDrift(bpm, constant(0, 1_800))).toBeNull()
  })
})
