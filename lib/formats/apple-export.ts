import { collectAppleSamples, isAppleSample } from './apple-export-samples'
import { scanAppleExport } from './apple-export-scan'
import { type AppleWorkout, readAppleWorkout } from './apple-export-workout'
import { readGpx } from './gpx'
import type { Recording } from './recording'
import { MAX_XML_BYTES } from './xml'
import { readZipDirectory, unpack, ZipAltered, ZipBomb, ZipDamage, type ZipEntry } from './zip'

/**
 * The export of Apple's Health app: export.zip, or the export.xml that a computer took out of it. It is read as often as needed and never
 * held: once to find its workouts, which come after the records they consist of, then once for every few hundred hours of training.
 */
export type AppleExport = {
  /** Packed bytes of the XML: what progress is measured in. */
  readonly bytes: number
  readonly text: (onRead: (bytes: number) => void) => AsyncGenerator<string>
  /** A route by its file name; null when the export has none of that name, or it cannot be read. */
  readonly route: (fileName: string) => Promise<Recording | null>
  readonly whole: boolean
}
export type AppleTrouble =
  | 'cut' // it ends too early: what comes later is missing
  | 'damaged' // parts of it could not be read
  | 'altered' // all of it could be read, but some of it is not what was written
  | 'no_routes' // routes that workouts name are not there, as with an export.xml alone
  | 'too_many' // more workouts than one person has

export type AppleRefusal = { readonly outcome: 'refused'; readonly reason: 'not_apple' | 'unsafe' }
export type AppleProgress = (read: { readonly bytes: number; readonly of: number }) => void

const MAX_WORKOUTS = 50_000
/** How much training is gathered at once: tens of megabytes of samples. */
const HOURS_IN_A_PASS = 400
const HEAD_BYTES = 64 * 1024
const ROOT = /<(?:!DOCTYPE\s+)?HealthData[\s>]/

/** Null when it is no export of Apple's; the XML's name is in the phone's language. */
export async function openAppleExport(blob: Blob): Promise<AppleExport | AppleRefusal> {
  const refusal = (reason: AppleRefusal['reason']): AppleRefusal => ({ outcome: 'refused', reason })
  const directory = await readZipDirectory(blob)
  if (directory === 'unsafe') return refusal('unsafe')
  if (directory === 'not_a_zip') {
    if (!ROOT.test(await blob.slice(0, HEAD_BYTES).text())) return refusal('not_apple')
    return { bytes: blob.size, text: (onRead) => textOf(plain(blob, onRead)), route: () => Promise.resolve(null), whole: true }
  }
  const { entries, whole } = directory
  const candidates = entries.filter(({ name }) => /\.xml$/i.test(name) && !/_cda\.xml$/i.test(name)).sort((a, b) => b.packedBytes - a.packedBytes)
  for (const entry of candidates.slice(0, 5)) {
    if (!ROOT.test(await headOf(blob, entry))) continue
    const routes = new Map(entries.filter(({ name }) => /\.gpx$/i.test(name)).map((route) => [route.name.split('/').at(-1) ?? '', route]))
    return {
      bytes: entry.packedBytes,
      text: (onRead) => textOf(unpack(blob, entry, onRead)),
      route: async (fileName) => readRoute(blob, routes.get(fileName)),
      whole: whole && !entry.cut,
    }
  }
  return refusal('not_apple')
}

async function* plain(blob: Blob, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += HEAD_BYTES * 4) {
    const bytes = new Uint8Array(await blob.slice(at, at + HEAD_BYTES * 4).arrayBuffer())
    onRead(at + bytes.length)
    yield bytes
  }
}

