import { z } from 'zod'
import { isPlausibleTime, LONGEST_SECONDS, MAX_SAMPLES, RANGES } from '@/lib/formats/collect-samples'
import { gunzip, gzip } from '@/lib/formats/gzip'
import { hasStream, PROBLEMS, type Recording, STREAMS, type StreamName, type Streams } from '@/lib/formats/recording'
import { SPORTS } from '@/lib/formats/sport'
import { isPlausibleRr } from '@/lib/physiology/plausible-heart-rate'
import { type IntReader, intReader, type IntWriter, intWriter } from './varint'

/** The largest packed recording that is taken, a little under what the front door lets through: about a day of all streams. */
export const MAX_PACKED_BYTES = 900_000
/** What one may unpack to: half a million records with all streams, three bytes a value. A bomb ends here. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024
const MAX_HEAD_BYTES = 512 * 1024
const MAX_RR = 2_000_000
const VERSION = 1

/** Steps to which a value is kept, as a number of them to one unit: FIT's own resolution or finer; a place to about a centimetre. */
const STEPS: { readonly [name in StreamName]: number } = {
  bpm: 1,
  watts: 1,
  cadence: 128,
  speedMps: 1000,
  altitudeM: 100,
  distanceM: 100,
  lat: 1e7,
  lon: 1e7,
}

const seconds = z.number().min(0).max(100_000_000)
const said = z.number().min(0).max(1_000_000_000).nullable()
const text = z.string().max(160).nullable()
const Head = z.strictObject({
  version: z.literal(VERSION),
  sport: z.enum(SPORTS),
  sourceSport: text,
  startedAt: z.number().int().refine(isPlausibleTime),
  zoneOffsetMinutes: z.number().int().min(-1080).max(1080).nullable(),
  device: text,
  records: z.number().int().min(0).max(MAX_SAMPLES),
  streams: z.array(z.enum(STREAMS)).max(STREAMS.length),
  rr: z.number().int().min(0).max(MAX_RR),
  laps: z.array(z.strictObject({ startSecond: seconds, seconds, distanceM: said })).max(5_000),
  pauses: z.array(z.strictObject({ startSecond: seconds, seconds })).max(5_000),
  said: z.strictObject({
    elapsedSeconds: said,
    timerSeconds: said,
    distanceM: said,
    ascentM: said,
    kcal: said,
    avgBpm: said,
    maxBpm: said,
    avgWatts: said,
    maxWatts: said,
    weightedWatts: said,
  }),
  problems: z.array(z.enum(PROBLEMS)).max(PROBLEMS.length),
})

/**
 * A recording as bytes, for the wire and for the table: gzip of a JSON head, then a column for each stream as steps from value to value.
 * The same recording gives the same columns. Values are kept to `STEPS`; packing what was unpacked changes nothing.
 */
export async function packRecording(recording: Recording): Promise<Uint8Array<ArrayBuffer>> {
  const { streams, rr, laps, pauses } = recording
  const present = STREAMS.filter((name) => hasStream(streams[name]))
  const { sport, sourceSport, startedAt, zoneOffsetMinutes, device, said, problems } = recording
  const head: z.infer<typeof Head> = {
    ...{ version: VERSION, sport, sourceSport, startedAt, zoneOffsetMinutes, device, said },
    ...{ records: streams.second.length, streams: present, rr: rr.length },
    ...{ laps: [...laps], pauses: [...pauses], problems: [...problems] },
  }
  const writer = intWriter()
  writeSteps(writer, streams.second)
  for (const name of present) writeValues(writer, streams[name], STEPS[name])
  let after = 0
  for (const { second, intervals } of rr) {
    writer.write(second - after)
    after = second
    writer.write(intervals.length)
    writeSteps(writer, intervals)
  }
  const headBytes = new TextEncoder().encode(JSON.stringify(head))
  const columns = writer.bytes()
  const all = new Uint8Array(4 + headBytes.length + columns.length)
  new DataView(all.buffer).setUint32(0, headBytes.length)
  all.set(headBytes, 4)
  all.set(columns, 4 + headBytes.length)
  return await gzip(all)
}

