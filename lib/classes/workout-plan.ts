import { z } from 'zod'
import { oneLine } from '@/lib/platform/one-line'

/**
 * What a trainer means to do, written with rounds: `blocks` one after the other, each its intervals `rounds` times. `unrollPlan` says it as
 * one list. A plan travels in one realtime message, which holds 10 kB.
 */
export const MAX_PLAN_MS = 4 * 3_600_000
export const MAX_PLAN_STEPS = 400
const MAX_PLAN_BYTES = 8_000

export const IntervalKind = z.enum(['warm-up', 'work', 'rest', 'cool-down'])
export type IntervalKind = z.infer<typeof IntervalKind>

/** 0 is below zone 1: as easy as it gets. */
export const TargetZone = z.number().int().min(0).max(5)

export const PlanInterval = z
  .object({
    kind: IntervalKind,
    durationS: z.number().int().min(5, 'At least 5 seconds.').max(14_400, 'At most 4 hours.'),
    /** `null`: the trainer asks for no zone. */
    targetZone: TargetZone.nullable(),
    /** What the trainer would say: shown, and spoken where sound is on. */
    cue: z.string().overwrite(oneLine).max(80, 'Use at most 80 characters.'),
  })
  .strict()
export type PlanInterval = z.infer<typeof PlanInterval>

export const PlanBlock = z
  .object({
    rounds: z.number().int().min(1, 'At least one round.').max(100, 'At most 100 rounds.'),
    intervals: z.array(PlanInterval).min(1, 'A block needs at least one interval.').max(40, 'At most 40 intervals in a block.'),
  })
  .strict()
export type PlanBlock = z.infer<typeof PlanBlock>

export const WorkoutPlan = z
  .object({ blocks: z.array(PlanBlock).min(1, 'Add a block.').max(40, 'At most 40 blocks.') })
  .strict()
  .superRefine((plan, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['blocks'], message })
    if (planMs(plan) > MAX_PLAN_MS) refuse('A plan is at most 4 hours long.')
    if (planSteps(plan) > MAX_PLAN_STEPS) refuse(`A plan has at most ${MAX_PLAN_STEPS} intervals, each round counted.`)
    if (new TextEncoder().encode(JSON.stringify(plan)).length > MAX_PLAN_BYTES)
      refuse('This plan is too long to send. Write what repeats as rounds, or shorten the cues.')
  })
export type WorkoutPlan = z.infer<typeof WorkoutPlan>

/** PUT …/plan. */
export const PlanChange = z.object({ plan: WorkoutPlan.nullable() }).strict()

/** One interval of a plan in its place. Times in ms from the plan's start, as planned. */
export type PlanStep = PlanInterval & {
  readonly index: number
  readonly startMs: number
  readonly endMs: number
  readonly block: number
  /** 1 to `of`, within its block. */
  readonly round: number
  readonly of: number
}

/** The plan as one list of intervals, each beginning where the one before ends. */
export function unrollPlan(plan: WorkoutPlan): PlanStep[] {
  const steps: PlanStep[] = []
  let startMs = 0
  plan.blocks.forEach(({ rounds, intervals }, block) => {
    for (let round = 1; round <= rounds; round += 1) {
      for (const interval of intervals) {
        const endMs = startMs + interval.durationS * 1000
        steps.push({ ...interval, index: steps.length, startMs, endMs, block, round, of: rounds })
        startMs = endMs
      }
    }
  })
  return steps
}

export const blockMs = ({ rounds, intervals }: PlanBlock): number =>
  rounds * 1000 * intervals.reduce((seconds, { durationS }) => seconds + durationS, 0)
export const planMs = (plan: { blocks: readonly PlanBlock[] }): number => plan.blocks.reduce((ms, block) => ms + blockMs(block), 0)
const planSteps = (plan: { blocks: readonly PlanBlock[] }): number =>
  plan.blocks.reduce((steps, { rounds, intervals }) => steps + rounds * intervals.length, 0)
