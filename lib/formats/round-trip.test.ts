import { Decoder, Stream } from '@garmin/fitsdk'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFit } from './fit'
import { writeFit } from './fit-writer'
import { readGpx } from './gpx'
import { writeGpx } from './gpx-writer'
import { NOTHING_SAID, type ReadOutcome, type Recording, type StreamName } from './recording'
import { SPORTS } from './sport'
import { readTcx } from './tcx'
import { writeTcx } from './tcx-writer'
import { csvCell, writeCsv, writeJson } from './text-writers'

const perhaps = (arbitrary: fc.Arbitrary<number>) => fc.option(arbitrary, { freq: 4 })
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const record = fc.record({
  gap: fc.nat(40),
  bpm: perhaps(fc.integer({ min: 25, max: 250 })),
  watts: perhaps(fc.integer({ min: 0, max: 2_000 })),
  cadence: perhaps(double(0, 250)),
  speedMps: perhaps(double(0, 30)),
  altitudeM: perhaps(double(-400, 8_000)),
  distanceM: perhaps(double(0, 500_000)),
  place: fc.option(fc.tuple(double(-90, 90), double(-180, 180)), { freq: 4 }),
  rr: fc.array(fc.integer({ min: 210, max: 3_000 }), { maxLength: 7 }),
  pauseAfter: fc.boolean(),
})

/** Any recording that our readers could have made: pauses between its records, laps that begin at them. */
const recording: fc.Arbitrary<Recording> = fc
  .record({
    records: fc.array(record, { minLength: 1, maxLength: 60 }),
    startSecond: fc.integer({ min: 1_000_000_000, max: 3_000_000_000 }),
    sport: fc.constantFrom(...SPORTS),
    zone: fc.option(fc.integer({ min: -48, max: 56 })),
    device: fc.option(fc.constantFrom('Forerunner <410> & "Co"', 'ELEMNT', '=HYPERLINK(1)')),
    lapEvery: fc.integer({ min: 1, max: 30 }),
    kcal: fc.option(fc.integer({ min: 1, max: 9_000 })),
  })
  .map(({ records, startSecond, sport, zone, device, lapEvery, kcal }) => {
    let now = 0
    const second = records.map(({ gap }, at) => (now += at === 0 ? 0 : gap + 1))
    const column = (name: Exclude<StreamName, 'lat' | 'lon'>) => records.map((each) => each[name])
    const whole = (second.at(-1) ?? 0) + 1
    return {
      sport,
      sourceSport: null,
      startedAt: startSecond * 1000,
      zoneOffsetMinutes: zone === null ? null : zone * 15,
      device,
      streams: {
        second,
        bpm: column('bpm'),
        watts: column('watts'),
        cadence: column('cadence'),
        speedMps: column('speedMps'),
        altitudeM: column('altitudeM'),
        distanceM: column('distanceM'),
        lat: records.map(({ place }) => place?.[0] ?? null),
        lon: records.map(({ place }) => place?.[1] ?? null),
      },
      rr: records.flatMap(({ rr }, at) => (rr.length === 0 ? [] : [{ second: second[at] ?? 0, intervals: rr }])),
      laps: second.flatMap((startSecond, at) => (at % lapEvery === 0 ? [{ startSecond, seconds: 12.25, distanceM: 1_000.5 }] : [])),
      pauses: records.flatMap(({ pauseAfter }, at) => {
        const [from = 0, to = from] = second.slice(at, at + 2)
        return pauseAfter && to > from ? [{ startSecond: from, seconds: to - from }] : []
      }),
      said: { ...NOTHING_SAID, elapsedSeconds: whole, timerSeconds: whole, kcal, avgBpm: 120, maxBpm: 180, weightedWatts: 200 },
      problems: [],
    }
  })

function soundly(outcome: ReadOutcome): Recording {
  if (outcome.outcome === 'refused') throw new Error(`refused: ${outcome.reason}`)
  return outcome.recording
}
/** Each value of a stream comes back, no further off than half a step of the format. */
function expectNear(back: Recording, sent: Recording, steps: { readonly [name in StreamName]?: number }, kept = sent.streams.second.map((_, at) => at)) {
  expect(back.streams.second.map((second) => second * 1000 + back.startedAt)).toEqual(kept.map((at) => (sent.streams.second[at] ?? 0) * 1000 + sent.startedAt))
  for (const [name, step] of Object.entries(steps) as Array<[StreamName, number]>) {
    kept.forEach((at, index) => {
      const value = sent.streams[name][at] ?? null
      const got = back.streams[name][index] ?? null
      const near = value === null ? got === null : got !== null && Math.abs(got - value) <= step / 2 + 1e-9
      if (!near) throw new Error(`${name} ${value} came back as ${got}`)
    })
  }
}
const bytes = (text: string) => new TextEncoder().encode(text)
const PLACE = { lat: 1e-7, lon: 1e-7 }

