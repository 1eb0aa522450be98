import { collectPoints, collectSamples, isPlausibleTime, MOST_SAID, RANGES } from './collect-samples'
import { type Lap, NOTHING_SAID, type Problem, type ReadOutcome, refused, type StreamName, tidy } from './recording'
import { sportOf } from './sport'
import { decimal, instant, MAX_XML_BYTES, walkXml } from './xml'

/** Leaves of a Trackpoint, by their own name or their parent's: TrainingCenterDatabase v2 and the ActivityExtension v2 (TPX). */
const LEAVES: { readonly [leaf: string]: StreamName } = {
  LatitudeDegrees: 'lat',
  LongitudeDegrees: 'lon',
  AltitudeMeters: 'altitudeM',
  DistanceMeters: 'distanceM',
  'HeartRateBpm/Value': 'bpm',
  Cadence: 'cadence',
  RunCadence: 'cadence',
  Speed: 'speedMps',
  Watts: 'watts',
}
const MAX_LAPS = 2_000

type SaidByLaps = { seconds: number | null; distanceM: number | null; kcal: number | null; maxBpm: number | null }
type OpenLap = { startMs: number; seconds: number | null; distanceM: number | null; tracks: number }

/**
 * The first activity of a TCX file (Garmin TrainingCenterDatabase v2, ActivityExtension v2): laps, trackpoints, device; a new Track
 * within a lap is a pause. A damaged or cut file gives what is sound before the damage. Never throws, whatever the bytes.
 */
export function readTcx(bytes: Uint8Array): ReadOutcome {
  if (bytes.byteLength > MAX_XML_BYTES) return refused('too_large')
  const problems = new Set<Problem>()
  const samples = collectSamples(problems)
  const laps: OpenLap[] = []
  const points = collectPoints(samples)
  const said: SaidByLaps = { seconds: null, distanceM: null, kcal: null, maxBpm: null }
  const sum = (total: number | null, value: number | null) => (value === null ? total : (total ?? 0) + value)
  let activities = 0
  let sportWord: string | null = null
  let device: string | null = null
  let zoneOffsetMinutes: number | null = null

  function closeOfLap(lap: OpenLap, leaf: string, text: string) {
    const value = decimal(text)
    if (value === null || value < 0) return
    if (value > MOST_SAID) {
      problems.add('implausible_values')
      return
    }
    if (leaf === 'TotalTimeSeconds') {
      lap.seconds = value
      said.seconds = sum(said.seconds, value)
    } else if (leaf === 'DistanceMeters') {
      lap.distanceM = value
      said.distanceM = sum(said.distanceM, value)
    } else if (leaf === 'Calories') said.kcal = sum(said.kcal, value)
  }

  const walk = walkXml(bytes, {
    open(path, attributes) {
      const name = path.at(-1)
      if (name === 'Activity') {
        if (++activities === 1) sportWord = tidy(attributes.Sport)
        else problems.add('several_activities')
      }
      if (activities !== 1) return
      if (name === 'Lap' && laps.length < MAX_LAPS) {
        const start = instant(attributes.StartTime)
        laps.push({ startMs: start?.atMs ?? NaN, seconds: null, distanceM: null, tracks: 0 })
      }
      const lap = laps.at(-1)
      if (name === 'Track' && lap && ++lap.tracks > 1) points.breakOff()
      if (name === 'Trackpoint') points.open({})
    },
    close(path, text) {
      if (activities !== 1) return
      const name = path.at(-1) ?? ''
      const parent = path.at(-2) ?? ''
      if (name === 'Trackpoint') points.close()
      else if (points.isOpen() && name === 'Time') {
        const time = instant(text)
        points.setTime(time)
        zoneOffsetMinutes ??= time?.zoneOffsetMinutes ?? null
      } else if (points.isOpen()) {
        const stream = LEAVES[name] ?? LEAVES[`${parent}/${name}`]
        const value = stream === undefined ? null : decimal(text)
        if (stream !== undefined && value !== null) points.set(stream, value)
      } else if (parent === 'Lap') {
        const lap = laps.at(-1)
        if (lap) closeOfLap(lap, name, text)
      } else if (parent === 'MaximumHeartRateBpm') {
        const value = decimal(text) ?? 0
        if (value <= RANGES.bpm[1]) said.maxBpm = Math.max(said.maxBpm ?? 0, value) || null
      } else if (parent === 'Creator' && name === 'Name') device = tidy(text)
    },
  })
  if (walk === 'unsafe') return refused('unsafe')
  if (walk === 'damaged') problems.add('damaged')
  const startedAt = samples.startedAt() ?? laps[0]?.startMs ?? NaN
  if (!isPlausibleTime(startedAt)) return refused('no_records')
  const streams = samples.streams()
  if (streams.second.length === 0) problems.add('no_samples')
  else if (streams.bpm.every((bpm) => bpm === null)) problems.add('no_heart_rate')
  const soundLaps = laps.flatMap(({ startMs, seconds, distanceM }): Lap[] => {
    const startSecond = Math.max(0, Math.floor((startMs - startedAt) / 1000))
    return !isPlausibleTime(startMs) || seconds === null ? [] : [{ startSecond, seconds, distanceM }]
  })
  return {
    outcome: 'read',
    recording: {
      sport: sportOf(sportWord),
      sourceSport: sportWord,
      startedAt,
      zoneOffsetMinutes,
      device,
      streams,
      rr: [],
      laps: soundLaps,
      pauses: points.pauses,
      // The schema demands distance and calories of every lap: 0 says nothing.
      said: {
        ...NOTHING_SAID,
        timerSeconds: said.seconds,
        distanceM: said.distanceM || null,
        kcal: said.kcal || null,
        maxBpm: said.maxBpm,
      },
      problems: [...problems],
    },
  }
}
