import { z } from 'zod'
import { LONGEST_SECONDS } from '@/lib/formats/collect-samples'
import { NOTHING_SAID, type Recording, type Streams, tidy } from '@/lib/formats/recording'
import { sportOf } from '@/lib/formats/sport'

const number = z.number().nullish()
/** Int64; those of today are far below 2^53. */
export const StravaId = z.union([z.number().int().positive(), z.string().regex(/^\d{1,19}$/)]).transform(String)

/** `GET /activities/{id}`; only what we use. Metres, seconds, bpm, W. */
export const StravaActivity = z.object({
  id: StravaId,
  name: z.string().nullish(),
  sport_type: z.string().nullish(),
  start_date: z.string(),
  utc_offset: number, // seconds
  elapsed_time: number,
  moving_time: number,
  distance: number,
  total_elevation_gain: number,
  average_heartrate: number,
  max_heartrate: number,
  average_watts: number,
  max_watts: number,
  weighted_average_watts: number,
  calories: number,
  device_name: z.string().nullish(),
  laps: z.array(z.object({ start_index: z.number(), elapsed_time: z.number(), distance: number })).nullish(),
})
export type StravaActivity = z.infer<typeof StravaActivity>

const stream = <T extends z.ZodType>(of: T) => z.object({ data: z.array(of.nullable()) }).nullish()
/** `…/streams?key_by_type=true`: index-aligned. */
export const StravaStreams = z.object({
  time: z.object({ data: z.array(z.number()) }).nullish(),
  heartrate: stream(z.number()),
  watts: stream(z.number()),
  cadence: stream(z.number()),
  velocity_smooth: stream(z.number()),
  altitude: stream(z.number()),
  distance: stream(z.number()),
  latlng: stream(z.tuple([z.number(), z.number()])),
})
export type StravaStreams = z.infer<typeof StravaStreams>
export const STRAVA_STREAM_KEYS = 'time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts'

/** The activity with its streams; null when its start is no time. Strava's cadence of a run counts one leg, as ours does. */
export function recordingOfStrava(activity: StravaActivity, streams: StravaStreams | null): Recording | null {
  const startedAt = Date.parse(activity.start_date)
  if (Number.isNaN(startedAt)) return null
  const time = streams?.time?.data ?? []
  const rows = risingRows(time)
  const column = (values: ReadonlyArray<number | null> | undefined): Array<number | null> => rows.map((at) => values?.[at] ?? null)
  const plausible = (values: Array<number | null>, least: number, most: number): Array<number | null> =>
    values.map((value) => (value !== null && value >= least && value <= most ? Math.round(value) : null))
  const places = rows.map((at) => streams?.latlng?.data[at] ?? null)
  const columns: Streams = {
    second: rows.map((at) => time[at] ?? 0),
    bpm: plausible(column(streams?.heartrate?.data), 25, 250),
    watts: plausible(column(streams?.watts?.data), 0, 4000),
    cadence: column(streams?.cadence?.data),
    speedMps: column(streams?.velocity_smooth?.data),
    altitudeM: column(streams?.altitude?.data),
    distanceM: column(streams?.distance?.data),
    lat: places.map((place) => place?.[0] ?? null),
    lon: places.map((place) => place?.[1] ?? null),
  }
  return {
    sport: sportOf(activity.sport_type),
    sourceSport: tidy(activity.sport_type),
    startedAt,
    zoneOffsetMinutes: activity.utc_offset === null || activity.utc_offset === undefined ? null : Math.round(activity.utc_offset / 60),
    device: tidy(activity.device_name),
    streams: columns,
    rr: [],
    laps: (activity.laps ?? []).map(({ start_index, elapsed_time, distance }) => ({ startSecond: time[start_index] ?? 0, seconds: elapsed_time, distanceM: distance ?? null })),
    pauses: [],
    said: {
      ...NOTHING_SAID,
      elapsedSeconds: activity.elapsed_time ?? null,
      timerSeconds: activity.moving_time ?? null,
      distanceM: activity.distance ?? null,
      ascentM: activity.total_elevation_gain ?? null,
      kcal: activity.calories ?? null,
      avgBpm: activity.average_heartrate ?? null,
      maxBpm: activity.max_heartrate ?? null,
      avgWatts: activity.average_watts ?? null,
      maxWatts: activity.max_watts ?? null,
      weightedWatts: activity.weighted_average_watts ?? null,
    },
    problems: rows.length === 0 ? ['no_samples'] : columns.bpm.some((bpm) => bpm !== null) ? [] : ['no_heart_rate'],
  }
}

/** Where time goes on: of two records in one second the first counts. */
function risingRows(time: readonly number[]): number[] {
  const rows: number[] = []
  let last = -1
  for (const [at, second] of time.entries()) {
    if (!Number.isInteger(second) || second <= last || second >= LONGEST_SECONDS) continue
    rows.push(at)
    last = second
  }
  return rows
}
