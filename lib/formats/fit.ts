import { Decoder, Stream } from '@garmin/fitsdk'
import type { Sample } from '@/lib/physiology/hold'
import { isPlausibleBpm, isPlausibleRr } from '@/lib/physiology/plausible-heart-rate'

/** What was not sound in a file that was read all the same. */
export type FitProblem =
  | 'damaged' // cut off or altered: what follows the damage is missing
  | 'no_heart_rate'
  | 'implausible_times' // records before the one before them, or hours after it, were left out
  | 'implausible_values' // heart rates that no person has were left out

export type FitRecording = {
  readonly outcome: 'read'
  /** UTC milliseconds of second 0: the first record's time. */
  readonly startedAt: number
  /** One for each record, in order of time, at most one a second. `bpm: null`: the record says that it has none. */
  readonly samples: readonly Sample[]
  /** RR intervals in 1/1024 s, oldest first, with the second of the record that they follow. */
  readonly rr: ReadonlyArray<{ readonly second: number; readonly intervals: readonly number[] }>
  readonly problems: readonly FitProblem[]
}
export type FitRefusal = { readonly outcome: 'refused'; readonly reason: 'too_large' | 'not_fit' | 'no_records' }

const MAX_BYTES = 32 * 1024 * 1024
const RECORD = 20
const HRV = 78
/** Longer pauses exist, but a clock that jumps this far is more often a damaged record. */
const LONGEST_PAUSE_SECONDS = 6 * 3600

/**
 * A FIT file's heart rate (FIT protocol 2.0, records and hrv messages; swim heart rates merged in). A damaged or cut file gives what is
 * sound before the damage and says so in `problems`. Never throws, whatever the bytes.
 */
export function readFit(bytes: ArrayBuffer | Uint8Array): FitRecording | FitRefusal {
  if (bytes.byteLength > MAX_BYTES) return { outcome: 'refused', reason: 'too_large' }
  // A copy: the decoder needs a whole ArrayBuffer, and a Uint8Array may be a window on a larger one.
  const stream = Stream.fromArrayBuffer(new Uint8Array(bytes).slice().buffer)
  const decoder = new Decoder(stream)
  if (!decoder.isFIT()) return { outcome: 'refused', reason: 'not_fit' }
  const problems = new Set<FitProblem>()
  if (!decoder.checkIntegrity()) problems.add('damaged')

  let records = 0
  const recordBefore: number[] = []
  const { messages, errors } = decoder.read({
    mesgListener: (mesgNum) => {
      if (mesgNum === RECORD) records++
      // hrv messages carry no time: they belong to the record that came last.
      if (mesgNum === HRV) recordBefore.push(records - 1)
    },
  })
  if (errors.length > 0) problems.add('damaged')

  const samples: Sample[] = []
  let startedAt: number | null = null
  const secondOfRecord = (messages.recordMesgs ?? []).map((record) => {
    const atMs = record.timestamp instanceof Date ? record.timestamp.getTime() : NaN
    startedAt ??= Number.isNaN(atMs) ? null : atMs
    const second = Math.floor((atMs - (startedAt ?? NaN)) / 1000)
    const before = samples.at(-1)?.second ?? 0
    if (!(second >= before && second - before <= LONGEST_PAUSE_SECONDS)) {
      problems.add('implausible_times')
      return null
    }
    const said = record.heartRate ?? null
    const bpm = said !== null && isPlausibleBpm(said) ? said : null
    if (said !== null && said !== 0 && bpm === null) problems.add('implausible_values')
    if (samples.at(-1)?.second !== second) samples.push({ second, bpm })
    else if (bpm !== null) samples[samples.length - 1] = { second, bpm }
    return second
  })
  if (startedAt === null || samples.length === 0) return { outcome: 'refused', reason: 'no_records' }
  if (samples.every(({ bpm }) => bpm === null)) problems.add('no_heart_rate')

  const rr = (messages.hrvMesgs ?? []).flatMap(({ time }, i) => {
    const record = recordBefore[i]
    const second = record === undefined ? null : record < 0 ? 0 : (secondOfRecord[record] ?? null)
    const intervals = (Array.isArray(time) ? time : []).map((seconds) => Math.round(seconds * 1024)).filter(isPlausibleRr)
    return second === null || intervals.length === 0 ? [] : [{ second, intervals }]
  })
  return { outcome: 'read', startedAt, samples, rr, problems: [...problems] }
}
