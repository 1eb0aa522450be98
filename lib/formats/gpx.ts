import { collectSamples } from './collect-samples'
import { NOTHING_SAID, type Pause, type Problem, type ReadOutcome, refused, type StreamName, tidy } from './recording'
import { sportOf } from './sport'
import { decimal, instant, MAX_XML_BYTES, walkXml } from './xml'

/**
 * Leaves of a trkpt, in lower case: GPX 1.1's own; Garmin's TrackPointExtension v1 and v2 (hr, cad, speed), PowerExtension v1
 * (PowerInWatts), and the bare names that other writers put under extensions.
 */
const LEAVES: { readonly [leaf: string]: StreamName } = {
  ele: 'altitudeM',
  hr: 'bpm',
  heartrate: 'bpm',
  cad: 'cadence',
  cadence: 'cadence',
  speed: 'speedMps',
  distance: 'distanceM',
  power: 'watts',
  watts: 'watts',
  powerinwatts: 'watts',
}

/**
 * The tracks of a GPX file (Topografix GPX 1.1; 1.0 reads as well) as one recording: a new segment is a pause. Points without a time
 * cannot be placed and are left out. A damaged or cut file gives what is sound before the damage. Never throws, whatever the bytes.
 */
export function readGpx(bytes: Uint8Array): ReadOutcome {
  if (bytes.byteLength > MAX_XML_BYTES) return refused('too_large')
  const problems = new Set<Problem>()
  const samples = collectSamples(problems)
  const pauses: Pause[] = []
  let sportWord: string | null = null
  let device: string | null = null
  let zoneOffsetMinutes: number | null = null
  let point: { [name in StreamName]?: number } | null = null
  let atMs = NaN
  let pausedSince: number | null = null

  function closePoint() {
    const second = samples.add(atMs, point ?? {})
    if (second !== null && pausedSince !== null) {
      if (second > pausedSince) pauses.push({ startSecond: pausedSince, seconds: second - pausedSince })
      pausedSince = null
    }
    point = null
  }

  const walk = walkXml(bytes, {
    open(path, attributes) {
      const name = path.at(-1)
      if (name === 'gpx' && path.length === 1) device = tidy(attributes.creator)
      if (name === 'trkseg' && samples.startedAt() !== null) pausedSince ??= samples.lastSecond()
      if (name !== 'trkpt') return
      const lat = decimal(attributes.lat)
      const lon = decimal(attributes.lon)
      point = lat === null || lon === null ? {} : { lat, lon }
      atMs = NaN
    },
    close(path, text) {
      const name = path.at(-1) ?? ''
      if (name === 'trkpt') closePoint()
      else if (point === null) {
        if (name === 'type' && path.at(-2) === 'trk') sportWord ??= tidy(text)
      } else if (name === 'time' && path.at(-2) === 'trkpt') {
        const time = instant(text)
        atMs = time?.atMs ?? NaN
        zoneOffsetMinutes ??= time?.zoneOffsetMinutes ?? null
      } else {
        const stream = LEAVES[name.toLowerCase()]
        const value = stream === undefined ? null : decimal(text)
        if (stream !== undefined && value !== null) point[stream] = value
      }
    },
  })
  if (walk === 'unsafe') return refused('unsafe')
  if (walk === 'damaged') problems.add('damaged')
  const startedAt = samples.startedAt()
  if (startedAt === null) return refused('no_records')
  const streams = samples.streams()
  if (streams.bpm.every((bpm) => bpm === null)) problems.add('no_heart_rate')
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
      laps: [],
      pauses,
      said: NOTHING_SAID,
      problems: [...problems],
    },
  }
}
