import { Encoder, type FileIdMesg, type HrvMesg, Profile, type RecordMesg } from '@garmin/fitsdk'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { replaySensor } from './replay.client'
import type { Reading, Sensor } from './sensor'
import { sensorContract } from './sensor-contract'

const fixture = (name: string) => readFileSync(new URL(`../../tests/fixtures/${name}.fit`, import.meta.url))

const T0 = Date.UTC(2026, 10, 22, 18, 0, 0)
function fitFile(records: ReadonlyArray<{ second: number; bpm?: number; rr?: number[] }>): Uint8Array {
  const encoder = new Encoder()
  const fileId: FileIdMesg = { type: 'activity', manufacturer: 'development', timeCreated: new Date(T0) }
  encoder.onMesg(Profile.MesgNum.FILE_ID ?? 0, fileId)
  for (const { second, bpm, rr } of records) {
    const record: RecordMesg = { timestamp: new Date(T0 + second * 1000), heartRate: bpm }
    encoder.onMesg(Profile.MesgNum.RECORD ?? 20, record)
    const hrv: HrvMesg = { time: rr ?? [] }
    if (rr) encoder.onMesg(Profile.MesgNum.HRV ?? 78, hrv)
  }
  return encoder.close()
}
const heard = (sensor: Sensor): Reading[] => {
  const readings: Reading[] = []
  sensor.onReading((reading) => readings.push(reading))
  return readings
}

sensorContract('a replay', {
  working: (bpm) => {
    const sensor = replaySensor({ file: fitFile(bpm.map((value, second) => ({ second, bpm: value }))), name: 'run.fit', speed: 1 })
    const readings = heard(sensor)
    return {
      sensor,
      arrive: async (count) => {
        const wanted = readings.length + count
        while (readings.length < wanted) await vi.advanceTimersToNextTimerAsync()
      },
    }
  },
  broken: () => replaySensor({ file: fixture('strava-android-truncated'), name: 'ride.fit', speed: 1 }),
})

describe('a replay', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const RUN = fixture('garmin-fenix2-run')

  it('plays a real run at sixty times its speed, true to the file in what is recorded from it', async () => {
    const sensor = replaySensor({ file: RUN, name: 'garmin-fenix2-run.fit', speed: 60 })
    const readings = heard(sensor)
    const startedMs = Math.ceil(performance.now())
    await sensor.connect()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(readings.at(-1)?.atMs).toBeCloseTo(startedMs + 1_800_000, -3)
    await vi.advanceTimersByTimeAsync(2833_000 / 60 - 30_000 + 20)
    expect(sensor.state).toEqual({ state: 'failed', trouble: 'ended', name: 'garmin-fenix2-run.fit' })
    expect(readings).toHaveLength(2808)
    expect(readings[0]).toEqual({ atMs: startedMs, bpm: 69, contact: null, rr: [], energyKj: null })
    expect(readings.at(-1)).toMatchObject({ atMs: startedMs + 2833_000, bpm: 117 })
  })

  it('at true speed says each value when its second comes, with its RR, and nothing for a record without one', async () => {
    const file = fitFile([{ second: 0, bpm: 70, rr: [0.85] }, { second: 1 }, { second: 4, bpm: 74, rr: [0.8, 0.81] }])
    const sensor = replaySensor({ file, name: 'x.fit', speed: 1 })
    const readings = heard(sensor)
    await sensor.connect()
    await vi.advanceTimersByTimeAsync(3900)
    expect(readings.map(({ bpm, rr }) => ({ bpm, rr }))).toEqual([{ bpm: 70, rr: [870] }])
    await vi.advanceTimersByTimeAsync(200)
    expect(readings.map(({ bpm, rr }) => ({ bpm, rr }))).toEqual([{ bpm: 70, rr: [870] }, { bpm: 74, rr: [819, 829] }])
  })

  it('catches up after its timers were held back, as in a hidden tab', async () => {
    const sensor = replaySensor({ file: fitFile([0, 1, 2, 3].map((second) => ({ second, bpm: 70 + second }))), name: 'x.fit', speed: 10 })
    const readings = heard(sensor)
    await sensor.connect()
    const late = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000)
    await vi.advanceTimersToNextTimerAsync()
    late.mockRestore()
    expect(readings.map(({ bpm }) => bpm)).toEqual([70, 71, 72, 73])
    expect(readings.map(({ atMs }) => atMs - (readings[0]?.atMs ?? 0))).toEqual([0, 1000, 2000, 3000])
  })

  it('starts from the beginning when it is connected again', async () => {
    const sensor = replaySensor({ file: fitFile([{ second: 0, bpm: 70 }, { second: 1, bpm: 71 }]), name: 'x.fit', speed: 1 })
    const readings = heard(sensor)
    await sensor.connect()
    await vi.advanceTimersByTimeAsync(500)
    sensor.disconnect()
    await sensor.connect()
    await vi.advanceTimersByTimeAsync(2000)
    expect(readings.map(({ bpm }) => bpm)).toEqual([70, 70, 71])
  })
})
