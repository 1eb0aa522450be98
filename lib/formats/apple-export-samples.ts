import type { Attributes } from './apple-export-scan'
import { type AppleWorkout, appleInstant, inUnit, UNITS } from './apple-export-workout'
import { collectSamples } from './collect-samples'
import type { Problem, Recording, StreamName } from './recording'

/** Records are steps of a distance, or values of a stream. */
type Column = Exclude<StreamName, 'lat' | 'lon' | 'altitudeM'>
type Kind = { readonly column: Column; readonly units: { readonly [unit: string]: number } }
const heart: Kind = { column: 'bpm', units: UNITS.bpm }
const watts: Kind = { column: 'watts', units: UNITS.watts }
const speed: Kind = { column: 'speedMps', units: UNITS.metresPerSecond }
const step: Kind = { column: 'distanceM', units: UNITS.metres }
const cadence: Kind = { column: 'cadence', units: UNITS.bpm }
const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    HeartRate: heart,
    CyclingPower: watts,
    RunningPower: watts,
    CyclingCadence: cadence,
    CyclingSpeed: speed,
    RunningSpeed: speed,
    RowingSpeed: speed,
    DistanceWalkingRunning: step,
    DistanceCycling: step,
    DistanceSwimming: step,
    DistanceRowing: step,
    DistanceCrossCountrySkiing: step,
  }).map(([name, kind]) => [`HKQuantityTypeIdentifier${name}`, kind]),
)
export const isAppleSample = (type: string): boolean => KINDS.has(type)

/** Values of one workout and column: about as many as a strap says in two days. */
const MAX_VALUES = 200_000
/** A person can have started a workout in several apps at once, not in more. */
const MAX_OVERLAPS = 8
const MAX_SOURCES = 255

