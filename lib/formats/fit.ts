import { Decoder, type FitMessages, type MesgDefinition, type RecordMesg, Stream } from '@garmin/fitsdk'
import { isPlausibleRr } from '@/lib/physiology/plausible-heart-rate'
import { collectSamples, isPlausibleTime, type Values } from './collect-samples'
import { expandCompressedTimes } from './fit-compressed-times'
import { developerStreams } from './fit-developer-fields'
import { type Lap, NOTHING_SAID, type Pause, type Problem, type ReadOutcome, refused, type SaidTotals, tidy } from './recording'
import { sportOf } from './sport'

/** A hundred hours of a busy device. */
const MAX_BYTES = 16 * 1024 * 1024
const MAX_MESSAGES = 500_000
/** A swim's heart rates, kept by the strap: three hours at 180. Each is held up to 21 times while they are merged. */
const MAX_STRAP_MESSAGES = 8_000
/** The decoder searches each developer field among all descriptions, for every message: fields × descriptions. */
const MAX_SEARCH = 4_096
const MAX_LAPS = 2_000
const SEMICIRCLES = 180 / 2 ** 31
const FIT_EPOCH_MS = Date.UTC(1989, 11, 31)

const RECORD = 20
const HRV = 78
const HR = 132
const FIELD_DESCRIPTION = 206

/** True when the bytes begin as a FIT file does. */
export const looksLikeFit = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(8, 12)) === '.FIT'

/**
 * A FIT activity (FIT protocol 2.0, profile 21; records, hrv messages, laps, timer events, session totals; developer fields that stand
 * for native ones; a swim's heart rates from the strap merged in). A damaged, cut or unclosed file gives what is sound before the damage
 * and says so in `problems`. Never throws, whatever the bytes; the decoder's work and memory are bounded by counting.
 */
export function readFit(bytes: ArrayBuffer | Uint8Array): ReadOutcome {
  if (bytes.byteLength > MAX_BYTES) return refused('too_large')
  // A copy: the decoder needs a whole ArrayBuffer, and a Uint8Array may be a window on a larger one.
  const copy = new Uint8Array(bytes instanceof ArrayBuffer ? bytes.slice(0) : bytes)
  closeUnclosed(copy)
  const file = looksLikeFit(copy) ? expandCompressedTimes(copy) : copy
  const decoder = new Decoder(Stream.fromArrayBuffer(file.length === file.buffer.byteLength ? file.buffer : file.slice().buffer))
  if (!decoder.isFIT()) return refused('unknown_format')
  const problems = new Set<Problem>()
  const { messages, recordBefore } = decode(decoder, problems)

  const samples = collectSamples(problems)
  const fromDeveloper = developerStreams(messages.fieldDescriptionMesgs ?? [])
  const secondOfRecord = (messages.recordMesgs ?? []).map((record) =>
    samples.add(timeOf(record.timestamp), valuesOf(record, fromDeveloper(record))),
  )
  const session = messages.sessionMesgs?.[0]
  const startedAt = samples.startedAt() ?? timeOf(session?.startTime)
  if (!isPlausibleTime(startedAt)) return refused('no_records')
  const streams = samples.streams()
  if (streams.second.length === 0) problems.add('no_samples')
  else if (streams.bpm.every((bpm) => bpm === null)) problems.add('no_heart_rate')

  const sports = [...new Set((messages.sessionMesgs ?? []).map(({ sport, subSport }) => sportWords(sport, subSport)))]
  const [sport, subSport] = sports.length === 1 ? (sports[0]?.split('/') ?? []) : []
  return {
    outcome: 'read',
    recording: {
      sport: sportOf(subSport, sport),
      sourceSport: tidy(sports.join(' ')),
      startedAt,
      zoneOffsetMinutes: zoneOffset(messages),
      device: deviceOf(messages),
      streams,
      rr: rrOf(messages, recordBefore, secondOfRecord),
      laps: lapsOf(messages, startedAt),
      pauses: pausesOf(messages, startedAt),
      said: saidBy(messages),
      problems: [...problems],
    },
  }
}

