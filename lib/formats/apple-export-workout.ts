import { isPlausibleTime, MOST_SAID } from './collect-samples'
import { type Lap, NOTHING_SAID, type Pause, type SaidTotals, tidy } from './recording'
import { type Sport, sportOf } from './sport'
import { decimal, instant, type Instant, walkXml } from './xml'

/** One workout of an Apple Health export, before its records are put to it. */
export type AppleWorkout = {
  /** The same in every later export of the same person: Apple gives workouts no id there. Word characters and colons. */
  readonly externalId: string
  readonly sport: Sport
  /** Apple's word without its prefix, such as 'TraditionalStrengthTraining'. */
  readonly sourceSport: string
  /** The app or watch that wrote it, as the person named it. */
  readonly sourceName: string
  readonly device: string | null
  readonly startMs: number
  readonly endMs: number
  readonly zoneOffsetMinutes: number | null
  readonly laps: readonly Lap[]
  readonly pauses: readonly Pause[]
  readonly said: SaidTotals
  /** File names of its routes. */
  readonly routes: readonly string[]
  readonly damaged: boolean
}

const LONGEST_MS = 48 * 3_600_000
const MAX_EVENTS = 2_000

/** Words of Apple's that the families do not know. */
const SPORTS: ReadonlyMap<string, Sport> = new Map([
  ['Barre', 'mobility'],
  ['MindAndBody', 'mobility'],
  ['PreparationAndRecovery', 'mobility'],
  ['TaiChi', 'mobility'],
  ['Cooldown', 'mobility'],
  ['Dance', 'workout'],
  ['CardioDance', 'workout'],
  ['SocialDance', 'workout'],
  ['JumpRope', 'workout'],
  ['Kickboxing', 'workout'],
  ['Boxing', 'workout'],
  ['MartialArts', 'workout'],
  ['CoreTraining', 'strength'],
  ['PaddleSports', 'rowing'],
  ['WheelchairRunPace', 'other'],
  ['WheelchairWalkPace', 'other'],
])

const METRES: { readonly [unit: string]: number } = { m: 1, km: 1_000, mi: 1_609.344, yd: 0.9144, ft: 0.3048, cm: 0.01 }
const KCAL: { readonly [unit: string]: number } = { kcal: 1, Cal: 1, cal: 0.001, kJ: 1 / 4.184, J: 1 / 4_184 }
const BPM: { readonly [unit: string]: number } = { 'count/min': 1, 'count/s': 60 }
const SECONDS: { readonly [unit: string]: number } = { s: 1, min: 60, hr: 3_600 }
const SPEEDS: { readonly [unit: string]: number } = { 'm/s': 1, 'km/hr': 1 / 3.6, 'mi/hr': 0.44704 }
/** What one of each unit is in ours. */
export const UNITS = { metres: METRES, kcal: KCAL, bpm: BPM, seconds: SECONDS, metresPerSecond: SPEEDS, watts: { W: 1, kW: 1_000 } } as const
/** Null where it is no number, no unit of these, or more than anything of a training. */
export const inUnit = (text: string | undefined, unit: string | undefined, units: { readonly [unit: string]: number }): number | null => {
  const number = decimal(text)
  const one = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined
  const value = number === null || one === undefined ? NaN : number * one
  return Math.abs(value) <= MOST_SAID ? value : null
}

/** '2026-11-22 07:15:14 +0100': the wall clock where the phone was when it exported, whatever the zone of the workout. */
export const appleInstant = (text: string | undefined): Instant | null =>
  text === undefined ? null : instant(`${text.slice(0, 10)}T${text.slice(11, 19)}${text.slice(20)}`)

/** Minutes east of UTC in a named zone at an instant; null for a name that the platform does not know. */
export function offsetOfZone(zone: string, atMs: number): number | null {
  try {
    const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(atMs)
      .find(({ type }) => type === 'timeZoneName')?.value
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name ?? '') ?? []
    if (name === undefined) return null
    return sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  } catch {
    return null
  }
}

/** '<<HKDevice: 0x28>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,1, software:10.1>' → 'Apple Watch (Watch6,1)'. */
function deviceOf(text: string | undefined): string | null {
  const field = (name: string) => new RegExp(`${name}:(.*?)(?:, [a-z]+:|>$|$)`, 'i').exec(text ?? '')?.[1]?.trim()
  const name = field('name')
  const hardware = field('hardware')
  return name === undefined ? null : tidy(hardware === undefined ? name : `${name} (${hardware})`)
}

