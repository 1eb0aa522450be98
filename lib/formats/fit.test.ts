import { Encoder, type FileIdMesg, type HrvMesg, Profile, type RecordMesg } from '@garmin/fitsdk'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keytelKcalPerMinute } from '@/lib/physiology/energy'
import { gapsOf, hold, type Sample } from '@/lib/physiology/hold'
import { banister, banisterPerSecond, edwards, effortPoints } from '@/lib/physiology/training-load'
import { secondsInZones } from '@/lib/physiology/zones'
import { readFit } from './fit'
import { heartRateSamples, type Recording } from './recording'

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../tests/fixtures/${name}.fit`, import.meta.url)))
const RUN = fixture('garmin-fenix2-run')

function read(bytes: ArrayBuffer | Uint8Array): Recording & { samples: Sample[] } {
  const file = readFit(bytes)
  if (file.outcome !== 'read') throw new Error(`refused: ${file.reason}`)
  return { ...file.recording, samples: heartRateSamples(file.recording) }
}

const T0 = Date.UTC(2026, 10, 22, 18, 0, 0)
/** A FIT file of records (and hrv messages between them) made with the vendor's own encoder. */
function encode(messages: Array<{ second: number; heartRate?: number } | { rr: number[] }>): Uint8Array {
  const encoder = new Encoder()
  const fileId: FileIdMesg = { type: 'activity', manufacturer: 'development', timeCreated: new Date(T0) }
  encoder.onMesg(Profile.MesgNum.FILE_ID ?? 0, fileId)
  for (const message of messages) {
    const hrv: HrvMesg = { time: 'rr' in message ? message.rr : [] }
    const record: RecordMesg = 'rr' in message ? {} : { timestamp: new Date(T0 + message.second * 1000), heartRate: message.heartRate }
    if ('rr' in message) encoder.onMesg(Profile.MesgNum.HRV ?? 78, hrv)
    else encoder.onMesg(Profile.MesgNum.RECORD ?? 20, record)
  }
  return encoder.close()
}

describe('a run recorded by a Garmin fēnix 2', () => {
  const file = read(RUN)

  it('is read whole: 2809 records, 2808 with a heart rate', () => {
    expect(file.problems).toEqual([])
    expect(file.startedAt).toBe(Date.UTC(2015, 7, 15, 14, 45, 8))
    expect(file.samples).toHaveLength(2809)
    expect(file.samples.filter(({ bpm }) => bpm !== null)).toHaveLength(2808)
    expect(file.samples[0]).toEqual({ second: 0, bpm: 69 })
    expect(file.samples.at(-1)).toEqual({ second: 2833, bpm: 117 })
  })

  it('gives the figures of an independent script, second by second (HRmax 190, rest 60, man of 80 kg and 35)', () => {
    const held = hold(file.samples, 2833)
    const values = held.filter((bpm) => bpm !== null)
    const zones = secondsInZones(held, 190)
    const reserve = { hrrestBpm: 60, hrmaxBpm: 190, sex: 'male' } as const
    const mean = values.reduce((sum, bpm) => sum + bpm, 0) / values.length
    expect(values).toHaveLength(2832)
    expect(gapsOf(held)).toEqual([{ fromSecond: 2804, seconds: 1 }])
    expect(mean).toBeCloseTo(153.927, 3)
    expect(Math.max(...values)).toBe(178)
    expect(zones).toEqual([11, 101, 313, 696, 1011, 700])
    expect(edwards(zones)).toBeCloseTo(172.65, 3)
    expect(effortPoints(zones)).toBeCloseTo(160.983, 3)
    expect(banisterPerSecond(held, reserve)).toBeCloseTo(95.043, 3)
    expect(banister(values.length / 60, mean, reserve)).toBeCloseTo(87.385, 2)
    const kcal = values.reduce((sum, bpm) => sum + keytelKcalPerMinute(bpm, { sex: 'male', weightKg: 80, ageYears: 35 }) / 60, 0)
    expect(kcal).toBeCloseTo(733.04, 2)
  })

  it('is the same from an ArrayBuffer and from a window on a larger buffer', () => {
    const larger = new Uint8Array(RUN.length + 20).fill(7)
    larger.set(RUN, 11)
    expect(read(larger.subarray(11, 11 + RUN.length))).toEqual(file)
    expect(read(RUN.slice().buffer)).toEqual(file)
  })

  it('cut in the middle gives what came before the cut, and says so', () => {
    const cut = read(RUN.subarray(0, 60_000))
    expect(cut.problems).toEqual(['damaged'])
    expect(cut.samples.length).toBeGreaterThan(1000)
    expect(cut.samples).toEqual(file.samples.slice(0, cut.samples.length))
  })
})

it('reads a ride with power: its 30 s without a record stay without one', () => {
  const { samples, problems } = read(fixture('garmin-edge810-ride-power'))
  expect(problems).toEqual([])
  expect(samples.filter(({ bpm }) => bpm !== null)).toHaveLength(4671)
})

it('imports what is sound of a truncated file and says what was not', () => {
  const file = read(fixture('strava-android-truncated'))
  expect(file.problems).toEqual(['damaged', 'implausible_times', 'no_heart_rate'])
  expect(file.startedAt).toBe(Date.UTC(2021, 8, 27, 14, 13, 10))
  // 473 records, two a second, until the damage at 5:14; the last one claims the year 2085.
  expect(file.samples).toHaveLength(235)
  expect(file.samples.at(-1)).toEqual({ second: 314, bpm: null })
})

describe('written files', () => {
  it('keep RR intervals with the record before them, in 1/1024 s, without the padding', () => {
    const padded = [0.84, 65.535, 65.535]
    const file = read(encode([{ second: 0, heartRate: 70 }, { rr: [0.85, 0.833] }, { second: 1, heartRate: 71 }, { rr: padded }]))
    expect(file.rr).toEqual([
      { second: 0, intervals: [870, 853] },
      { second: 1, intervals: [860] },
    ])
  })

  it('say what no person has, and leave it out', () => {
    const file = read(encode([{ second: 0, heartRate: 70 }, { second: 1, heartRate: 0 }, { second: 2, heartRate: 251 }, { second: 3 }]))
    expect(file.samples.map(({ bpm }) => bpm)).toEqual([70, null, null, null])
    expect(file.problems).toEqual(['implausible_values'])
  })

  it('leave out records that go back in time', () => {
    const file = read(encode([{ second: 5, heartRate: 70 }, { second: 3, heartRate: 71 }, { second: 6, heartRate: 72 }]))
    expect(file.samples).toEqual([{ second: 0, bpm: 70 }, { second: 1, bpm: 72 }])
    expect(file.problems).toEqual(['implausible_times'])
  })
})

describe('what is no recording', () => {
  it('is refused with its reason', () => {
    expect(readFit(new Uint8Array())).toEqual({ outcome: 'refused', reason: 'unknown_format' })
    expect(readFit(new TextEncoder().encode('<?xml version="1.0"?><gpx></gpx>'))).toEqual({ outcome: 'refused', reason: 'unknown_format' })
    expect(readFit(encode([]))).toEqual({ outcome: 'refused', reason: 'no_records' })
    expect(readFit(new Uint8Array(33 * 1024 * 1024))).toEqual({ outcome: 'refused', reason: 'too_large' })
  })

  it('never throws and never gives an implausible number: any bytes, any damage to a real file', () => {
    const head = RUN.subarray(0, 6000)
    const answersSoundly = (bytes: Uint8Array) => {
      const file = readFit(bytes)
      if (file.outcome === 'refused') return
      const samples = heartRateSamples(file.recording)
      samples.forEach(({ second, bpm }, i) => {
        expect(second).toBeGreaterThanOrEqual(i === 0 ? 0 : (samples[i - 1]?.second ?? 0) + 1)
        if (bpm !== null) expect(bpm >= 25 && bpm <= 250).toBe(true)
      })
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), answersSoundly), { numRuns: 100 })
    const damage = fc.array(fc.tuple(fc.nat(head.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(damage, fc.nat(head.length), (changes, length) => {
        const bytes = head.slice(0, length)
        for (const [at, value] of changes) if (at < length) bytes[at] = value
        answersSoundly(bytes)
      }),
      { numRuns: 60 },
    )
  })
})
