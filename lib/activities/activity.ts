import { z } from 'zod'
import { PROBLEMS, type Recording } from '@/lib/formats/recording'
import { SPORTS } from '@/lib/formats/sport'
import { figureOf } from '@/lib/physiology/figure'
import { FigureInputs, HeartRateFigures } from '@/lib/physiology/heart-rate-figures'

/** Where an activity came from that its owner may show to others. Strava is not among them, nor in the table's own list. */
export const ActivitySource = z.enum(['class_recording', 'file', 'apple_health', 'polar', 'google_health', 'garmin'])
export type ActivitySource = z.infer<typeof ActivitySource>
/** What is for its owner's eyes only, whatever they agree to. */
export const OwnerOnlySource = z.enum(['strava'])
export type OwnerOnlySource = z.infer<typeof OwnerOnlySource>
export const isOwnerOnly = (source: ActivitySource | OwnerOnlySource): source is OwnerOnlySource => OwnerOnlySource.safeParse(source).success

/** The profile figures of an activity's figures. */
export const ActivityInputs = FigureInputs.extend({ thresholdWatts: z.number().int().nullable() })
export type ActivityInputs = z.infer<typeof ActivityInputs>

const measured = z.number().nullable()

/** What is computed of a recording. Null: the recording does not hold it. What lacks something of the profile says what. */
export const ActivityFigures = z.object({
  version: z.literal(1),
  inputs: ActivityInputs,
  /** Without pauses. */
  timerSeconds: z.number(),
  /** Seconds with a heart rate (held ≤ 10 s). */
  measuredSeconds: z.number(),
  ...HeartRateFigures.shape,
  distanceM: measured,
  ascentM: measured,
  averageWatts: measured,
  peakWatts: measured,
  weightedWatts: measured,
  workKj: measured,
  /** Zones 1–7 of the threshold power. */
  powerZoneSeconds: figureOf(z.array(z.number()).length(7)).nullable(),
  powerLoad: figureOf(z.number()).nullable(),
  /** Percent more heart rate for the same power or speed in the second half. */
  driftPercent: measured,
  rmssd: z
    .discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('computed'), ms: z.number(), artefactShare: z.number(), pairs: z.number() }),
      z.object({ outcome: z.literal('not_computed'), why: z.enum(['too_few', 'too_many_artefacts']), artefactShare: z.number() }),
    ])
    .nullable(),
})
export type ActivityFigures = z.infer<typeof ActivityFigures>

/** An activity as lists show it. Times are UTC ms. */
export const ActivityCard = z.object({
  activityId: z.string(),
  source: z.union([ActivitySource, OwnerOnlySource]),
  sport: z.enum(SPORTS),
  title: z.string().nullable(),
  startedAt: z.number(),
  zoneOffsetMinutes: z.number().nullable(),
  elapsedSeconds: z.number(),
  figures: ActivityFigures,
  problems: z.array(z.enum(PROBLEMS)),
  duplicateOfId: z.string().nullable(),
  classId: z.string().nullable(),
})
export type ActivityCard = z.infer<typeof ActivityCard>

/**
 * Which of two recordings of one training counts, best first. Our own strap recording of a class: the class's summary shows its figures,
 * and one training must not have two. Then the device's own file, whole; then Polar and Garmin, who hand the device's file on; then
 * Google Health and Apple Health, who keep a heart rate every few seconds and drop the rest; Strava last, because it is lent to its
 * owner for days and nothing may lean on it.
 */
export const SOURCE_ORDER: ReadonlyArray<ActivitySource | OwnerOnlySource> = [
  'class_recording',
  'file',
  'polar',
  'garmin',
  'google_health',
  'apple_health',
  'strava',
]

/** An activity whole, read for somebody who may see it. */
export type ActivityDetail = ActivityCard & {
  readonly sourceSport: string | null
  readonly device: string | null
  /** Its id at a source that only its owner may open, which asks for a link back; null elsewhere. */
  readonly sourceId: string | null
  /** What else was recorded of the same training: what counts instead of this, and what this counts for. */
  readonly linked: readonly ActivityCard[]
  readonly recording: Recording | null
}

/** Starts from `fromMs` (included) to `toMs` (not), UTC ms. */
export type Span = { readonly fromMs?: number; readonly toMs?: number }