/** A name that nobody need read, as eight hex digits (FNV-1a, 32 bits): it tells apart the few sources of one person. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** A `Workout` element as the scan finds it; null where its times are of no training. */
export function readAppleWorkout(xml: string): AppleWorkout | null {
  let own: Readonly<Record<string, string>> = {}
  let zone: string | null = null
  let ascentM: number | null = null
  const statistics = new Map<string, Readonly<Record<string, string>>>()
  const events: Array<Readonly<Record<string, string>>> = []
  const routes: string[] = []
  const walk = walkXml(new TextEncoder().encode(xml), {
    open(path, attributes) {
      const [, child] = path
      if (path.length === 1) own = attributes
      // What is deeper belongs to a part of the workout (one leg of a triathlon), not to the whole.
      if (path.length === 2) {
        if (child === 'WorkoutStatistics') statistics.set(attributes.type ?? '', attributes)
        else if (child === 'WorkoutEvent' && events.length < MAX_EVENTS) events.push(attributes)
        else if (child === 'MetadataEntry' && attributes.key === 'HKTimeZone') zone = attributes.value ?? null
        else if (child === 'MetadataEntry' && attributes.key === 'HKElevationAscended') {
          const [value, unit] = (attributes.value ?? '').split(' ')
          ascentM = inUnit(value, unit, UNITS.metres)
        }
      }
      if (path.at(-1) === 'FileReference' && attributes.path !== undefined) routes.push(attributes.path.split('/').at(-1) ?? '')
    },
    close: () => undefined,
  })
  const start = appleInstant(own.startDate)
  const end = appleInstant(own.endDate)
  if (start === null || end === null || !isPlausibleTime(start.atMs) || end.atMs < start.atMs || end.atMs - start.atMs > LONGEST_MS) return null
  const sourceSport = tidy((own.workoutActivityType ?? '').replace(/^HKWorkoutActivityType/, '')) ?? 'Other'
  const sourceName = tidy(own.sourceName) ?? ''
  return {
    externalId: `${start.atMs}:${sourceSport.replaceAll(/\W/g, '').slice(0, 60)}:${fingerprint(sourceName)}`,
    sport: SPORTS.get(sourceSport) ?? sportOf(sourceSport),
    sourceSport,
    sourceName,
    device: deviceOf(own.device) ?? (sourceName || null),
    startMs: start.atMs,
    endMs: end.atMs,
    zoneOffsetMinutes: (zone === null ? null : offsetOfZone(zone, start.atMs)) ?? start.zoneOffsetMinutes,
    ...eventsOf(events, start.atMs),
    said: saidOf(own, statistics, (end.atMs - start.atMs) / 1000, ascentM),
    routes,
    damaged: walk !== 'whole',
  }
}

function eventsOf(events: ReadonlyArray<Readonly<Record<string, string>>>, startMs: number): { laps: Lap[]; pauses: Pause[] } {
  const laps: Lap[] = []
  const pauses: Pause[] = []
  let pausedAt: number | null = null
  for (const { type = '', date, duration, durationUnit } of events) {
    const atMs = appleInstant(date)?.atMs
    if (atMs === undefined) continue
    const second = Math.max(0, Math.round((atMs - startMs) / 1000))
    const seconds = inUnit(duration, durationUnit, UNITS.seconds)
    if (type === 'HKWorkoutEventTypeLap' && seconds !== null) laps.push({ startSecond: second, seconds, distanceM: null })
    if (type === 'HKWorkoutEventTypePause') pausedAt ??= second
    if (type === 'HKWorkoutEventTypeResume') {
      if (pausedAt !== null && second > pausedAt) pauses.push({ startSecond: pausedAt, seconds: second - pausedAt })
      pausedAt = null
    }
  }
  return { laps, pauses }
}

/** Exports before iOS 16 say distance and energy as attributes, later ones as statistics. */
function saidOf(
  own: Readonly<Record<string, string>>,
  statistics: ReadonlyMap<string, Readonly<Record<string, string>>>,
  elapsedSeconds: number,
  ascentM: number | null,
): SaidTotals {
  const statistic = (name: string) => statistics.get(`HKQuantityTypeIdentifier${name}`)
  const distance = [...statistics.values()].find(({ type }) => type?.startsWith('HKQuantityTypeIdentifierDistance'))
  const energy = statistic('ActiveEnergyBurned')
  const heart = statistic('HeartRate')
  const watts = statistic('CyclingPower') ?? statistic('RunningPower')
  const rounded = (value: number | null) => (value === null ? null : Math.round(value))
  return {
    ...NOTHING_SAID,
    elapsedSeconds,
    timerSeconds: inUnit(own.duration, own.durationUnit, UNITS.seconds),
    distanceM: inUnit(distance?.sum, distance?.unit, UNITS.metres) ?? (inUnit(own.totalDistance, own.totalDistanceUnit, UNITS.metres) || null),
    ascentM,
    kcal: rounded(inUnit(energy?.sum, energy?.unit, UNITS.kcal) ?? (inUnit(own.totalEnergyBurned, own.totalEnergyBurnedUnit, UNITS.kcal) || null)),
    avgBpm: rounded(inUnit(heart?.average, heart?.unit, UNITS.bpm)),
    maxBpm: rounded(inUnit(heart?.maximum, heart?.unit, UNITS.bpm)),
    avgWatts: rounded(inUnit(watts?.average, watts?.unit, UNITS.watts)),
    maxWatts: rounded(inUnit(watts?.maximum, watts?.unit, UNITS.watts)),
  }
}
