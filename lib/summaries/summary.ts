import { z } from 'zod'
import { figureOf } from '@/lib/physiology/figure'
import { HeartRateFigures } from '@/lib/physiology/heart-rate-figures'

/** Raised whenever the same samples would give other figures. Stored with each summary. */
export const ALGORITHM_VERSION = 3

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

/** What a machine measured, within the workout. Every second with a value counts, coasting too. */
export const Power = z.object({
  /** seconds with power or cadence */
  measuredSeconds: z.number(),
  averageWatts: z.number().nullable(),
  /** see `weightedPower`; null for less than 30 s of power */
  weightedWatts: z.number().nullable(),
  workKj: z.number().nullable(),
  /** mean of the seconds that turned or stepped, a minute */
  averageCadence: z.number().nullable(),
})
export type Power = z.infer<typeof Power>

/** All durations in seconds, unrounded where they are sums of slots. */
export const SummaryFigures = z.object({
  /** seconds from the class's start to the end of the workout */
  workoutSeconds: z.number(),
  /** seconds with a heart rate that counts (held ≤ 10 s) */
  measuredSeconds: z.number(),
  gaps: z.array(z.object({ fromSecond: z.number(), seconds: z.number() })),
  ...HeartRateFigures.shape,
  /** bpm at the end of the workout minus 60 s later */
  recoveryBpm: figureOf(z.number()),
  effort: z.object({ count: z.number(), average: z.number().nullable() }),
  /** Of a bike, a power meter or a foot pod; null where none was on, and in summaries before version 3. */
  power: Power.nullable().default(null),
  /** mean bpm per 15 s from the class's start; null in a gap. For plots. */
  curve: z.array(z.number().nullable()),
  /** one a work interval of the plan; empty without a plan, and in summaries of version 1 */
  intervals: z.array(IntervalFigures).default([]),
})
export type SummaryFigures = z.infer<typeof SummaryFigures>
