import {
  type ActivityMesg,
  type EventMesg,
  type FileIdMesg,
  type HrvMesg,
  type LapMesg,
  Profile,
  type RecordMesg,
  type SessionMesg,
} from '@garmin/fitsdk'
import { encodeFit, type FitEncoding } from './fit-encoder'
import type { Recording } from './recording'
import type { Sport } from './sport'

const SPORT_WORDS = {
  running: { sport: 'running' },
  cycling: { sport: 'cycling' },
  swimming: { sport: 'swimming' },
  walking: { sport: 'walking' },
  rowing: { sport: 'rowing' },
  skiing: { sport: 'crossCountrySkiing' },
  strength: { sport: 'training', subSport: 'strengthTraining' },
  mobility: { sport: 'training', subSport: 'yoga' },
  workout: { sport: 'training', subSport: 'cardioTraining' },
  other: { sport: 'generic' },
} as const satisfies { readonly [sport in Sport]: object }

const SEMICIRCLES = 2 ** 31 / 180
const RR_IN_A_MESSAGE = 5
const FIT_EPOCH_MS = Date.UTC(1989, 11, 31)
/** The number of a message in the profile; all that are written here are in it. */
const NUMBER = Profile.MesgNum

/** A whole number for a field of `bits` bits, below the value that means "none"; undefined writes no field. */
const whole = (value: number | null | undefined, bits: 8 | 16 | 32): number | undefined =>
  value === null || value === undefined ? undefined : Math.min(Math.max(Math.round(value), 0), 2 ** bits - 2)
/** The same for a field with a scale: the encoder rounds to the format's resolution. */
const scaled = (value: number | null | undefined, most: number): number | undefined =>
  value === null || value === undefined ? undefined : Math.min(Math.max(value, 0), most)
const semicircles = (degrees: number | null | undefined): number | undefined =>
  degrees === null || degrees === undefined ? undefined : Math.min(Math.max(Math.round(degrees * SEMICIRCLES), -(2 ** 31)), 2 ** 31 - 2)

/**
 * A FIT activity file (FIT protocol 2.0: file id, timer events, records, RR intervals as hrv messages, laps, session, activity).
 * Resolution: whole seconds, bpm and W, cadence 1/128, speed 1 mm/s, altitude 0.2 m, distance 1 cm, position 2⁻³¹ of a half turn, RR 1 ms.
 * `encoder`: the vendor's own would write the same.
 */
