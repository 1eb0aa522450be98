import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { hold } from '@/lib/physiology/hold'
import { meanOf, weightedPower, workKj } from '@/lib/physiology/power'
import { secondsInZones } from '@/lib/physiology/zones'
import { readRecording } from './read-recording'
import { heartRateSamples, type StreamName, type Streams } from './recording'

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../../tests/fixtures/${name}`, import.meta.url)))
const text = (xml: string) => new TextEncoder().encode(xml)
async function read(bytes: Uint8Array, name = 'a file') {
  const file = await readRecording(bytes, name)
  if (file.outcome === 'refused') throw new Error(`refused: ${file.reason}`)
  return { format: file.format, fileName: file.fileName, ...file.recording }
}
const count = (streams: Streams, name: StreamName) => streams[name].filter((value) => value !== null).length

describe('real files', () => {
  it('a ride on an Edge 810: the weighted power that the device itself says, 301 W', async () => {
    const { format, sport, device, streams, laps, said, problems } = await read(fixture('garmin-edge810-ride-power.fit'))
    expect({ format, sport, device, problems }).toEqual({ format: 'fit', sport: 'cycling', device: 'garmin edge810', problems: [] })
    expect(said).toMatchObject({ weightedWatts: 301, avgWatts: 276, maxWatts: 619, timerSeconds: 4700.05, distanceM: 41339.38, kcal: 1293 })
    expect(weightedPower(streams.watts)).toBeCloseTo(301.05, 2)
    expect(meanOf(streams.watts)).toBeCloseTo(275.49, 2)
    expect(workKj(streams.watts)).toBeCloseTo(1294.783, 3)
    expect(Math.max(...streams.watts.map((watts) => watts ?? 0))).toBe(619)
    expect(laps).toHaveLength(8)
    expect(laps[1]).toEqual({ startSecond: 1207, seconds: 303.825, distanceM: 3214.78 })
  })

  it('a run on a fēnix 2: its zones, and the summer time it was recorded in', async () => {
    const run = await read(fixture('garmin-fenix2-run.fit'))
    expect(run).toMatchObject({ sport: 'running', startedAt: Date.UTC(2015, 7, 15, 14, 45, 8), zoneOffsetMinutes: 120, device: 'garmin fenix2' })
    expect(secondsInZones(hold(heartRateSamples(run), 2833), 190)).toEqual([11, 101, 313, 696, 1011, 700])
    expect(run.streams.lat[0]).toBeCloseTo(58.959, 3)
    expect(run.streams.lon[0]).toBeCloseTo(5.729, 3)
  })

  it('a ride of a COROS watch: 8946 heart rates, five pauses', async () => {
    const { sport, device, streams, pauses, problems } = await read(fixture('coros-pace2-ride.fit'))
    expect({ sport, device, problems }).toEqual({ sport: 'cycling', device: 'COROS PACE 2', problems: [] })
    expect(streams.second).toHaveLength(11_272)
    expect(count(streams, 'bpm')).toBe(8_946)
    expect(pauses).toHaveLength(5)
    expect(pauses[0]).toEqual({ startSecond: 1791, seconds: 89 })
  })

  it('a ride of a Wahoo: 13402 heart rates, power, and east of Greenwich by eight hours', async () => {
    const { streams, zoneOffsetMinutes, said } = await read(fixture('wahoo-elemnt-ride-power.fit'))
    expect(zoneOffsetMinutes).toBe(480)
    expect(count(streams, 'bpm')).toBe(13_402)
    expect(meanOf(streams.watts)).toBeCloseTo(102.63, 2)
    expect(said.avgWatts).toBe(102)
  })

  it('a cut file of a phone: what came before the damage, and what was not sound', async () => {
    const { sport, streams, problems } = await read(fixture('strava-android-truncated.fit'))
    expect({ sport, problems }).toEqual({ sport: 'running', problems: ['damaged', 'implausible_times', 'no_heart_rate'] })
    expect(streams.second).toHaveLength(235)
    expect(streams.distanceM.at(-1)).toBe(928.25)
  })

  it('TCX with a heart rate, and without', async () => {
    const run = await read(fixture('garmin-run.tcx'))
    expect(run).toMatchObject({ format: 'tcx', sport: 'running', device: 'Forerunner 410 Software Version 2.20', problems: [] })
    expect(run.startedAt).toBe(Date.UTC(2012, 11, 26, 21, 29, 53))
    expect(count(run.streams, 'bpm')).toBe(383)
    expect(run.laps.map(({ startSecond, seconds }) => [startSecond, seconds])).toEqual([[0, 608.47], [609, 714.8], [1323, 669.51]])
    expect(run.said).toMatchObject({ kcal: 379, maxBpm: 189, distanceM: 4689.24267578 })
    const without = await read(fixture('garmin-no-hr.tcx'))
    expect(without.problems).toEqual(['no_heart_rate'])
    expect(without.streams.distanceM).toEqual(run.streams.distanceM)
  })
})

describe('what a file is', () => {
  it('is told by its bytes, not by its name; packed or not', async () => {
    const plain = await read(fixture('garmin-run.tcx'), 'C:\\files\\ride.fit')
    expect([plain.format, plain.fileName]).toEqual(['tcx', 'ride.fit'])
    const packed = await read(new Uint8Array(gzipSync(fixture('garmin-run.tcx'))), 'run.tcx.gz')
    expect(packed).toEqual({ ...plain, fileName: 'run.tcx.gz' })
  })

  it('packed and cut: what can be unpacked', async () => {
    const packed = new Uint8Array(gzipSync(fixture('garmin-run.tcx')))
    const cut = await read(packed.subarray(0, packed.length / 2))
    expect(cut.problems).toEqual(['damaged'])
    expect(cut.streams.second.length).toBeGreaterThan(50)
  })

  it('ends after two weeks, however few its points: what comes later is not laid out second by second', async () => {
    const points = Array.from({ length: 80 }, (_, at) => `<trkpt lat="1" lon="${at / 100}"><time>${new Date(Date.UTC(2026, 0, 1, 5 * at)).toISOString()}</time></trkpt>`)
    const track = await read(text(`<gpx><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`))
    expect(track.problems).toContain('too_long')
    expect(track.streams.second.at(-1)).toBe(67 * 5 * 3600)
  })

  it('is refused when it is nothing of ours, or unpacks to more than there can be', async () => {
    const refusal = async (bytes: Uint8Array) => readRecording(bytes, 'x')
    expect(await refusal(new Uint8Array())).toEqual({ outcome: 'refused', reason: 'unknown_format' })
    expect(await refusal(text('PK not a recording'))).toEqual({ outcome: 'refused', reason: 'unknown_format' })
    expect(await refusal(text('<html><gpx/></html>'))).toEqual({ outcome: 'refused', reason: 'unknown_format' })
    expect(await refusal(text('<gpx></gpx>'))).toEqual({ outcome: 'refused', reason: 'no_records' })
    const bomb = new Uint8Array(gzipSync(new Uint8Array(70 * 1024 * 1024)))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await refusal(bomb)).toEqual({ outcome: 'refused', reason: 'too_large' })
  })
})

describe('GPX', () => {
  const point = (at: string, inside: string) => `<trkpt lat="47.5" lon="-52.25">${inside}<time>${at}</time></trkpt>`
  const gpx = (points: string) => text(`<?xml version="1.0"?><gpx version="1.1" creator="Tom & Co" xmlns:ns3="x"><trk><name>A & B</name><type>Ride</type><trkseg>${points}</trkseg></trk></gpx>`)

  it('reads what each maker puts under extensions, whatever its prefix, bound or not', async () => {
    const { sport, streams, zoneOffsetMinutes, startedAt } = await read(
      gpx(
        point('2026-11-22T20:00:00+02:00', '<ele>12.5</ele><extensions><ns3:TrackPointExtension><ns3:hr>120</ns3:hr><ns3:cad>85</ns3:cad></ns3:TrackPointExtension></extensions>') +
          point('2026-11-22T20:00:01.900+02:00', '<extensions><power>250</power><gpxtpx:hr>121</gpxtpx:hr></extensions>') +
          point('2026-11-22T20:00:02+02:00', '<extensions><pw:PowerInWatts>255</pw:PowerInWatts></extensions>'),
      ),
    )
    expect({ sport, zoneOffsetMinutes, startedAt }).toEqual({ sport: 'cycling', zoneOffsetMinutes: 120, startedAt: Date.UTC(2026, 10, 22, 18) })
    expect(streams).toMatchObject({ second: [0, 1, 2], bpm: [120, 121, null], watts: [null, 250, 255], cadence: [85, null, null], lon: [-52.25, -52.25, -52.25] })
  })

  it('leaves out and says: points without a time, values of no place', async () => {
    const { streams, problems } = await read(
      gpx(`${point('2026-11-22T20:00:00Z', '<ele>1e300</ele>')}<trkpt lat="91" lon="0"><time>2026-11-22T20:00:01Z</time></trkpt><trkpt lat="1" lon="1"/>`),
    )
    expect(streams).toMatchObject({ second: [0, 1], lat: [47.5, null], lon: [-52.25, null], altitudeM: [null, null] })
    expect(problems).toEqual(['implausible_values', 'implausible_times', 'no_heart_rate'])
  })

  it('is cut: the whole points before the cut', async () => {
    const whole = gpx(point('2026-11-22T20:00:00Z', '') + point('2026-11-22T20:00:01Z', ''))
    const { streams, problems } = await read(whole.subarray(0, whole.length - 60))
    expect(streams.second).toEqual([0])
    expect(problems).toEqual(['damaged', 'no_heart_rate'])
  })

  it('with a DTD, or nested beyond reason, is refused: no entity is ever expanded', async () => {
    const lol = '<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    const unsafe = { outcome: 'refused', reason: 'unsafe' }
    expect(await readRecording(text(`${lol}<gpx><trk><name>&b;</name></trk></gpx>`), 'x')).toEqual(unsafe)
    expect(await readRecording(text(`<gpx>${'<a>'.repeat(100)}`), 'x')).toEqual(unsafe)
  })
})
