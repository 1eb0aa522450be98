import { z } from 'zod'
import { NOTHING_SAID, type Recording, STREAMS, type Streams, tidy } from '@/lib/formats/recording'
import { sportOf } from '@/lib/formats/sport'
import { instant } from '@/lib/formats/xml'

const figure = z.union([z.number(), z.string()]).transform(Number).nullish()
const Interval = z.object({ startTime: z.string(), endTime: z.string(), startUtcOffset: z.string().nullish() })

/** An exercise of the Google Health API v4, as `list`, `get` and `reconcile` have it; only what we use. Numbers of 64 bits come as text. */
export const GooglePoint = z
  .object({
    name: z.string().optional(),
    dataPointName: z.string().optional(),
    dataSource: z.object({ device: z.object({ displayName: z.string().nullish() }).nullish() }).nullish(),
    exercise: z.object({
      interval: Interval,
      exerciseType: z.string().nullish(),
      displayName: z.string().nullish(),
      activeDuration: z.string().nullish(), // 1830s
      metricsSummary: z
        .object({
          caloriesKcal: figure,
          distanceMillimeters: figure,
          elevationGainMillimeters: figure,
          averageHeartRateBeatsPerMinute: figure,
        })
        .nullish(),
    }),
  })
  .transform(({ name, dataPointName, ...rest }) => ({ ...rest, id: (name ?? dataPointName ?? '').split('/').at(-1) ?? '' }))
  .refine(({ id }) => /^[\w.~-]{1,200}$/.test(id))
export type GooglePoint = z.infer<typeof GooglePoint>

/** `{}` is an empty page; anything else must be one. */
export const GooglePage = z
  .object({ dataPoints: z.array(GooglePoint).optional(), nextPageToken: z.string().optional() })
  .loose()
  .refine((page) => Object.keys(page).length === 0 || page.dataPoints !== undefined || page.nextPageToken !== undefined)

/** UTC milliseconds; null when it says no time. */
export const googleStart = ({ exercise }: GooglePoint): number | null => instant(exercise.interval.startTime)?.atMs ?? null
/** '3600s' → 60. */
const minutesOf = (duration: string | null | undefined): number | null => {
  const seconds = secondsOf(duration)
  return seconds === null || Math.abs(seconds) > 14 * 3600 ? null : Math.round(seconds / 60)
}
const secondsOf = (duration: string | null | undefined): number | null => {
  const match = /^(-?\d+(?:\.\d+)?)s$/.exec(duration ?? '')
  return match === null ? null : Number(match[1])
}
const positive = (value: number | null | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null)
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value))

const EMPTY: Streams = { second: [], ...emptyStreams() }
function emptyStreams(): Omit<Streams, 'second'> {
  const empty: readonly null[] = []
  return Object.fromEntries(STREAMS.map((name) => [name, empty])) as Omit<Streams, 'second'>
}

/** The exercise with the seconds of its TCX file, where there is one; else its totals alone. Null when it has no time. */
export function recordingOfGoogle(point: GooglePoint, file: Recording | null): Recording | null {
  const startedAt = googleStart(point)
  if (startedAt === null) return null
  const { exercise, dataSource } = point
  const { interval, metricsSummary, exerciseType, displayName, activeDuration } = exercise
  const endedAt = instant(interval.endTime)?.atMs ?? NaN
  const distance = positive(metricsSummary?.distanceMillimeters)
  const ascent = positive(metricsSummary?.elevationGainMillimeters)
  const own = file ?? { streams: EMPTY, rr: [], laps: [], pauses: [], said: NOTHING_SAID, device: null, problems: ['no_samples' as const], startedAt }
  return {
    ...own,
    sport: sportOf(exerciseType, displayName),
    sourceSport: tidy(exerciseType ?? displayName),
    zoneOffsetMinutes: minutesOf(interval.startUtcOffset),
    device: tidy(dataSource?.device?.displayName) ?? own.device,
    said: {
      ...own.said,
      elapsedSeconds: endedAt > startedAt ? (endedAt - startedAt) / 1000 : own.said.elapsedSeconds,
      timerSeconds: secondsOf(activeDuration) ?? own.said.timerSeconds,
      distanceM: distance === null ? own.said.distanceM : distance / 1000,
      ascentM: ascent === null ? own.said.ascentM : ascent / 1000,
      kcal: rounded(positive(metricsSummary?.caloriesKcal)) ?? own.said.kcal,
      avgBpm: rounded(positive(metricsSummary?.averageHeartRateBeatsPerMinute)) ?? own.said.avgBpm,
    },
  }
}

const Event = z.object({
  data: z.object({
    healthUserId: z.string().min(1),
    operation: z.enum(['UPSERT', 'DELETE']),
    dataType: z.string(),
    intervals: z.array(z.object({ physicalTimeInterval: z.object({ startTime: z.string(), endTime: z.string() }) })).max(200),
  }),
})
/** What a window of time of a person should be looked at for. `deleted`: something in it is not there any more. */
export const GoogleLook = z.object({ fromMs: z.number(), toMs: z.number(), deleted: z.boolean() })
export type GoogleLook = z.infer<typeof GoogleLook>
const LONGEST_LOOK_MS = 31 * 86_400_000

/** A webhook's body: what is new or gone of exercises, by their times only. Whatever it does not know gives nothing. */
export function googleLooks(body: string): Array<{ readonly userId: string; readonly look: GoogleLook }> {
  let events: unknown
  try {
    events = JSON.parse(body)
  } catch {
    return []
  }
  return (Array.isArray(events) ? events.slice(0, 500) : []).flatMap((each) => {
    const event = Event.safeParse(each)
    if (!event.success || event.data.data.dataType !== 'exercise') return []
    const { healthUserId, operation, intervals } = event.data.data
    return intervals.flatMap(({ physicalTimeInterval: { startTime, endTime } }) => {
      const [fromMs, toMs] = [instant(startTime)?.atMs ?? NaN, instant(endTime)?.atMs ?? NaN]
      const sound = toMs >= fromMs && toMs - fromMs <= LONGEST_LOOK_MS
      return sound ? [{ userId: healthUserId, look: { fromMs, toMs: Math.max(toMs, fromMs + 1000), deleted: operation === 'DELETE' } }] : []
    })
  })
}