/** A device that lost its power leaves a header that says "no data": the file's length says the truth. */
function closeUnclosed(bytes: Uint8Array): void {
  const headerSize = bytes[0] ?? 0
  if (!looksLikeFit(bytes) || bytes.length <= headerSize + 2) return
  const view = new DataView(bytes.buffer)
  if (view.getUint32(4, true) === 0) view.setUint32(4, bytes.length - headerSize - 2, true)
}

class LimitReached extends Error {}

/** The decoder's messages. hrv messages carry no time: `recordBefore` is the index of the record each of them follows. */
function decode(decoder: Decoder, problems: Set<Problem>): { messages: FitMessages; recordBefore: number[] } {
  const recordBefore: number[] = []
  const counted = { messages: 0, records: 0, strap: 0, descriptions: 0, developerFields: 0 }
  /** Called for what the decoder is about to do; a throw ends the decoding and keeps what came before. */
  const check = () => {
    const { messages, strap, descriptions, developerFields } = counted
    const search = descriptions * Math.max(1, developerFields)
    if (messages > MAX_MESSAGES || strap > MAX_STRAP_MESSAGES || search > MAX_SEARCH) throw new LimitReached()
  }
  const { messages, errors } = decoder.read({
    mesgDefinitionListener: ({ numFields, developerFieldDefinitions, messageSize, developerDataSize }: MesgDefinition) => {
      // Fields of no size would be work without bytes.
      if (numFields + developerFieldDefinitions.length > messageSize + developerDataSize) throw new Error('a field has no size')
      counted.developerFields = Math.max(counted.developerFields, developerFieldDefinitions.length)
      check()
    },
    mesgListener: (mesgNum) => {
      counted.messages++
      if (mesgNum === RECORD) counted.records++
      if (mesgNum === HRV) recordBefore.push(counted.records - 1)
      if (mesgNum === HR) counted.strap++
      if (mesgNum === FIELD_DESCRIPTION) counted.descriptions++
      check()
    },
  })
  for (const error of errors) problems.add(error instanceof LimitReached ? 'too_long' : 'damaged')
  return { messages, recordBefore }
}

const timeOf = (at: unknown): number => (at instanceof Date ? at.getTime() : NaN)
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const degrees = (semicircles: unknown): number | null => {
  const value = numberOf(semicircles)
  return value === null ? null : value * SEMICIRCLES
}

function valuesOf(record: RecordMesg, developer: Values): Values {
  const cadence = numberOf(record.cadence)
  return {
    bpm: numberOf(record.heartRate) ?? developer.bpm,
    watts: numberOf(record.power) ?? developer.watts,
    cadence: cadence === null ? developer.cadence : cadence + (numberOf(record.fractionalCadence) ?? 0),
    speedMps: numberOf(record.enhancedSpeed) ?? numberOf(record.speed) ?? developer.speedMps,
    altitudeM: numberOf(record.enhancedAltitude) ?? numberOf(record.altitude) ?? developer.altitudeM,
    distanceM: numberOf(record.distance) ?? developer.distanceM,
    lat: degrees(record.positionLat),
    lon: degrees(record.positionLong),
  }
}

function sportWords(sport: unknown, subSport: unknown): string {
  const words = [sport, subSport].filter((word) => typeof word === 'string' && word !== 'generic')
  return words.length === 0 ? 'generic' : words.join('/')
}

function deviceOf({ deviceInfoMesgs = [], fileIdMesgs = [] }: FitMessages): string | null {
  const creator = deviceInfoMesgs.find(({ deviceIndex }) => deviceIndex === 'creator') ?? fileIdMesgs[0]
  // 'development' is what files say whose maker has no number of its own: ours, for one.
  const maker = creator?.manufacturer === 'development' ? '' : (tidy(creator?.manufacturer) ?? '')
  const product = tidy(fileIdMesgs[0]?.productName) ?? tidy(creator?.productName) ?? tidy(creator?.garminProduct) ?? ''
  return tidy(product.toLowerCase().startsWith(maker.toLowerCase()) ? product || maker : `${maker} ${product}`)
}

