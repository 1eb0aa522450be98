import { z } from 'zod'
import { NOTHING_SAID, type Recording, type Streams, tidy } from '@/lib/formats/recording'
import { sportOf } from '@/lib/formats/sport'

/** Older and newer answers of AccessLink v3 differ in nothing but `start-time` and `start_time`. */
const snake = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(snake)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.replaceAll('-', '_'), snake(inner)]))
      : value
const text = z.string().nullish()
const number = z.number().nullish()

/** An exercise of Polar AccessLink v3 with `?samples=true&route=true`; only what we use. */
export const PolarExercise = z.preprocess(
  snake,
  z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    start_time: z.string(), // by the device's clock, without a zone
    start_time_utc_offset: number, // minutes
    duration: text, // PT2H44M45S
    distance: number,
    calories: number,
    device: text,
    sport: text,
    detailed_sport_info: text,
    heart_rate: z.object({ average: number, maximum: number }).nullish(),
    samples: z
      .array(z.object({ recording_rate: number, sample_type: z.union([z.string(), z.number()]).transform(String), data: z.string() }))
      .nullish(),
    route: z.array(z.object({ latitude: z.number(), longitude: z.number(), time: z.string() })).nullish(),
  }),
)
export type PolarExercise = z.infer<typeof PolarExercise>

export const POLAR_HEART_RATE = '0'
const POLAR_RR = '11'
/** Ours for Polar's sample types, and what one of theirs is in our unit. */
const STREAM_OF: Readonly<Record<string, readonly ['bpm' | 'speedMps' | 'cadence' | 'altitudeM' | 'watts' | 'distanceM', number]>> = {
  '0': ['bpm', 1],
  '1': ['speedMps', 1 / 3.6],
  '2': ['cadence', 1],
  '3': ['altitudeM', 1],
  '4': ['watts', 1],
  '8': ['cadence', 1],
  '10': ['distanceM', 1],
}
const MAX_SECONDS = 48 * 3600

/** ISO 8601 of Polar: PT2H44M45.5S in seconds; null for anything else. */
export function durationSeconds(iso: string | null | undefined): number | null {
  const [, hours, minutes, seconds] = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(iso ?? '') ?? []
  return hours === undefined && minutes === undefined && seconds === undefined ? null : Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}

/** UTC milliseconds of the start; null when Polar's text is no time. */
export function polarStart({ start_time, start_time_utc_offset }: PolarExercise): number | null {
  const local = Date.parse(/Z$|[+-]\d\d:?\d\d$/.test(start_time) ? start_time : `${start_time}Z`)
  return Number.isNaN(local) ? null : local - (start_time_utc_offset ?? 0) * 60_000
}

/** The exercise as its samples tell it; null when it has no time. A sample of 0 bpm is none: Polar writes it when the strap is off. */
export function recordingOfPolar(exercise: PolarExercise): Recording | null {
  const startedAt = polarStart(exercise)
  if (startedAt === null) return null
  const seconds = new Set<number>()
  const columns = new Map<string, Map<number, number>>()
  for (const { sample_type, recording_rate, data } of exercise.samples ?? []) {
    const [name, factor] = STREAM_OF[sample_type] ?? []
    if (!name || !factor) continue
    const column = columns.get(name) ?? new Map<number, number>()
    columns.set(name, column)
    const rate = recording_rate && recording_rate > 0 ? recording_rate : 1
    data.split(',').forEach((part, at) => {
      const second = Math.round(at * rate)
      if (second > MAX_SECONDS) return
      seconds.add(second)
      const value = part.trim() === '' ? Number.NaN : Number(part) * factor
      if (Number.isFinite(value) && !(name === 'bpm' && (value < 25 || value > 250))) column.set(second, name === 'bpm' || name === 'watts' ? Math.round(value) : value)
    })
  }
  const places = new Map<number, { lat: number; lon: number }>()
  for (const { latitude, longitude, time } of exercise.route ?? []) {
    const second = Math.round(durationSeconds(time) ?? -1)
    if (second < 0 || second > MAX_SECONDS || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) continue
    seconds.add(second)
    places.set(second, { lat: latitude, lon: longitude })
  }
  const second = [...seconds].sort((a, b) => a - b)
  const stream = (name: string): Array<number | null> => second.map((at) => columns.get(name)?.get(at) ?? null)
  const streams: Streams = {
    second,
    bpm: stream('bpm'),
    watts: stream('watts'),
    cadence: stream('cadence'),
    speedMps: stream('speedMps'),
    altitudeM: stream('altitudeM'),
    distanceM: stream('distanceM'),
    lat: second.map((at) => places.get(at)?.lat ?? null),
    lon: second.map((at) => places.get(at)?.lon ?? null),
  }
  const elapsed = durationSeconds(exercise.duration)
  return {
    sport: sportOf(exercise.detailed_sport_info, exercise.sport),
    sourceSport: tidy(exercise.detailed_sport_info ?? exercise.sport),
    startedAt,
    zoneOffsetMinutes: exercise.start_time_utc_offset ?? null,
    device: tidy(exercise.device),
    streams,
    rr: rrOfPolar(exercise),
    laps: [],
    pauses: [],
    said: {
      ...NOTHING_SAID,
      elapsedSeconds: elapsed,
      distanceM: exercise.distance ?? null,
      kcal: exercise.calories ?? null,
      avgBpm: exercise.heart_rate?.average ?? null,
      maxBpm: exercise.heart_rate?.maximum ?? null,
    },
    problems: second.length === 0 ? ['no_samples'] : streams.bpm.some((bpm) => bpm !== null) ? [] : ['no_heart_rate'],
  }
}

/** RR intervals in ms, one after the other since the start, as ours: in 1/1024 s with the second they follow. */
export function rrOfPolar({ samples }: PolarExercise): Recording['rr'] {
  const groups = new Map<number, number[]>()
  let elapsedMs = 0
  for (const { data } of (samples ?? []).filter(({ sample_type }) => sample_type === POLAR_RR)) {
    for (const part of data.split(',')) {
      const ms = Number(part)
      if (!Number.isFinite(ms) || ms <= 0) continue
      const second = Math.floor(elapsedMs / 1000)
      groups.set(second, [...(groups.get(second) ?? []), Math.round((ms * 1024) / 1000)])
      elapsedMs += ms
    }
  }
  return [...groups].map(([second, intervals]) => ({ second, intervals }))
}
