import { z } from 'zod'

/** Raised whenever the same samples would give other figures. Stored with each summary. */
export const ALGORITHM_VERSION = 2

/** What a figure may lack, in the profile's terms. */
export const Need = z.enum(['age_or_hrmax', 'hrrest', 'sex', 'weight', 'age', 'heart_rate', 'recovery_minute'])
export type Need = z.infer<typeof Need>

const figure = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('computed'), value }), z.object({ outcome: z.literal('not_computed'), needs: z.array(Need) })])
export type Figure<T> = { outcome: 'computed'; value: T } | { outcome: 'not_computed'; needs: Need[] }

/** The profile figures a summary was computed with; stored beside it. */
export const SummaryInputs = z.object({
  ageYears: z.number().nullable(),
  sex: z.enum(['female', 'male']).nullable(),
  weightKg: z.number().nullable(),
  hrmaxBpm: z.number().int().nullable(),
  hrmaxSource: z.enum(['own', 'estimated', 'none']),
  hrrestBpm: z.number().int().nullable(),
  effortOnly: z.boolean(),
})
export type SummaryInputs = z.infer<typeof SummaryInputs>

/** One work interval of the plan as it ran, and what the heart did in it. */
export const IntervalFigures = z.object({
  /** from the class's start */
  fromSecond: z.number(),
  /** worked, without pauses */
  seconds: z.number(),
  round: z.number().int(),
  of: z.number().int(),
  cue: z.string(),
  targetZone: z.number().int().nullable(),
  measuredSeconds: z.number(),
  /** null: no target, no zones or no heart rate */
  inTargetSeconds: z.number().nullable(),
  /** bpm at its end minus 60 s later; null where work began again before that, or either second is a gap */
  recoveryBpm: z.number().nullable(),
})
export type IntervalFigures = z.infer<typeof IntervalFigures>

/** All durations in seconds, unrounded where they are sums of slots. */
export const SummaryFigures = z.object({
  /** seconds from the class's start to the end of the workout */
  workoutSeconds: z.number(),
  /** seconds with a heart rate that counts (held ≤ 10 s) */
  measuredSeconds: z.number(),
  gaps: z.array(z.object({ fromSecond: z.number(), seconds: z.number() })),
  averageBpm: figure(z.number()),
  peakBpm: figure(z.number()),
  /** [below zone 1, zone 1 … zone 5] */
  zoneSeconds: figure(z.array(z.number()).length(6)),
  /** zones 2–4: "23 min where it counts" */
  countingSeconds: figure(z.number()),
  effortPoints: figure(z.number()),
  edwards: figure(z.number()),
  banister: figure(z.number()),
  energyKcal: figure(z.number()),
  /** bpm at the end of the workout minus 60 s later */
  recoveryBpm: figure(z.number()),
  effort: z.object({ count: z.number(), average: z.number().nullable() }),
  /** mean bpm per 15 s from the class's start; null in a gap. For plots. */
  curve: z.array(z.number().nullable()),
  /** one a work interval of the plan; empty without a plan, and in summaries of version 1 */
  intervals: z.array(IntervalFigures).default([]),
})
export type SummaryFigures = z.infer<typeof SummaryFigures>
