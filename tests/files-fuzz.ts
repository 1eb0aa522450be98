import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
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

/** One in so many inputs is an export of Apple's, the others are FIT, TCX and GPX, some packed with gzip. */
const AN_EXPORT_IN = 11
/** What is read is written in every format, for one input in so many. */
const WRITTEN_IN = 8
/** Far longer than any of these small files takes on a busy machine. */
const LONGEST_MS = 10_000
/** Several times what the small files and the rubbish between two collections need. */
const MOST_BYTES = 600 * 1024 * 1024
const MEASURED_IN = 64

const text = (xml: string) => new TextEncoder().encode(xml)
/** The first records, with RR intervals that no sample has. */
function cut({ streams, ...rest }: Recording, records: number): Recording {
  const first = { ...streams, second: streams.second.slice(0, records) }
  for (const name of STREAMS) first[name] = streams[name].slice(0, records)
  return { ...rest, streams: first, rr: first.second.slice(0, 3).map((second) => ({ second, intervals: [800, 812, 790] })) }
}

/** The beginning of each real file, and short whole files of each format made from it: small, so that thousands take seconds. */
const realFiles = (): Uint8Array[] =>
  readdirSync('tests/fixtures')
    .filter((name) => /\.(fit|tcx|gpx)$/.test(name))
    .flatMap((name) => {
      const bytes = new Uint8Array(readFileSync(`tests/fixtures/${name}`))
      const outcome = name.endsWith('.fit') ? readFit(bytes) : readTcx(bytes)
      if (outcome.outcome === 'refused') throw new Error(`${name} does not read`)
      const short = cut(outcome.recording, 20)
      const gpx = text(writeGpx(short) ?? '<gpx/>')
      return [bytes.slice(0, 3_000), writeFit(short), text(writeTcx(short)), gpx, new Uint8Array(gzipSync(gpx))]
    })

/** An export with its records, two runs and a route: the XML, and the archive packed in each way. */
async function appleExports(): Promise<Uint8Array[]> {
  const T0 = Date.UTC(2026, 10, 22, 7)
  const run = workoutXml({ type: 'Running', startMs: T0, endMs: T0 + 60_000, inside: '<WorkoutRoute><FileReference path="/workout-routes/a.gpx"/></WorkoutRoute>' })
  const xml = appleXml(...[0, 5, 10, 15].map((second) => heartXml(T0 + second * 1000, 100 + second)), run, run.replaceAll('07:0', '09:0'))
  const route = appleRoute([{ atMs: T0 + 1_000, lat: 1, lon: 2, ele: 3, speed: 4 }])
  const archives = [{}, { sizesFollow: true }, { zip64: true }].map((kind) => exportZip(xml, { 'a.gpx': route }, kind).arrayBuffer())
  return [text(xml), ...(await Promise.all(archives)).map((archive) => new Uint8Array(archive))]
}

function expectSound(recording: Recording, most: number): void {
  const { streams } = recording
  // Bounded output: no more of anything than there were bytes to say it (a packed file says it with fewer).
  for (const { length } of [streams.second, recording.laps, recording.pauses, recording.rr]) if (length > most) throw new Error(`${length} of ${most} at most`)
  streams.second.forEach((second, at) => {
    const least = at === 0 ? 0 : (streams.second[at - 1] ?? 0) + 1
    if (!Number.isInteger(second) || second < least) throw new Error(`second ${second} where ${least} was the least`)
  })
  for (const name of STREAMS) {
    if (streams[name].length !== streams.second.length) throw new Error(`${name} has another length`)
    if (!streams[name].every((value) => value === null || Number.isFinite(value))) throw new Error(`${name} holds what is no number`)
  }
  for (const part of [...recording.laps, ...recording.pauses]) if (!Object.values(part).every((value) => value === null || Number.isFinite(value))) throw new Error('a lap or pause is no number')
  if (!Object.values(recording.said).every((value) => value === null || Number.isFinite(value))) throw new Error('a total is no number')
}

async function readFile(bytes: Uint8Array, written: boolean): Promise<boolean> {
  const outcome = await readRecording(bytes, 'damaged')
  if (outcome.outcome === 'refused') return false
  expectSound(outcome.recording, bytes.length * 40)
  // What was read can be written: no value that a writer would stumble on has passed.
  if (written) for (const write of [writeFit, writeTcx, writeGpx, writeCsv, writeJson]) write(outcome.recording)
  return true
}

async function readExport(bytes: Uint8Array): Promise<boolean> {
  const file = await openAppleExport(new Blob([new Uint8Array(bytes)]))
  if ('outcome' in file) return false
  const signal = AbortSignal.timeout(LONGEST_MS)
  let read = false
  try {
    const { workouts } = await findAppleWorkouts(file, signal, () => undefined)
    for await (const { recording } of readAppleWorkouts(file, workouts, { trouble: new Set(), signal, onProgress: () => undefined })) {
      expectSound(recording, bytes.length * 40)
      read = true
    }
  } catch (error) {
    if (!(error instanceof ZipBomb)) throw error
  }
  return read
}

export type FilesFuzzed = { readonly files: number; readonly read: number; readonly exports: number; readonly exportsRead: number; readonly slowestMs: number; readonly slowestSeed: number }

/**
 * Damages real training files and exports and reads them. Throws with the seed of the one that crashed a reader, gave what no person and no
 * place has, took too long or left memory behind. The same seed makes the same files. `begin` hears each seed before it is read.
 */
export async function filesFuzz(seed: number, runs: number, begin: (seed: number) => void = () => undefined): Promise<FilesFuzzed> {
  const [files, exports] = [realFiles(), await appleExports()]
  const tally = { files: 0, read: 0, exports: 0, exportsRead: 0, slowestMs: 0, slowestSeed: seed }
  for (let own = seed; own < seed + runs; own++) {
    begin(own)
    const isExport = own % AN_EXPORT_IN === 0
    const kind = isExport ? exports : files
    const bytes = mutate(kind[Math.floor(own / (isExport ? AN_EXPORT_IN : 1)) % kind.length] ?? text(''), kind[(own * 7 + 3) % kind.length] ?? text(''), own)
    const from = performance.now()
    try {
      const read = isExport ? await readExport(bytes) : await readFile(bytes, own % WRITTEN_IN === 0)
      const tookMs = performance.now() - from
      if (tookMs > LONGEST_MS) throw new Error(`took ${Math.round(tookMs)} ms`)
      if (tookMs > tally.slowestMs) [tally.slowestMs, tally.slowestSeed] = [tookMs, own]
      tally[isExport ? 'exports' : 'files'] += 1
      tally[isExport ? 'exportsRead' : 'read'] += read ? 1 : 0
      const { heapUsed, arrayBuffers } = own % MEASURED_IN === 0 ? process.memoryUsage() : { heapUsed: 0, arrayBuffers: 0 }
      if (heapUsed + arrayBuffers > MOST_BYTES) throw new Error(`${Math.round((heapUsed + arrayBuffers) / 1e6)} MB are held`)
    } catch (cause) {
      throw new Error(`seed ${own}`, { cause })
    }
  }
  return tally
}