/**
 * The recording in the bytes, whoever sent them; null when they hold none, when a value is one that no person and no place has, or when
 * they unpack to more than a recording can be. Never rejects, and never takes more memory than a recording of the largest size.
 */
export async function unpackRecording(packed: Uint8Array): Promise<Recording | null> {
  const unpacked = await gunzip(packed, MAX_UNPACKED_BYTES)
  if (!unpacked?.whole || unpacked.bytes.length < 4) return null
  const { bytes } = unpacked
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  if (headLength > Math.min(MAX_HEAD_BYTES, bytes.length - 4)) return null
  try {
    const head = Head.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))))
    return readColumns(head, intReader(bytes.subarray(4 + headLength)))
  } catch {
    // What is not ours is not told apart: it is not taken, whatever is wrong with it.
    return null
  }
}

function readColumns({ version: _, records, streams: present, rr: rrCount, ...head }: z.infer<typeof Head>, reader: IntReader): Recording {
  // A record takes a byte at least: a head that promises more than there is must not reserve memory for it.
  if (records > reader.rest() || rrCount > reader.rest()) throw new RangeError('more promised than there is')
  const second = readSteps(reader, records, 0)
  if ((second.at(-1) ?? 0) >= LONGEST_SECONDS) throw new RangeError('longer than a recording is')
  const columns = new Map(present.map((name) => [name, readValues(reader, records, name)]))
  const empty: ReadonlyArray<null> = Array.from({ length: records }, () => null)
  const of = (name: StreamName) => columns.get(name) ?? empty
  const streams: Streams = {
    ...{ second, bpm: of('bpm'), watts: of('watts'), cadence: of('cadence'), speedMps: of('speedMps') },
    ...{ altitudeM: of('altitudeM'), distanceM: of('distanceM'), lat: of('lat'), lon: of('lon') },
  }
  let after = 0
  let total = 0
  const rr = Array.from({ length: rrCount }, () => {
    after += reader.read()
    const count = reader.read()
    total += count
    if (count < 0 || total > MAX_RR || count > reader.rest()) throw new RangeError('more promised than there is')
    const intervals = readSteps(reader, count)
    if (after < 0 || !intervals.every(isPlausibleRr)) throw new RangeError('no heart has this interval')
    return { second: after, intervals }
  })
  if (reader.rest() > 0) throw new RangeError('more than was promised')
  return { ...head, streams, rr }
}

function writeSteps(writer: IntWriter, values: readonly number[]): void {
  let before = 0
  for (const value of values) {
    writer.write(value - before)
    before = value
  }
}

/** `least`: how much each must be above the one before it, but for the first; none when they may also fall. */
function readSteps(reader: IntReader, count: number, least?: number): number[] {
  let before = 0
  return Array.from({ length: count }, (_, at) => {
    const step = reader.read()
    if (least !== undefined && (at === 0 ? step < 0 : step <= least)) throw new RangeError('seconds must rise')
    before += step
    if (Math.abs(before) > 100_000_000) throw new RangeError('out of range')
    return before
  })
}

/** Zero says null, so what is not negative moves up by one. */
function writeValues(writer: IntWriter, values: ReadonlyArray<number | null>, steps: number): void {
  let before = 0
  for (const value of values) {
    if (value === null) {
      writer.write(0)
      continue
    }
    const kept = Math.round(value * steps)
    const step = kept - before
    writer.write(step >= 0 ? step + 1 : step)
    before = kept
  }
}

function readValues(reader: IntReader, count: number, name: StreamName): Array<number | null> {
  const [least, most] = RANGES[name]
  let before = 0
  return Array.from({ length: count }, () => {
    const written = reader.read()
    if (written === 0) return null
    before += written > 0 ? written - 1 : written
    const value = before / STEPS[name]
    if (value < least || value > most) throw new RangeError('out of range')
    return value
  })
}
