import type { Recording } from './recording'
import { element, escapeXml } from './xml'

const NAMESPACES =
  'xmlns="http://www.topografix.com/GPX/1/1" xmlns:tp="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" ' +
  'xmlns:pw="http://www.garmin.com/xmlschemas/PowerExtension/v1"'

/**
 * A GPX 1.1 track (with Garmin's TrackPointExtension v2 and PowerExtension v1); null when the recording has no place, which a track
 * cannot be without. Records without a place are left out; a pause begins a new segment. Resolution: position 1e-7°, altitude 1 cm,
 * speed 1 mm/s, whole cadence. No distance, laps, totals or RR intervals.
 */
export function writeGpx(recording: Recording): string | null {
  const { streams, pauses, startedAt } = recording
  let segments = ''
  let before: number | null = null
  streams.second.forEach((second, at) => {
    const lat = streams.lat[at]
    const lon = streams.lon[at]
    if (lat === null || lat === undefined || lon === null || lon === undefined) return
    const pausedBetween = before !== null && pauses.some(({ startSecond }) => startSecond >= (before ?? 0) && startSecond < second)
    if (before === null || pausedBetween) segments += before === null ? '<trkseg>' : '</trkseg>\n<trkseg>'
    before = second
    const heart = element('tp:hr', streams.bpm[at], 0) + element('tp:cad', streams.cadence[at], 0)
    const body = heart + element('tp:speed', streams.speedMps[at], 3)
    const power = element('pw:PowerInWatts', streams.watts[at], 0)
    const extensions = (body && `<tp:TrackPointExtension>${body}</tp:TrackPointExtension>`) + power
    segments +=
      `<trkpt lat="${Number(lat.toFixed(7))}" lon="${Number(lon.toFixed(7))}">${element('ele', streams.altitudeM[at], 2)}` +
      `<time>${new Date(startedAt + second * 1000).toISOString()}</time>${extensions && `<extensions>${extensions}</extensions>`}</trkpt>\n`
  })
  if (before === null) return null
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="${escapeXml(recording.device ?? 'Pulseroom')}" ${NAMESPACES}>` +
    `<metadata><time>${new Date(startedAt).toISOString()}</time></metadata>` +
    `<trk><type>${recording.sport}</type>\n${segments}</trkseg></trk></gpx>\n`
  )
}
