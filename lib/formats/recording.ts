import type { Sample } from '@/lib/physiology/hold'
import type { Sport } from './sport'

/** The streams of a recording and their units. */
export const STREAMS = [
  'bpm', // heart rate, whole beats a minute, 25–250
  'watts', // 0–4000
  'cadence', // turns of the crank, strides of ONE leg, or strokes, a minute: as FIT, TCX and GPX all keep it
  'speedMps', // metres a second
  'altitudeM', // metres above the sea
  'distanceM', // metres since the start
  'lat', // degrees north, WGS 84; null together with lon
  'lon', // degrees east
] as const
export type StreamName = (typeof STREAMS)[number]

/**
 * Parallel arrays, all of one length. `second`: whole seconds since the start, rising, only those that have a record (gaps stay gaps).
 * A value is null where the record has none.
 */
export type Streams = { readonly second: readonly number[] } & { readonly [name in StreamName]: ReadonlyArray<number | null> }

export type Lap = { readonly startSecond: number; readonly seconds: number; readonly distanceM: number | null }
export type Pause = { readonly startSecond: number; readonly seconds: number }

/** What the device says of the whole, kept apart from what we compute. Null: it does not say. */
export type SaidTotals = {
  readonly elapsedSeconds: number | null
  /** Without the pauses. */
  readonly timerSeconds: number | null
  readonly distanceM: number | null
  readonly ascentM: number | null
  readonly kcal: number | null
  readonly avgBpm: number | null
  readonly maxBpm: number | null
  readonly avgWatts: number | null
  readonly maxWatts: number | null
  readonly weightedWatts: number | null
}
export const NOTHING_SAID: SaidTotals = {
  elapsedSeconds: null,
  timerSeconds: null,
  distanceM: null,
  ascentM: null,
  kcal: null,
  avgBpm: null,
  maxBpm: null,
  avgWatts: null,
  maxWatts: null,
  weightedWatts: null,
}

/** What was not sound in a file that was read all the same. */
export const PROBLEMS = [
  'damaged', // cut off or altered: something is missing or not as it was written
  'no_samples', // totals only
  'no_heart_rate',
  'implausible_times', // records without a time, before the one before them, or hours after it, were left out
  'implausible_values', // values that no person and no place has were left out
  'several_activities', // only the first was read
  'too_long', // more than the limits of one recording: the rest was left out
] as const
export type Problem = (typeof PROBLEMS)[number]

/** One training session, whatever format it came from or goes to. */
export type Recording = {
  readonly sport: Sport
  /** The source's own word, such as 'cycling/indoorCycling'. */
  readonly sourceSport: string | null
  /** UTC milliseconds of second 0. */
  readonly startedAt: number
  /** Minutes east of UTC where it was recorded; null: the source does not say. */
  readonly zoneOffsetMinutes: number | null
  readonly device: string | null
  readonly streams: Streams
  /** RR intervals in 1/1024 s, oldest first, with the second of the record that they follow. */
  readonly rr: ReadonlyArray<{ readonly second: number; readonly intervals: readonly number[] }>
  readonly laps: readonly Lap[]
  readonly pauses: readonly Pause[]
  readonly said: SaidTotals
  readonly problems: readonly Problem[]
}

export type Refusal = {
  readonly outcome: 'refused'
  readonly reason:
    | 'too_large'
    | 'unknown_format'
    | 'unsafe' // a DTD, or elements nested beyond reason
    | 'no_records'
}
export type ReadOutcome = { readonly outcome: 'read'; readonly recording: Recording } | Refusal
export const refused = (reason: Refusal['reason']): Refusal => ({ outcome: 'refused', reason })

/** The heart rate alone, one sample for each record. */
export const heartRateSamples = ({ streams }: Recording): Sample[] =>
  streams.second.map((second, at) => ({ second, bpm: streams.bpm[at] ?? null }))

export const hasStream = (values: ReadonlyArray<number | null>): boolean => values.some((value) => value !== null)

/** The source's text as we keep it: one line, without control characters, at most 80 characters; null when nothing is left. */
export function tidy(text: unknown): string | null {
  if (typeof text !== 'string') return null
  const plain = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return plain === '' ? null : [...plain].slice(0, 80).join('')
}