/** What the activity message's local time is ahead of its UTC, to the quarter hour; null when it says none. */
function zoneOffset({ activityMesgs = [] }: FitMessages): number | null {
  const { timestamp, localTimestamp } = activityMesgs.at(-1) ?? {}
  const local = numberOf(localTimestamp)
  const utc = timeOf(timestamp)
  if (local === null || Number.isNaN(utc)) return null
  const quarters = Math.round((local * 1000 + FIT_EPOCH_MS - utc) / 900_000)
  return Math.abs(quarters) <= 56 ? quarters * 15 + 0 : null
}

function rrOf({ hrvMesgs = [] }: FitMessages, recordBefore: readonly number[], secondOfRecord: ReadonlyArray<number | null>) {
  return hrvMesgs.flatMap(({ time }, at) => {
    const record = recordBefore[at]
    const second = record === undefined ? null : record < 0 ? 0 : (secondOfRecord[record] ?? null)
    const intervals = (Array.isArray(time) ? time : []).map((seconds) => Math.round((numberOf(seconds) ?? 0) * 1024)).filter(isPlausibleRr)
    return second === null || intervals.length === 0 ? [] : [{ second, intervals }]
  })
}

function lapsOf({ lapMesgs = [] }: FitMessages, startedAt: number): Lap[] {
  return lapMesgs.slice(0, MAX_LAPS).flatMap(({ startTime, totalElapsedTime, totalDistance }) => {
    const startSecond = Math.max(0, Math.round((timeOf(startTime) - startedAt) / 1000))
    const seconds = numberOf(totalElapsedTime)
    return !isPlausibleTime(timeOf(startTime)) || seconds === null ? [] : [{ startSecond, seconds, distanceM: numberOf(totalDistance) }]
  })
}

function pausesOf({ eventMesgs = [] }: FitMessages, startedAt: number): Pause[] {
  const pauses: Pause[] = []
  let stoppedAt: number | null = null
  for (const { event, eventType, timestamp } of eventMesgs) {
    const atMs = timeOf(timestamp)
    if (event !== 'timer' || !isPlausibleTime(atMs) || pauses.length === MAX_LAPS) continue
    const second = Math.max(0, Math.round((atMs - startedAt) / 1000))
    if (eventType === 'start') {
      if (stoppedAt !== null && second > stoppedAt) pauses.push({ startSecond: stoppedAt, seconds: second - stoppedAt })
      stoppedAt = null
    } else if (typeof eventType === 'string' && eventType.startsWith('stop')) stoppedAt ??= second
  }
  return pauses
}

/** One session's totals; of several (a triathlon) only what can be added up. */
function saidBy({ sessionMesgs = [] }: FitMessages): SaidTotals {
  const [only] = sessionMesgs
  if (only === undefined) return NOTHING_SAID
  const sum = (values: unknown[]) => values.map(numberOf).reduce((total, value) => (value === null ? total : (total ?? 0) + value), null)
  const added = {
    elapsedSeconds: sum(sessionMesgs.map(({ totalElapsedTime }) => totalElapsedTime)),
    timerSeconds: sum(sessionMesgs.map(({ totalTimerTime }) => totalTimerTime)),
    distanceM: sum(sessionMesgs.map(({ totalDistance }) => totalDistance)),
    ascentM: sum(sessionMesgs.map(({ totalAscent }) => totalAscent)),
    kcal: sum(sessionMesgs.map(({ totalCalories }) => totalCalories)),
  }
  if (sessionMesgs.length > 1) return { ...NOTHING_SAID, ...added }
  return {
    ...added,
    avgBpm: numberOf(only.avgHeartRate),
    maxBpm: numberOf(only.maxHeartRate),
    avgWatts: numberOf(only.avgPower),
    maxWatts: numberOf(only.maxPower),
    weightedWatts: numberOf(only.normalizedPower),
  }
}