async function* textOf(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

async function headOf(blob: Blob, entry: ZipEntry): Promise<string> {
  let head = ''
  try {
    for await (const text of textOf(unpack(blob, entry))) {
      head += text
      if (head.length > HEAD_BYTES) break
    }
  } catch (error) {
    if (!(error instanceof ZipDamage || error instanceof ZipBomb)) throw error
  }
  return head
}

async function readRoute(blob: Blob, entry: ZipEntry | undefined): Promise<Recording | null> {
  if (entry === undefined) return null
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let sound = true
  try {
    for await (const chunk of unpack(blob, entry)) {
      bytes += chunk.length
      if (bytes > MAX_XML_BYTES) return null
      chunks.push(chunk)
    }
  } catch (error) {
    if (!(error instanceof ZipDamage || error instanceof ZipBomb)) throw error
    sound = false
  }
  const outcome = readGpx(new Uint8Array(await new Blob(chunks).arrayBuffer()))
  if (outcome.outcome === 'refused') return null
  return sound ? outcome.recording : damaged(outcome.recording)
}

const damaged = (recording: Recording): Recording => ({ ...recording, problems: [...new Set([...recording.problems, 'damaged' as const])] })

/** Runs the XML through a scan; false where it did not all come as it was written. ZipBomb and the signal's reason are thrown; damage is said in `trouble`. */
async function scanned(
  file: AppleExport,
  scan: ReturnType<typeof scanAppleExport>,
  { trouble, signal, onProgress }: { trouble: Set<AppleTrouble>; signal: AbortSignal; onProgress: AppleProgress },
): Promise<boolean> {
  let [sound, cut] = [true, false]
  try {
    for await (const text of file.text((bytes) => onProgress({ bytes, of: file.bytes }))) {
      signal.throwIfAborted()
      scan.push(text)
    }
  } catch (error) {
    if (!(error instanceof ZipDamage)) throw error
    sound = false
    cut = !file.whole
    trouble.add(cut ? 'cut' : error instanceof ZipAltered ? 'altered' : 'damaged')
  }
  scan.end(cut)
  return sound
}

/** Every workout of the export, the newest first; one that is in it twice is found once. */
export async function findAppleWorkouts(
  file: AppleExport,
  signal: AbortSignal,
  onProgress: AppleProgress,
): Promise<{ readonly workouts: readonly AppleWorkout[]; readonly trouble: ReadonlySet<AppleTrouble> }> {
  const trouble = new Set<AppleTrouble>(file.whole ? [] : ['cut'])
  const found = new Map<string, AppleWorkout>()
  const scan = scanAppleExport({
    wantsRecord: () => false,
    onRecord: () => undefined,
    onDamage: () => trouble.add('damaged'),
    onWorkout(xml) {
      const workout = readAppleWorkout(xml)
      if (workout === null) trouble.add('damaged')
      else if (found.size === MAX_WORKOUTS) trouble.add('too_many')
      else found.set(workout.externalId, workout)
    },
  })
  await scanned(file, scan, { trouble, signal, onProgress })
  return { workouts: [...found.values()].sort((a, b) => b.startMs - a.startMs), trouble }
}

/** How often the whole file is read for these workouts. */
export const passesFor = (workouts: readonly AppleWorkout[]): number => batches(workouts).length

function batches(workouts: readonly AppleWorkout[]): AppleWorkout[][] {
  const all: AppleWorkout[][] = []
  let hours = Infinity
  for (const workout of workouts) {
    const own = (workout.endMs - workout.startMs) / 3_600_000
    if (hours + own > HOURS_IN_A_PASS) {
      all.push([])
      hours = 0
    }
    all.at(-1)?.push(workout)
    hours += own
  }
  return all
}

/** The workouts asked for as recordings, in their order: heart rate, power, speed and distance from the records, places from the routes. */
export async function* readAppleWorkouts(
  file: AppleExport,
  workouts: readonly AppleWorkout[],
  { trouble, signal, onProgress }: { trouble: Set<AppleTrouble>; signal: AbortSignal; onProgress: AppleProgress },
): AsyncGenerator<{ readonly workout: AppleWorkout; readonly recording: Recording }> {
  for (const batch of batches(workouts)) {
    const samples = collectAppleSamples(batch)
    const scan = scanAppleExport({ wantsRecord: isAppleSample, onRecord: samples.add, onWorkout: null, onDamage: () => trouble.add('damaged') })
    const sound = await scanned(file, scan, { trouble, signal, onProgress })
    for (const workout of batch) {
      signal.throwIfAborted()
      const routes: Recording[] = []
      for (const name of workout.routes) {
        const route = await file.route(name)
        if (route !== null) routes.push(route)
        else trouble.add('no_routes')
        if (route?.problems.includes('damaged')) trouble.add('damaged')
      }
      const recording = samples.recordingOf(workout, routes)
      // Whoever brings the whole export later gets it mended. Of a file that was altered nobody knows where.
      yield { workout, recording: sound && !trouble.has('cut') ? recording : damaged(recording) }
    }
  }
}
