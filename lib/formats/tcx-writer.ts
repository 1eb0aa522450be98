import type { Lap, Recording } from './recording'
import { element, escapeXml } from './xml'

const NAMESPACES =
  'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
  'xmlns:ax="http://www.garmin.com/xmlschemas/ActivityExtension/v2"'

/**
 * A TCX file (Garmin TrainingCenterDatabase v2 with ActivityExtension v2, elements in the schema's order). Every record is in one lap; a
 * pause begins a new Track. The format has no RR intervals, no zone, and whole cadence; position to
 * 1e-7°, metres to 1 cm, speed to 1 mm/s.
 */
export function writeTcx(recording: Recording): string {
  const { streams, said } = recording
  const sport = recording.sport === 'running' ? 'Running' : recording.sport === 'cycling' ? 'Biking' : 'Other'
  const inOrder = recording.laps.toSorted((a, b) => a.startSecond - b.startSecond)
  const whole: Lap = { startSecond: 0, seconds: said.timerSeconds ?? streams.second.at(-1) ?? 0, distanceM: said.distanceM }
  const laps: readonly Lap[] = inOrder.length > 0 ? inOrder : [whole]
  const bodies = laps.map((lap, index) => {
    // The first lap takes what came before it, the last what comes after: no record is lost between them.
    const from = index === 0 ? 0 : lap.startSecond
    const to = laps[index + 1]?.startSecond ?? Infinity
    const within = streams.second.flatMap((second, at) => (second >= from && second < to ? [at] : []))
    return (
      `<Lap StartTime="${timeAt(recording, lap.startSecond)}">${element('TotalTimeSeconds', lap.seconds, 3)}` +
      `${element('DistanceMeters', lap.distanceM ?? 0, 2)}${element('Calories', index === 0 ? Math.min(said.kcal ?? 0, 65_535) : 0, 0)}` +
      (laps.length === 1 ? heart('Average', said.avgBpm) + heart('Maximum', said.maxBpm) : '') +
      `<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>${tracks(recording, within)}</Lap>`
    )
  })
  const creator = recording.device === null ? '' : creatorOf(recording.device)
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase ${NAMESPACES}><Activities><Activity Sport="${sport}">` +
    `<Id>${timeAt(recording, 0)}</Id>${bodies.join('\n')}${creator}</Activity></Activities></TrainingCenterDatabase>\n`
  )
}

const timeAt = ({ startedAt }: Recording, second: number): string => new Date(startedAt + Math.round(second * 1000)).toISOString()

const heart = (which: 'Average' | 'Maximum', bpm: number | null): string =>
  bpm === null ? '' : `<${which}HeartRateBpm>${element('Value', bpm, 0)}</${which}HeartRateBpm>`

const creatorOf = (device: string): string =>
  `<Creator xsi:type="Device_t"><Name>${escapeXml(device)}</Name><UnitId>0</UnitId><ProductID>0</ProductID>` +
  '<Version><VersionMajor>0</VersionMajor><VersionMinor>0</VersionMinor></Version></Creator>'

function tracks(recording: Recording, within: readonly number[]): string {
  const { streams, pauses } = recording
  let text = ''
  let before: number | null = null
  for (const at of within) {
    const second = streams.second[at] ?? 0
    const pausedBetween = before !== null && pauses.some(({ startSecond }) => startSecond >= (before ?? 0) && startSecond < second)
    if (before === null || pausedBetween) text += before === null ? '<Track>' : '</Track><Track>'
    text += `${trackpoint(recording, at)}\n`
    before = second
  }
  return before === null ? '' : `${text}</Track>`
}

function trackpoint(recording: Recording, at: number): string {
  const { streams } = recording
  const position = element('LatitudeDegrees', streams.lat[at], 7) + element('LongitudeDegrees', streams.lon[at], 7)
  const cadence = streams.cadence[at]
  const running = recording.sport === 'running' || recording.sport === 'walking'
  const strides = running ? element('ax:RunCadence', cadence, 0) : ''
  const extension = element('ax:Speed', streams.speedMps[at], 3) + strides + element('ax:Watts', streams.watts[at], 0)
  const bpm = streams.bpm[at]
  return (
    `<Trackpoint><Time>${timeAt(recording, streams.second[at] ?? 0)}</Time>` +
    (position === '' ? '' : `<Position>${position}</Position>`) +
    element('AltitudeMeters', streams.altitudeM[at], 2) +
    element('DistanceMeters', streams.distanceM[at], 2) +
    (bpm === null || bpm === undefined ? '' : `<HeartRateBpm>${element('Value', bpm, 0)}</HeartRateBpm>`) +
    (running ? '' : element('Cadence', cadence, 0)) +
    (extension === '' ? '' : `<Extensions><ax:TPX>${extension}</ax:TPX></Extensions>`) +
    '</Trackpoint>'
  )
}
