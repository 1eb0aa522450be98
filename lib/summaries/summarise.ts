import { CURVE_SECONDS, curveOf } from '@/lib/physiology/curve'
import { computeFigure, type Figure } from '@/lib/physiology/figure'
import { type FigureInputs, heartRateFigures } from '@/lib/physiology/heart-rate-figures'
import { gapsOf } from '@/lib/physiology/hold'
import { meanOf, weightedPower, workKj } from '@/lib/physiology/power'
import { heartRateRecovery } from '@/lib/physiology/recovery'
import { chooseSource, secondOf, type SourceRun } from './choose-source'
import { intervalFigures } from './interval-figures'
import type { Power, SummaryFigures } from './summary'
import type { WorkoutShape } from './workout-shape'

export type SummaryRun = SourceRun & {
  /** As `bpm`: how hard it felt, 1–10, in the slot of the second when it was said and in no other. */
  readonly effort: ReadonlyArray<number | null>
}

export type Workout = {
  /** Start of the class and end of the workout, server time. Runs may begin earlier and end later. */
  readonly startedAtMs: number
  readonly workoutEndedAtMs: number
  readonly runs: readonly SummaryRun[]
  readonly inputs: FigureInputs
  /** The plan as it ran; without one nothing is said of intervals. */
  readonly shape?: WorkoutShape
}

/** How far past the end of the workout the record counts, for recovery. */
const AFTER_SECONDS = 60

/**
 * Samples and the profile → what a member did. Pure: the same runs in any order give the same figures. A figure that lacks something
 * says what it needs; one that is withheld because the person trains by effort (medication, pregnancy) needs nothing.
 */
export function summarise({ startedAtMs, workoutEndedAtMs, runs, inputs, shape }: Workout): SummaryFigures {
  const workoutSeconds = Math.max(0, Math.floor((workoutEndedAtMs - startedAtMs) / 1000))
  const record = chooseSource(runs, startedAtMs, workoutSeconds + AFTER_SECONDS)
  const held = record.slice(0, workoutSeconds)
  return {
    workoutSeconds,
    measuredSeconds: held.filter((bpm) => bpm !== null).length,
    gaps: gapsOf(held),
    ...heartRateFigures(held, inputs),
    recoveryBpm: recoveryFigure(record, workoutSeconds),
    effort: effortFigure(runs, startedAtMs, workoutSeconds),
    power: powerFigures(runs, startedAtMs, workoutSeconds),
    curve: curveOf(held, CURVE_SECONDS),
    intervals: intervalFigures(record, shape?.parts ?? [], inputs.effortOnly ? null : inputs.hrmaxBpm),
  }
}

function recoveryFigure(record: ReadonlyArray<number | null>, workoutSeconds: number): Figure<number> {
  const measured = record.slice(0, workoutSeconds).some((bpm) => bpm !== null)
  if (!measured) return { outcome: 'not_computed', needs: ['heart_rate'] }
  return computeFigure({ recovery_minute: heartRateRecovery(record, workoutSeconds - 1) }, ({ recovery_minute }) => recovery_minute)
}

function effortFigure(runs: readonly SummaryRun[], originMs: number, seconds: number): SummaryFigures['effort'] {
  const said = runs.flatMap((run) =>
    run.effort.filter((effort, slot) => {
      const second = secondOf(run, slot, originMs)
      return effort !== null && second >= 0 && second < seconds
    }),
  )
  const efforts = said.filter((effort) => effort !== null)
  return { count: efforts.length, average: efforts.length > 0 ? mean(efforts) : null }
}

/** Nothing is scored here, so it is told to whoever trains by effort as well. */
function powerFigures(runs: readonly SummaryRun[], originMs: number, seconds: number): Power | null {
  const watts = chooseSource(runs, originMs, seconds, 'watts')
  const cadence = chooseSource(runs, originMs, seconds, 'cadence')
  const measuredSeconds = watts.filter((value, second) => value !== null || (cadence[second] ?? null) !== null).length
  if (measuredSeconds === 0) return null
  const averageWatts = meanOf(watts)
  return {
    measuredSeconds,
    averageWatts,
    weightedWatts: weightedPower(watts),
    workKj: averageWatts === null ? null : workKj(watts),
    averageCadence: meanOf(cadence.filter((turns) => turns !== 0)),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
