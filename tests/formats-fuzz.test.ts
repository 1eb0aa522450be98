import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findAppleWorkouts, openAppleExport, readAppleWorkouts } from '@/lib/formats/apple-export'
import { readFit } from '@/lib/formats/fit'
import { writeFit } from '@/lib/formats/fit-writer'
import { writeGpx } from '@/lib/formats/gpx-writer'
import { readRecording } from '@/lib/formats/read-recording'
import { type Recording, STREAMS } from '@/lib/formats/recording'
import { readTcx } from '@/lib/formats/tcx'
import { writeTcx } from '@/lib/formats/tcx-writer'
import { writeCsv, writeJson } from '@/lib/formats/text-writers'
import { ZipBomb } from '@/lib/formats/zip'
import { appleRoute, appleXml, exportZip, heartXml, workoutXml } from './apple-export'
import { mutate } from './mutate-bytes'

/** A slice in every run; a soak sets FUZZ_RUNS to a million and FUZZ_SEED to where it goes on. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 3_000)
const SEED = Number(process.env.FUZZ_SEED ?? 0)

const text = (xml: string) => new TextEncoder().encode(xml)
/** The first records, with RR intervals that no sample has. */
function cut({ streams, ...rest }: Recording, records: number): Recording {
  const first = { ...streams, second: streams.second.slice(0, records) }
  for (const name of STREAMS) first[name] = streams[name].slice(0, records)
  return { ...rest, streams: first, rr: first.second.slice(0, 3).map((second) => ({ second, intervals: [800, 812, 790] })) }
}

/** The beginning of each real file, and short whole files of each format made from it: small, so that thousands take seconds. */
const seeds = readdirSync('tests/fixtures')
  .filter((name) => /\.(fit|tcx|gpx)$/.test(name))
  .flatMap((name) => {
    const bytes = new Uint8Array(readFileSync(`tests/fixtures/${name}`))
    const outcome = name.endsWith('.fit') ? readFit(bytes) : readTcx(bytes)
    if (outcome.outcome === 'refused') throw new Error(`${name} does not read`)
    const short = cut(outcome.recording, 20)
    const gpx = text(writeGpx(short) ?? '<gpx/>')
    return [bytes.slice(0, 3_000), writeFit(short), text(writeTcx(short)), gpx, new Uint8Array(gzipSync(gpx))]
  })

function expectSound(recording: Recording, most: number) {
  const { streams } = recording
  // Bounded output: no more of anything than there were bytes to say it (a packed file says it with fewer).
  for (const list of [streams.second, recording.laps, recording.pauses, recording.rr]) expect(list.length).toBeLessThanOrEqual(most)
  streams.second.forEach((second, at) => {
    const least = at === 0 ? 0 : (streams.second[at - 1] ?? 0) + 1
    if (!Number.isInteger(second) || second < least) throw new Error(`second ${second} where ${least} was the least`)
  })
  for (const name of STREAMS) {
    expect(streams[name]).toHaveLength(streams.second.length)
    if (!streams[name].every((value) => value === null || Number.isFinite(value))) throw new Error(`${name} holds what is no number`)
  }
  if (!Object.values(recording.said).every((value) => value === null || Number.isFinite(value))) throw new Error('a total is no number')
}

describe('damaged files', () => {
  it('are read or refused, never a crash or a hang, and what was read is sound', async () => {
    let read = 0
    for (let run = 0; run < RUNS; run++) {
      const seed = SEED + run
      const bytes = mutate(seeds[seed % seeds.length] ?? text(''), seeds[(seed * 7 + 3) % seeds.length] ?? text(''), seed)
      try {
        const outcome = await readRecording(bytes, `${seed}`)
        if (outcome.outcome === 'refused') continue
        read++
        expectSound(outcome.recording, bytes.length * 40)
        // What was read can be written: no value that a writer would stumble on has passed.
        if (run % 8 === 0) for (const write of [writeFit, writeTcx, writeGpx, writeCsv, writeJson]) write(outcome.recording)
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error })
      }
    }
    // The damage must not be so great that nothing is left to test.
    expect(read / RUNS).toBeGreaterThan(0.3)
  }, 60_000 + RUNS * 30)
})