/** A growing list of values: 13 bytes each, where objects would need a hundred. */
class Values {
  length = 0
  #second = new Uint32Array(64)
  #value = new Float64Array(64)
  #source = new Uint8Array(64)
  add(second: number, value: number, source: number): void {
    if (this.length === this.#second.length) {
      const more = <T extends { set(old: T): void }>(wider: T, old: T): T => (wider.set(old), wider)
      this.#second = more(new Uint32Array(this.length * 2), this.#second)
      this.#value = more(new Float64Array(this.length * 2), this.#value)
      this.#source = more(new Uint8Array(this.length * 2), this.#source)
    }
    this.#second[this.length] = second
    this.#value[this.length] = value
    this.#source[this.length] = source
    this.length++
  }
  /** Of the source that said most, by time: two watches on one body would zigzag. */
  ofOneSource(): Array<{ second: number; value: number }> {
    const counts = new Array<number>(MAX_SOURCES + 1).fill(0)
    for (let at = 0; at < this.length; at++) counts[this.#source[at] ?? 0]! += 1
    const most = counts.indexOf(Math.max(...counts))
    const chosen: Array<{ second: number; value: number }> = []
    for (let at = 0; at < this.length; at++)
      if (this.#source[at] === most) chosen.push({ second: this.#second[at] ?? 0, value: this.#value[at] ?? 0 })
    return chosen.sort((a, b) => a.second - b.second)
  }
}

type Filling = { readonly workout: AppleWorkout; readonly columns: Map<Column, Values>; readonly problems: Set<Problem> }
export type AppleSampleCollector = {
  readonly add: (record: Attributes) => void
  /** A workout with the records that fell in it, and its routes. */
  readonly recordingOf: (workout: AppleWorkout, routes: readonly Recording[]) => Recording
}

/** Puts each record to the workouts that it falls in. Memory grows with what falls in a workout, not with the export. */
export function collectAppleSamples(workouts: readonly AppleWorkout[]): AppleSampleCollector {
  const ordered: Filling[] = workouts
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((workout) => ({ workout, columns: new Map(), problems: new Set(workout.damaged ? ['damaged'] : []) }))
  let until = -Infinity
  /** The latest end of a workout up to each: where looking back may stop. */
  const latestEnd = ordered.map(({ workout }) => (until = Math.max(until, workout.endMs)))
  const sources = new Map<string, number>()
  const sourceOf = (name: string) => {
    const known = sources.get(name)
    if (known !== undefined) return known
    const next = Math.min(sources.size, MAX_SOURCES)
    if (sources.size < MAX_SOURCES) sources.set(name, next)
    return next
  }

  function lastStartedBy(atMs: number): number {
    let [low, high] = [0, ordered.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ordered[middle]?.workout.startMs ?? Infinity) <= atMs) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  return {
    add({ type = '', sourceName = '', unit, startDate, endDate, value }) {
      const kind = KINDS.get(type)
      const atMs = appleInstant(kind?.column === 'distanceM' ? endDate : startDate)?.atMs
      if (kind === undefined || atMs === undefined) return
      const number = inUnit(value, unit, kind.units)
      let left = MAX_OVERLAPS
      for (let at = lastStartedBy(atMs); at >= 0 && (latestEnd[at] ?? 0) >= atMs && left > 0; at--, left--) {
        const filling = ordered[at]
        if (filling === undefined || filling.workout.endMs < atMs) continue
        if (number === null) {
          filling.problems.add('implausible_values')
          continue
        }
        const values = filling.columns.get(kind.column) ?? new Values()
        filling.columns.set(kind.column, values)
        if (values.length === MAX_VALUES) filling.problems.add('too_long')
        else values.add(Math.floor((atMs - filling.workout.startMs) / 1000), number, sourceOf(sourceName))
      }
    },
    recordingOf(workout, routes) {
      const filling = ordered.find((each) => each.workout === workout)
      return recordingOf(filling ?? { workout, columns: new Map(), problems: new Set() }, routes)
    },
  }
}

type Point = { readonly second: number; readonly values: { readonly [name in StreamName]?: number | null } }

function recordingOf({ workout, columns, problems }: Filling, routes: readonly Recording[]): Recording {
  const { startMs, endMs, sport, sourceSport, device, zoneOffsetMinutes, laps, pauses, said } = workout
  const points: Point[] = routes.flatMap((route) => pointsOf(route, startMs))
  for (const [column, values] of columns) {
    let metres = 0
    for (const { second, value } of values.ofOneSource()) {
      // Steps of a distance add up; in a negative one there is no sense.
      if (column === 'distanceM') metres += Math.max(0, value)
      points.push({ second, values: { [column]: column === 'distanceM' ? metres : value } })
    }
  }
  const samples = collectSamples(problems)
  const lastSecond = Math.ceil((endMs - startMs) / 1000)
  const inside = points.filter(({ second }) => second >= 0 && second <= lastSecond).sort((a, b) => a.second - b.second)
  // Second 0 is the workout's own start, whenever its first record came: laps and pauses count from it.
  if (inside.length > 0) samples.add(startMs, {})
  for (const { second, values } of inside) samples.add(startMs + second * 1000, values)
  const streams = samples.streams()
  for (const route of routes) for (const problem of route.problems) if (problem !== 'no_heart_rate') problems.add(problem)
  if (streams.second.length === 0) problems.add('no_samples')
  else if (streams.bpm.every((bpm) => bpm === null)) problems.add('no_heart_rate')
  return { sport, sourceSport, startedAt: startMs, zoneOffsetMinutes, device, streams, rr: [], laps, pauses, said, problems: [...problems] }
}

/** What a route says of the place; its speed as well, which the records of most sports lack. */
function pointsOf({ startedAt, streams }: Recording, startMs: number): Point[] {
  return streams.second.map((second, at) => ({
    second: Math.floor((startedAt - startMs) / 1000) + second,
    values: { lat: streams.lat[at], lon: streams.lon[at], altitudeM: streams.altitudeM[at], speedMps: streams.speedMps[at] },
  }))
}
