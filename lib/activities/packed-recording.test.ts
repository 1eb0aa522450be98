import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NOTHING_SAID, type Recording, STREAMS } from '@/lib/formats/recording'
import { weightedPower } from '@/lib/physiology/power'
import { readFixture } from '@/tests/recordings'
import { MAX_PACKED_BYTES, packRecording, unpackRecording } from './packed-recording'
import { intReader, intWriter } from './varint'

const NONE = [null, null, null]
const SMALL: Recording = {
  ...{ sport: 'cycling', sourceSport: 'cycling/indoorCycling', startedAt: Date.UTC(2026, 10, 22, 18), zoneOffsetMinutes: 60, device: 'Polar H10' },
  streams: { second: [0, 1, 5], bpm: [120, null, 250], watts: [0, 200, 4000], cadence: [89.5, null, 254], speedMps: NONE, altitudeM: [-12.5, 0, null], distanceM: NONE, lat: NONE, lon: NONE },
  rr: [{ second: 1, intervals: [512, 600, 580] }],
  laps: [{ startSecond: 0, seconds: 5.25, distanceM: null }],
  pauses: [{ startSecond: 2, seconds: 2 }],
  said: { ...NOTHING_SAID, kcal: 12 },
  problems: ['damaged'],
}

describe('a packed recording', () => {
  it.each(['garmin-edge810-ride-power.fit', 'wahoo-elemnt-ride-power.fit', 'coros-pace2-ride.fit', 'garmin-fenix2-run.fit', 'garmin-run.tcx', 'strava-android-truncated.fit'])(
    '%s comes back as it was, to the step that is kept, and packs to the same bytes again',
    async (name) => {
      const recording = await readFixture(name)
      const packed = await packRecording(recording)
      const back = await unpackRecording(packed)
      if (!back) throw new Error('it did not come back')
      expect({ ...back, streams: null }).toEqual({ ...recording, streams: null })
      expect(back.streams.second).toEqual(recording.streams.second)
      expect(back.streams.bpm).toEqual(recording.streams.bpm)
      expect(back.streams.watts).toEqual(recording.streams.watts)
      const worst = (of: 'lat' | 'speedMps' | 'distanceM') =>
        recording.streams[of].reduce<number>((most, value, at) => Math.max(most, Math.abs((value ?? 0) - (back.streams[of][at] ?? 0))), 0)
      expect(worst('lat')).toBeLessThanOrEqual(0.5000001e-7)
      expect(worst('speedMps')).toBeLessThanOrEqual(0.000501)
      expect(worst('distanceM')).toBeLessThanOrEqual(0.00501)
      expect(Buffer.compare(await packRecording(back), packed)).toBe(0)
    },
  )

  it('keeps every field, nulls, and weighted power to the watt', async () => {
    expect(await unpackRecording(await packRecording(SMALL))).toEqual(SMALL)
    const ride = await unpackRecording(await packRecording(await readFixture('garmin-edge810-ride-power.fit')))
    expect(weightedPower(ride?.streams.watts ?? [])).toBeCloseTo(301.05, 2)
  })

  it('is small: six and a half hours of a ride with everything in 140 kB', async () => {
    const { byteLength } = await packRecording(await readFixture('wahoo-elemnt-ride-power.fit'))
    expect(byteLength).toBeLessThan(140_000)
    expect(byteLength).toBeLessThan(MAX_PACKED_BYTES)
  })
})