describe('damaged exports of Apple', () => {
  const T0 = Date.UTC(2026, 10, 22, 7)
  const run = workoutXml({ type: 'Running', startMs: T0, endMs: T0 + 60_000, inside: '<WorkoutRoute><FileReference path="/workout-routes/a.gpx"/></WorkoutRoute>' })
  const xml = appleXml(...[0, 5, 10, 15].map((second) => heartXml(T0 + second * 1000, 100 + second)), run, run.replaceAll('07:0', '09:0'))
  const route = appleRoute([{ atMs: T0 + 1_000, lat: 1, lon: 2, ele: 3, speed: 4 }])

  it('give what is sound, never a crash or a hang', async () => {
    const archive = new Uint8Array(await exportZip(xml, { 'a.gpx': route }).arrayBuffer())
    let read = 0
    const runs = Math.ceil(RUNS / 10)
    for (let run = 0; run < runs; run++) {
      const seed = SEED + run
      const bytes = mutate(seed % 3 === 0 ? archive : text(xml), text(xml), seed)
      try {
        const file = await openAppleExport(new Blob([new Uint8Array(bytes)]))
        if ('outcome' in file) continue
        const signal = AbortSignal.timeout(20_000)
        const { workouts } = await findAppleWorkouts(file, signal, () => undefined)
        for await (const { recording } of readAppleWorkouts(file, workouts, { trouble: new Set(), signal, onProgress: () => undefined })) {
          read++
          expectSound(recording, bytes.length)
        }
      } catch (error) {
        if (!(error instanceof ZipBomb)) throw new Error(`seed ${seed}`, { cause: error })
      }
    }
    expect(read / runs).toBeGreaterThan(0.3)
  }, 60_000 + RUNS * 30)
})

describe('files made to cost more than they weigh', () => {
  const header = (size: number) => [14, 32, 0x64, 0x08, size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24, 0x2e, 0x46, 0x49, 0x54, 0, 0]
  const fit = (body: Uint8Array | number[]) => new Uint8Array([...header(body.length), ...body, 0, 0])
  const ONE_RECORD = [0x40, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 0, 0, 0, 0x50, 0x38, 120]

  it('FIT: fields of no size end the reading, and what came before them stays', () => {
    const definition = [0x41, 0, 0, 20, 0, 200, ...Array.from({ length: 200 }, (_, field) => [field, 0, 2]).flat()]
    const outcome = readFit(fit([...ONE_RECORD, ...definition, ...new Array<number>(5_000).fill(1)]))
    expect(outcome).toMatchObject({ outcome: 'read', recording: { problems: ['damaged'], streams: { second: [0], bpm: [120] } } })
  })

  it('FIT: descriptions that every message would be searched for are too many', () => {
    const developer = [0x42, 0, 0, 207, 0, 1, 3, 1, 2, 2, 0, 0x43, 0, 0, 206, 0, 3, 0, 1, 2, 1, 1, 2, 2, 1, 2]
    const descriptions = Array.from({ length: 300 }, (_, field) => [3, 0, field & 255, 2]).flat()
    const user = [0x64, 0, 0, 20, 0, 1, 3, 1, 2, 100, ...Array.from({ length: 100 }, (_, field) => [field, 1, 0]).flat()]
    const outcome = readFit(fit([...ONE_RECORD, ...developer, ...descriptions, ...user]))
    expect(outcome).toMatchObject({ outcome: 'read', recording: { problems: ['too_long'], streams: { second: [0] } } })
  })

  it('FIT: a file of empty messages stops at the limit', () => {
    const body = new Uint8Array(ONE_RECORD.length + 6 + 600_000)
    body.set([...ONE_RECORD, 0x41, 0, 0, 20, 0, 0])
    body.fill(1, ONE_RECORD.length + 6)
    const file = new Uint8Array(14 + body.length + 2)
    file.set(header(body.length))
    file.set(body, 14)
    const outcome = readFit(file)
    expect(outcome).toMatchObject({ outcome: 'read', recording: { streams: { second: [0] } } })
    expect(outcome.outcome === 'read' && outcome.recording.problems).toContain('too_long')
  })

  it('FIT: a header that was never closed does not hide the records', () => {
    const file = fit(ONE_RECORD)
    file.set([0, 0, 0, 0], 4)
    expect(readFit(file)).toMatchObject({ outcome: 'read', recording: { problems: ['damaged'], streams: { bpm: [120] } } })
  })

  it('XML: a million of one thing is read in one pass: attributes, siblings, ampersands, text', async () => {
    const many = (piece: string) => piece.repeat(200_000)
    const point = '<trkpt lat="1" lon="2"><time>2026-11-22T18:00:00Z</time></trkpt>'
    for (const inside of [`<x>${many('&')}</x>`, `<x>${many('abcde')}</x>`, many('<x/>'), many('<!--x-->'), `<x>${many('&#65;')}</x>`]) {
      const outcome = await readRecording(text(`<gpx><trk><trkseg>${inside}${point}</trkseg></trk></gpx>`), 'x')
      expect(outcome).toMatchObject({ outcome: 'read', recording: { streams: { second: [0], lat: [1] } } })
    }
  })
})
