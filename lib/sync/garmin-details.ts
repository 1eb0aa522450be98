import { z } from 'zod'
import { collectSamples, isPlausibleTime } from '@/lib/formats/collect-samples'
import { type Lap, NOTHING_SAID, type Problem, type Recording, tidy } from '@/lib/formats/recording'
import { sportOf } from '@/lib/formats/sport'

const figure = z.number().nullish()
const seconds = z.number().int()

/** `activityDetails` of Garmin's Activity API: one training with its samples; only what we use. UTC seconds, metres, m/s, bpm, W. */
export const GarminDetails = z.object({
  userId: z.string().optional(),
  summaryId: z.string().min(1).max(100),
  activityId: z.union([z.string(), z.number()]).transform(String).nullish(),
  summary: z.object({
    activityName: z.string().nullish(),
    activityType: z.string().nullish(),
    startTimeInSeconds: seconds,
    startTimeOffsetInSeconds: seconds.nullish(),
    durationInSeconds: figure,
    deviceName: z.string().nullish(),
    averageHeartRateInBeatsPerMinute: figure,
    maxHeartRateInBeatsPerMinute: figure,
    distanceInMeters: figure,
    activeKilocalories: figure,
    totalElevationGainInMeters: figure,
  }),
  samples: z
    .array(
      z.object({
        startTimeInSeconds: seconds,
        heartRate: figure,
        speedMetersPerSecond: figure,
        bikeCadenceInRPM: figure,
        stepsPerMinute: figure,
        powerInWatts: figure,
        latitudeInDegree: figure,
        longitudeInDegree: figure,
        elevationInMeters: figure,
        totalDistanceInMeters: figure,
      }),
    )
    .max(500_000)
    .nullish(),
  laps: z.array(z.object({ startTimeInSeconds: seconds })).max(2_000).nullish(),
})
export type GarminDetails = z.infer<typeof GarminDetails>

/** The id that details, files and later corrections of one training share. */
export const garminId = ({ activityId, summaryId }: Pick<GarminDetails, 'activityId' | 'summaryId'>): string => activityId ?? summaryId.replace(/-(detail|file)$/, '')

/** Garmin's rules want its name and the device wherever its data is shown. */
export const garminDevice = (deviceName: string | null | undefined): string => {
  const device = tidy(deviceName)
  return device === null || device.toLowerCase() === 'unknown' ? 'Garmin' : /^garmin\b/i.test(device) ? device : `Garmin ${device}`
}

/** Null when it has no time that can be. */
export function recordingOfGarmin({ summary, samples, laps }: GarminDetails): Recording | null {
  const startedAt = summary.startTimeInSeconds * 1000
  if (!isPlausibleTime(startedAt)) return null
  const problems = new Set<Problem>()
  const collector = collectSamples(problems)
  const inOrder = (samples ?? []).toSorted((a, b) => a.startTimeInSeconds - b.startTimeInSeconds)
  // Second 0 is the training's own start: laps count from it.
  if (inOrder.length > 0 && (inOrder[0]?.startTimeInSeconds ?? 0) > summary.startTimeInSeconds) collector.add(startedAt, {})
  for (const sample of inOrder)
    collector.add(sample.startTimeInSeconds * 1000, {
      bpm: sample.heartRate,
      watts: sample.powerInWatts,
      // Steps of both feet; ours are of one leg.
      cadence: sample.bikeCadenceInRPM ?? (typeof sample.stepsPerMinute === 'number' ? sample.stepsPerMinute / 2 : null),
      speedMps: sample.speedMetersPerSecond,
      altitudeM: sample.elevationInMeters,
      distanceM: sample.totalDistanceInMeters,
      lat: sample.latitudeInDegree,
      lon: sample.longitudeInDegree,
    })
  const streams = collector.streams()
  if (streams.second.length === 0) problems.add('no_samples')
  else if (streams.bpm.every((bpm) => bpm === null)) problems.add('no_heart_rate')
  const zero = collector.startedAt() ?? startedAt
  const elapsed = Math.max(summary.durationInSeconds ?? 0, streams.second.at(-1) ?? 0)
  const starts = (laps ?? []).map(({ startTimeInSeconds }) => startTimeInSeconds - zero / 1000).filter((second) => second >= 0 && second <= elapsed)
  const offset = summary.startTimeOffsetInSeconds
  return {
    sport: sportOf(summary.activityType),
    sourceSport: tidy(summary.activityType),
    startedAt: zero,
    zoneOffsetMinutes: typeof offset === 'number' && Math.abs(offset) <= 14 * 3600 ? Math.round(offset / 60) : null,
    device: garminDevice(summary.deviceName),
    streams,
    rr: [],
    laps: starts.map((startSecond, at): Lap => ({ startSecond, seconds: (starts[at + 1] ?? elapsed) - startSecond, distanceM: null })),
    pauses: [],
    said: {
      ...NOTHING_SAID,
      elapsedSeconds: elapsed,
      timerSeconds: summary.durationInSeconds ?? null,
      distanceM: summary.distanceInMeters || null,
      ascentM: summary.totalElevationGainInMeters ?? null,
      kcal: summary.activeKilocalories ?? null,
      avgBpm: summary.averageHeartRateInBeatsPerMinute ?? null,
      maxBpm: summary.maxHeartRateInBeatsPerMinute ?? null,
    },
    problems: [...problems],
  }
}

