import { MAX_BPM, MIN_BPM } from '@/lib/physiology/plausible-heart-rate'
import type { Pause, Problem, StreamName, Streams } from './recording'

/** Nearly six days of seconds: longer than any race, short enough for a page. */
export const MAX_SAMPLES = 500_000
/** Two weeks with every pause. Figures and plots lay a recording out second by second, so its length costs, not only its records. */
export const LONGEST_SECONDS = 14 * 86_400
/** Longer pauses exist, but a clock that jumps this far is more often a damaged record. */
const LONGEST_PAUSE_SECONDS = 6 * 3600
/** A device that does not know the time says the 1980s or counts from its start. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** What a person or a place can have; lowest and highest. */
export const RANGES: { readonly [name in StreamName]: readonly [number, number] } = {
  bpm: [MIN_BPM, MAX_BPM],
  watts: [0, 4_000],
  cadence: [0, 254],
  speedMps: [0, 150],
  altitudeM: [-500, 12_000],
  distanceM: [0, 10_000_000],
  lat: [-90, 90],
  lon: [-180, 180],
}
/** No training has a larger total of anything: metres, seconds, kilocalories. */
export const MOST_SAID = 10_000_000

export type Values = { readonly [name in StreamName]?: number | null }
export type SampleCollector = {
  /**
   * One record, in the file's order. Answers the second it was kept under, null when it was left out. Records of the same second are
   * one: the last value said counts.
   */
  readonly add: (atMs: number, values: Values) => number | null
  /** UTC milliseconds of second 0, null before the first record that was kept. */
  readonly startedAt: () => number | null
  readonly lastSecond: () => number
  readonly streams: () => Streams
}

export const isPlausibleTime = (atMs: number): boolean => atMs >= EARLIEST && atMs < LATEST

/** Gathers records of any format into streams: times rise, values are of this world, what is not is left out and said in `problems`. */
export function collectSamples(problems: Set<Problem>): SampleCollector {
  const seconds: number[] = []
  const streams: { [name in StreamName]: Array<number | null> } = {
    bpm: [],
    watts: [],
    cadence: [],
    speedMps: [],
    altitudeM: [],
    distanceM: [],
    lat: [],
    lon: [],
  }
  const { bpm, watts, cadence, speedMps, altitudeM, distanceM, lat, lon } = streams
  const all = Object.values(streams)
  let startedAt: number | null = null
  let last = 0

  function place(atMs: number): number | null {
    const second = Math.floor((atMs - (startedAt ?? atMs)) / 1000)
    if (!isPlausibleTime(atMs) || second < last || second - last > LONGEST_PAUSE_SECONDS) {
      problems.add('implausible_times')
      return null
    }
    if (seconds.at(-1) === second) return second
    if (seconds.length === MAX_SAMPLES || second >= LONGEST_SECONDS) {
      problems.add('too_long')
      return null
    }
    startedAt ??= atMs
    last = second
    seconds.push(second)
    for (const column of all) column.push(null)
    return second
  }

  function sound(said: number | null | undefined, range: readonly [number, number]): number | null {
    if (said === null || said === undefined) return null
    if (said >= range[0] && said <= range[1]) return said
    problems.add('implausible_values')
    return null
  }
  const rounded = (said: number | null | undefined): number | null => (said === null || said === undefined ? null : Math.round(said))
  const put = (column: Array<number | null>, at: number, value: number | null): void => {
    if (value !== null) column[at] = value
  }

  return {
    add(atMs, values) {
      const second = place(atMs)
      if (second === null) return null
      const at = seconds.length - 1
      // One by one: to look each up by its name cost a third of what the decoder itself does with a record.
      put(bpm, at, values.bpm === 0 ? null : sound(rounded(values.bpm), RANGES.bpm))
      put(watts, at, sound(rounded(values.watts), RANGES.watts))
      put(cadence, at, sound(values.cadence, RANGES.cadence))
      put(speedMps, at, sound(values.speedMps, RANGES.speedMps))
      put(altitudeM, at, sound(values.altitudeM, RANGES.altitudeM))
      put(distanceM, at, sound(values.distanceM, RANGES.distanceM))
      const [north, east] = [sound(values.lat, RANGES.lat), sound(values.lon, RANGES.lon)]
      if (north !== null && east !== null) {
        lat[at] = north
        lon[at] = east
      }
      return second
    },
    startedAt: () => startedAt,
    lastSecond: () => last,
    streams: () => ({ second: seconds, ...streams }),
  }
}

/** The points of a track, one element each: TCX's and GPX's. A break between two of them is a pause. */
export type PointCollector = {
  readonly open: (values: Values) => void
  /** Whether a point is open. */
  readonly isOpen: () => boolean
  readonly set: (name: StreamName, value: number) => void
  readonly setTime: (time: { readonly atMs: number } | null) => void
  readonly close: () => void
  /** Until the next point that is kept. */
  readonly breakOff: () => void
  readonly pauses: readonly Pause[]
}

export function collectPoints(samples: SampleCollector): PointCollector {
  const pauses: Pause[] = []
  let values: { [name in StreamName]?: number | null } | null = null
  let atMs = NaN
  let pausedSince: number | null = null
  return {
    open(own) {
      values = { ...own }
      atMs = NaN
    },
    isOpen: () => values !== null,
    set(name, value) {
      if (values !== null) values[name] = value
    },
    setTime(time) {
      atMs = time?.atMs ?? NaN
    },
    close() {
      const second = samples.add(atMs, values ?? {})
      if (second !== null && pausedSince !== null) {
        if (second > pausedSince) pauses.push({ startSecond: pausedSince, seconds: second - pausedSince })
        pausedSince = null
      }
      values = null
    },
    breakOff() {
      if (samples.startedAt() !== null) pausedSince ??= samples.lastSecond()
    },
    pauses,
  }
}
