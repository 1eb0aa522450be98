import { describe, expect, it, vi } from 'vitest'
import { SETTINGS } from '@/tests/settings'
import { startPolar } from '@/tests/providers/polar'
import { durationSeconds, PolarExercise, recordingOfPolar } from './polar-exercise'
import { polar } from './polar.server'
import { describeProvider } from './provider-contract'

vi.hoisted(() => (process.env.LOG_LEVEL = 'silent'))
Object.assign(process.env, { ...SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })

describeProvider(async () => ({ provider: polar, ...(await startPolar({ hooks: false })) }))

describe("Polar's own", () => {
  it('reads durations', () => {
    expect(['PT2H44M45S', 'PT20M', 'PT0.5S', 'PT', '2H', null].map(durationSeconds)).toEqual([9885, 1200, 0.5, null, null, null])
  })

  it('reads both spellings of an exercise, local time as the offset says, 0 bpm as none, km/h as m/s, RR in order', () => {
    const exercise = PolarExercise.parse({
      id: 1937529874,
      'start-time': '2026-11-21T18:30:00',
      'start-time-utc-offset': 120,
      duration: 'PT15S',
      'heart-rate': { average: 101, maximum: 102 },
      'detailed-sport-info': 'WATERSPORTS_WATERSKI',
      sport: 'OTHER',
      samples: [
        { 'recording-rate': 5, 'sample-type': '0', data: '0,100,102' },
        { 'recording-rate': 5, 'sample-type': '1', data: '0,18,,36' },
        { 'recording-rate': 0, 'sample-type': '11', data: '500,500,1000' },
      ],
      route: [{ latitude: 60.219, longitude: 24.814, time: 'PT10S' }],
    })
    expect(recordingOfPolar(exercise)).toMatchObject({
      startedAt: Date.UTC(2026, 10, 21, 16, 30),
      zoneOffsetMinutes: 120,
      streams: { second: [0, 5, 10, 15], bpm: [null, 100, 102, null], speedMps: [0, 5, null, 10], lat: [null, null, 60.219, null], lon: [null, null, 24.814, null] },
      rr: [
        { second: 0, intervals: [512, 512] },
        { second: 1, intervals: [1024] },
      ],
      said: { elapsedSeconds: 15, avgBpm: 101, maxBpm: 102 },
      problems: [],
    })
  })
})