export function writeFit(recording: Recording, encoder: FitEncoding = encodeFit()): Uint8Array {
  const at = (second: number) => new Date((Math.floor(recording.startedAt / 1000) + Math.round(second)) * 1000)
  const { streams, said, pauses, laps } = recording
  const lastSecond = Math.max(streams.second.at(-1) ?? 0, Math.round(said.elapsedSeconds ?? 0))
  const paused = pauses.reduce((sum, { seconds }) => sum + seconds, 0)
  const elapsed = scaled(said.elapsedSeconds ?? lastSecond, 4_000_000)
  const timer = scaled(said.timerSeconds ?? Math.max(0, lastSecond - paused), 4_000_000)

  const productName = recording.device?.slice(0, 40)
  const fileId: FileIdMesg = { type: 'activity', manufacturer: 'development', product: 1, timeCreated: at(0), productName }
  encoder.onMesg(NUMBER.FILE_ID ?? 0, fileId)

  const turns = [...pauses].flatMap(({ startSecond, seconds }) => [
    { second: startSecond, eventType: 'stopAll' as const },
    { second: startSecond + seconds, eventType: 'start' as const },
  ])
  const timerEvent = (second: number, eventType: EventMesg['eventType']) => {
    const event: EventMesg = { timestamp: at(second), event: 'timer', eventType }
    encoder.onMesg(NUMBER.EVENT ?? 21, event)
  }
  timerEvent(0, 'start')
  const rr = new Map<number, number[]>()
  for (const { second, intervals } of recording.rr) rr.set(second, [...(rr.get(second) ?? []), ...intervals])
  let nextTurn = 0
  streams.second.forEach((second, index) => {
    for (let turn = turns[nextTurn]; turn && turn.second <= second; turn = turns[++nextTurn]) timerEvent(turn.second, turn.eventType)
    encoder.onMesg(NUMBER.RECORD ?? 20, recordOf(recording, index, at(second)))
    const intervals = rr.get(second) ?? []
    for (let from = 0; from < intervals.length; from += RR_IN_A_MESSAGE) {
      const time = intervals.slice(from, from + RR_IN_A_MESSAGE).map((interval) => interval / 1024)
      // A message of one length: readers expect the places that are not filled to say "none".
      const hrv: HrvMesg = { time: [...time, ...new Array<number>(RR_IN_A_MESSAGE - time.length).fill(65.535)] }
      encoder.onMesg(NUMBER.HRV ?? 78, hrv)
    }
  })
  for (let turn = turns[nextTurn]; turn; turn = turns[++nextTurn]) timerEvent(turn.second, turn.eventType)
  timerEvent(lastSecond, 'stopAll')

  const words = SPORT_WORDS[recording.sport]
  for (const [messageIndex, lap] of laps.entries()) {
    const message: LapMesg = {
      messageIndex,
      timestamp: at(lap.startSecond + lap.seconds),
      startTime: at(lap.startSecond),
      totalElapsedTime: scaled(lap.seconds, 4_000_000),
      totalTimerTime: scaled(lap.seconds, 4_000_000),
      totalDistance: scaled(lap.distanceM, 42_000_000),
      event: 'lap',
      eventType: 'stop',
      ...words,
    }
    encoder.onMesg(NUMBER.LAP ?? 19, message)
  }
  const session: SessionMesg = {
    timestamp: at(lastSecond),
    startTime: at(0),
    totalElapsedTime: elapsed,
    totalTimerTime: timer,
    totalDistance: scaled(said.distanceM ?? streams.distanceM.findLast((metres) => metres !== null), 42_000_000),
    totalAscent: whole(said.ascentM, 16),
    totalCalories: whole(said.kcal, 16),
    avgHeartRate: whole(said.avgBpm, 8),
    maxHeartRate: whole(said.maxBpm, 8),
    avgPower: whole(said.avgWatts, 16),
    maxPower: whole(said.maxWatts, 16),
    normalizedPower: whole(said.weightedWatts, 16),
    firstLapIndex: 0,
    numLaps: whole(laps.length, 16),
    event: 'lap',
    eventType: 'stop',
    ...words,
  }
  encoder.onMesg(NUMBER.SESSION ?? 18, session)
  const offset = recording.zoneOffsetMinutes
  const activity: ActivityMesg = {
    timestamp: at(lastSecond),
    totalTimerTime: timer,
    localTimestamp: offset === null ? undefined : (at(lastSecond).getTime() - FIT_EPOCH_MS) / 1000 + offset * 60,
    numSessions: 1,
    type: 'manual',
    event: 'activity',
    eventType: 'stop',
  }
  encoder.onMesg(NUMBER.ACTIVITY ?? 34, activity)
  return encoder.close()
}

function recordOf({ streams }: Recording, index: number, timestamp: Date): RecordMesg {
  const cadence = streams.cadence[index]
  const turns = cadence === null || cadence === undefined ? undefined : Math.min(Math.round(cadence * 128) / 128, 254)
  const altitude = streams.altitudeM[index]
  return {
    timestamp,
    heartRate: whole(streams.bpm[index], 8),
    power: whole(streams.watts[index], 16),
    cadence: turns === undefined ? undefined : Math.floor(turns),
    fractionalCadence: turns === undefined || Number.isInteger(turns) ? undefined : turns % 1,
    enhancedSpeed: scaled(streams.speedMps[index], 4_000_000),
    enhancedAltitude: altitude === null || altitude === undefined ? undefined : Math.max(altitude, -500),
    distance: scaled(streams.distanceM[index], 42_000_000),
    positionLat: semicircles(streams.lat[index]),
    positionLong: semicircles(streams.lon[index]),
  }
}