describe('what is written comes back', () => {
  it('from FIT: every stream, RR, laps, pauses, totals, zone, sport', () => {
    fc.assert(
      fc.property(recording, (sent) => {
        const file = writeFit(sent)
        expect(new Decoder(Stream.fromByteArray(file)).checkIntegrity()).toBe(true)
        const back = soundly(readFit(file))
        const degree = 180 / 2 ** 31
        // The last step of 180° means "no value" in the format, so that one is a whole step off.
        expectNear(back, sent, { bpm: 0, watts: 0, cadence: 1 / 128, speedMps: 1e-3, altitudeM: 0.2, distanceM: 0.01, lat: degree, lon: 4 * degree })
        expect(back).toMatchObject({ sport: sent.sport, startedAt: sent.startedAt, zoneOffsetMinutes: sent.zoneOffsetMinutes, device: sent.device, pauses: sent.pauses })
        expect(back.laps).toEqual(sent.laps)
        expect(back.said).toEqual({ ...sent.said, distanceM: back.said.distanceM })
        expect(back.problems.filter((problem) => problem !== 'no_heart_rate')).toEqual([])
        const flat = ({ rr }: Recording) => rr.flatMap(({ second, intervals }) => intervals.map((interval) => [second, interval] as const))
        expect(flat(back).map(([second]) => second)).toEqual(flat(sent).map(([second]) => second))
        flat(back).forEach(([, interval], at) => expect(Math.abs(interval - (flat(sent)[at]?.[1] ?? NaN))).toBeLessThanOrEqual(1))
      }),
      { numRuns: 60 },
    )
  })

  it('from TCX: every stream, whole cadence, laps', () => {
    fc.assert(
      fc.property(recording, (sent) => {
        const back = soundly(readTcx(bytes(writeTcx(sent))))
        expectNear(back, sent, { bpm: 0, watts: 0, cadence: 1, speedMps: 1e-3, altitudeM: 0.01, distanceM: 0.01, ...PLACE })
        expect(back.device).toBe(sent.device)
        expect(back.laps).toEqual(sent.laps)
        expect(back.said.kcal).toBe(sent.said.kcal)
        // Where a lap begins the format has no pause: the others come back.
        const lapStarts = new Set(sent.laps.map(({ startSecond }) => startSecond))
        expect(back.pauses).toEqual(sent.pauses.filter(({ startSecond, seconds }) => !lapStarts.has(startSecond + seconds)))
      }),
      { numRuns: 60 },
    )
  })

  it('from GPX: the records that have a place', () => {
    fc.assert(
      fc.property(recording, (sent) => {
        const file = writeGpx(sent)
        const kept = sent.streams.lat.flatMap((lat, at) => (lat === null ? [] : [at]))
        if (file === null) {
          expect(kept).toEqual([])
          return
        }
        const back = soundly(readGpx(bytes(file)))
        expectNear(back, sent, { bpm: 0, watts: 0, cadence: 1, speedMps: 1e-3, altitudeM: 0.01, ...PLACE }, kept)
        expect(back.sport).toBe(sent.sport)
      }),
      { numRuns: 60 },
    )
  })

  it('from JSON: everything; from CSV: a row for each record', () => {
    fc.assert(
      fc.property(recording, (sent) => {
        const { format, version, startedAt, ...rest } = JSON.parse(writeJson(sent)) as Record<string, unknown>
        expect({ format, version, startedAt }).toEqual({ format: 'pulseroom.recording', version: 1, startedAt: new Date(sent.startedAt).toISOString() })
        expect({ startedAt: sent.startedAt, ...rest }).toEqual(JSON.parse(JSON.stringify(sent)))
        const rows = writeCsv(sent).trimEnd().split('\r\n')
        expect(rows).toHaveLength(sent.streams.second.length + 1)
        rows.slice(1).forEach((row, at) => {
          const [, second, bpm, watts, cadence, , , , lat] = row.split(',').map((cell) => (cell === '' ? null : Number(cell)))
          const { streams } = sent
          expect([second, bpm, watts, cadence, lat]).toEqual([streams.second[at], streams.bpm[at], streams.watts[at], streams.cadence[at], streams.lat[at]].map((value) => (Object.is(value, -0) ? 0 : value)))
        })
      }),
      { numRuns: 40 },
    )
  })

  it('of a real ride: FIT → TCX and GPX and back, 4700 records', () => {
    const ride = soundly(readFit(readFileSync('tests/fixtures/garmin-edge810-ride-power.fit')))
    expectNear(soundly(readTcx(bytes(writeTcx(ride)))), ride, { bpm: 0, watts: 0, cadence: 0, speedMps: 0, distanceM: 0, altitudeM: 1e-6, ...PLACE })
    expectNear(soundly(readGpx(bytes(writeGpx(ride) ?? ''))), ride, { bpm: 0, watts: 0, cadence: 0, speedMps: 0, altitudeM: 1e-6, ...PLACE })
  }, 30_000)
})

describe('a cell of a CSV file', () => {
  it('is never a formula, and keeps its commas, quotes and lines', () => {
    expect(csvCell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"')
    expect(['+1', '-1', '@SUM(A1)', '\t=1', ' =1', '|x'].map(csvCell)).toEqual(["'+1", "'-1", "'@SUM(A1)", "'\t=1", "' =1", "'|x"])
    expect([csvCell(-3.5), csvCell(null), csvCell('a, "b"\nc'), csvCell('plain')]).toEqual(['-3.5', '', '"a, ""b""\nc"', 'plain'])
  })
})