/** What a hint of Garmin's asks to be looked at: the training itself (push), or where to fetch it (ping). */
export const GarminLook = z.union([
  z.object({ details: z.unknown() }),
  z.object({ callback: z.string(), what: z.enum(['details', 'file']), name: z.string().nullable(), deviceName: z.string().nullable() }),
])
export type GarminLook = z.infer<typeof GarminLook>

const Items = z.array(z.unknown()).max(5_000)
const Ping = z.object({ userId: z.string().min(1), callbackURL: z.string().max(2_000) })
const File = Ping.extend({
  summaryId: z.string().min(1).max(100),
  activityId: GarminDetails.shape.activityId,
  fileType: z.string().nullish(),
  activityName: z.string().nullish(),
  deviceName: z.string().nullish(),
})
const User = z.object({ userId: z.string().min(1) })
const Change = User.extend({ permissions: z.array(z.string()) })
const Body = z.looseObject({ activityDetails: Items.optional(), activityFiles: Items.optional(), deregistrations: Items.optional(), userPermissionsChange: Items.optional() })

export type GarminHint =
  | { readonly kind: 'look'; readonly userId: string; readonly externalId: string | null; readonly look: GarminLook }
  | { readonly kind: 'deregistered'; readonly userId: string }
  | { readonly kind: 'permissions'; readonly userId: string; readonly permissions: readonly string[] }

/** A body of Garmin's: several kinds of news, of several people. Whatever it does not know gives nothing. */
export function garminHints(text: string): GarminHint[] {
  let body: z.infer<typeof Body>
  try {
    body = Body.parse(JSON.parse(text))
  } catch {
    return []
  }
  const each = <T>(items: readonly unknown[] | undefined, schema: z.ZodType<T>) =>
    (items ?? []).flatMap((item) => {
      const read = schema.safeParse(item)
      return read.success ? [read.data] : []
    })
  return [
    ...(body.activityDetails ?? []).flatMap((item): GarminHint[] => {
      const ping = Ping.safeParse(item)
      if (ping.success) {
        const look = { callback: ping.data.callbackURL, what: 'details' as const, name: null, deviceName: null }
        return [{ kind: 'look', userId: ping.data.userId, externalId: null, look }]
      }
      const push = GarminDetails.safeParse(item)
      const userId = push.data?.userId
      return push.success && userId ? [{ kind: 'look', userId, externalId: garminId(push.data), look: { details: item } }] : []
    }),
    ...each(body.activityFiles, File).map((file): GarminHint => {
      const look = { callback: file.callbackURL, what: 'file' as const, name: file.activityName ?? null, deviceName: file.deviceName ?? null }
      return { kind: 'look', userId: file.userId, externalId: garminId(file), look }
    }),
    ...each(body.deregistrations, User).map(({ userId }): GarminHint => ({ kind: 'deregistered', userId })),
    ...each(body.userPermissionsChange, Change).map(({ userId, permissions }): GarminHint => ({ kind: 'permissions', userId, permissions })),
  ]
}