describe('bytes of a stranger', () => {
  const pack = (head: unknown, columns: number[] = []) => {
    const json = new TextEncoder().encode(JSON.stringify(head))
    const bytes = new Uint8Array(4 + json.length + columns.length)
    new DataView(bytes.buffer).setUint32(0, json.length)
    bytes.set(json, 4)
    bytes.set(columns, 4 + json.length)
    return new Uint8Array(gzipSync(bytes))
  }
  const written = (value: number) => {
    const writer = intWriter()
    writer.write(value)
    return [...writer.bytes()]
  }
  const HEAD = {
    ...{ version: 1, sport: 'cycling', sourceSport: null, startedAt: SMALL.startedAt, zoneOffsetMinutes: null, device: null, said: NOTHING_SAID },
    ...{ records: 2, streams: ['bpm'], rr: 0, laps: [], pauses: [], problems: [] },
  }
  it('are taken when they hold a recording, and not when a value, a time or a length is not of this world', async () => {
    // seconds 0 and 1 (steps 0, +1); bpm 120 and 121: (120+1)·2 = 242 → two bytes, then +1 is kept as 2, folded to 4
    expect((await unpackRecording(pack(HEAD, [0, 2, 0xf2, 0x01, 4])))?.streams.bpm).toEqual([120, 121])
    expect((await unpackRecording(pack(HEAD, [0, ...written(13 * 86_400), 0xf2, 0x01, 4])))?.streams.second).toEqual([0, 13 * 86_400])
    const wrong: Array<[string, Uint8Array]> = [
      ['a heart of 20 bpm', pack(HEAD, [0, 2, 42, 4])],
      ['seconds that stand still', pack(HEAD, [0, 0, 0xf2, 0x01, 4])],
      ['two records a year apart, whose figures would be laid out second by second', pack(HEAD, [0, ...written(365 * 86_400), 0xf2, 0x01, 4])],
      ['a start before second 0', pack(HEAD, [1, 2, 0xf2, 0x01, 4])],
      ['a byte too many', pack(HEAD, [0, 2, 0xf2, 0x01, 4, 0])],
      ['a byte too few', pack(HEAD, [0, 2, 0xf2, 0x01])],
      ['a number without an end', pack(HEAD, [0, 2, ...Array.from({ length: 12 }, () => 0xff), 0])],
      ['half a million records of no bytes', pack({ ...HEAD, records: 500_000 }, [0, 2])],
      ['more records than one may have', pack({ ...HEAD, records: 500_001 })],
      ['a sport that we do not know', pack({ ...HEAD, sport: 'chess' }, [0, 2, 0xf2, 0x01, 4])],
      ['a field that we do not know', pack({ ...HEAD, admin: true }, [0, 2, 0xf2, 0x01, 4])],
      ['the year 1980', pack({ ...HEAD, startedAt: 0 }, [0, 2, 0xf2, 0x01, 4])],
      ['an RR interval of ten seconds', pack({ ...HEAD, records: 0, streams: [], rr: 1 }, [0, 2, 0x80, 0xa0, 0x01])],
      ['more intervals than bytes', pack({ ...HEAD, records: 0, streams: [], rr: 1 }, [0, 0xfe, 0xff, 0x7f])],
      ['a head longer than the bytes', new Uint8Array(gzipSync(new Uint8Array([0, 0, 255, 255, 1])))],
      ['no gzip', new Uint8Array([1, 2, 3])],
      ['nothing', new Uint8Array()],
    ]
    for (const [what, bytes] of wrong) expect([what, await unpackRecording(bytes)]).toEqual([what, null])
  })

  it('that unpack to gigabytes are refused after sixteen megabytes', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(200 * 1024 * 1024)))
    expect(bomb.length).toBeLessThan(MAX_PACKED_BYTES)
    const before = process.memoryUsage().arrayBuffers
    expect(await unpackRecording(bomb)).toBeNull()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  })

  it('never make it throw, and what it takes is always within range', async () => {
    const good = new Uint8Array(await packRecording(SMALL))
    const inner = new Uint8Array(await new Response(new Blob([good]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer())
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(inner.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = inner.slice()
        for (const [at, value] of changes) bytes[at] = value
        const back = await unpackRecording(new Uint8Array(gzipSync(bytes)))
        if (back === null) return
        for (const bpm of back.streams.bpm) expect(bpm === null || (bpm >= 25 && bpm <= 250)).toBe(true)
        for (const name of STREAMS) expect(back.streams[name]).toHaveLength(back.streams.second.length)
      }),
      { numRuns: 400 },
    )
  })
})

it('whole numbers take a byte up to 63, and come back whatever their size', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 51), max: 2 ** 51 })), (values) => {
      const writer = intWriter()
      for (const value of values) writer.write(value)
      const reader = intReader(writer.bytes())
      expect(values.map(() => reader.read() + 0)).toEqual(values.map((value) => value + 0))
      expect(reader.rest()).toBe(0)
    }),
  )
  const writer = intWriter()
  for (const value of [0, -1, 63, -64]) writer.write(value)
  expect([...writer.bytes()]).toEqual([0, 1, 126, 127])
})
