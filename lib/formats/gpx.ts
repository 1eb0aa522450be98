import { collectPoints, collectSamples } from './collect-samples'
import { NOTHING_SAID, type Problem, type ReadOutcome, refused, type StreamName, tidy } from './recording'
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
  const points = collectPoints(samples)
  let sportWord: string | null = null
  let device: string | null = null
  let zoneOffsetMinutes: number | null = null

  const walk = walkXml(bytes, {
    open(path, attributes) {
      const name = path.at(-1)
      if (name === 'gpx' && path.length === 1) device = tidy(attributes.creator)
      if (name === 'trkseg') points.breakOff()
      if (name !== 'trkpt') return
      const lat = decimal(attributes.lat)
      const lon = decimal(attributes.lon)
      points.open(lat === null || lon === null ? {} : { lat, lon })
    },
    close(path, text) {
      const name = path.at(-1) ?? ''
      if (name === 'trkpt') points.close()
      else if (!points.isOpen()) {
        if (name === 'type' && path.at(-2) === 'trk') sportWord ??= tidy(text)
      } else if (name === 'time' && path.at(-2) === 'trkpt') {
        const time = instant(text)
        points.setTime(time)
        zoneOffsetMinutes ??= time?.zoneOffsetMinutes ?? null
      } else {
        const stream = LEAVES[name.toLowerCase()]
        const value = stream === undefined ? null : decimal(text)
        if (stream !== undefined && value !== null) points.set(stream, value)
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
      pauses: points.pauses,
      said: NOTHING_SAID,
      problems: [...problems],
    },
  }
}
