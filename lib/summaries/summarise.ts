import { energyKcal } from '@/lib/physiology/energy'
import { gapsOf } from '@/lib/physiology/hold'
import { heartRateRecovery } from '@/lib/physiology/recovery'
import { banisterPerSecond, edwards, effortPoints } from '@/lib/physiology/training-load'
import { secondsInZones } from '@/lib/physiology/zones'
import { chooseSource, secondOf, type SourceRun } from './choose-source'
import { intervalFigures } from './interval-figures'
import { type Figure, Need, type SummaryFigures, type SummaryInputs } from './summary'
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
  readonly inputs: SummaryInputs
  /** The plan as it ran; without one nothing is said of intervals. */
  readonly shape?: WorkoutShape
}

const CURVE_SECONDS = 15
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
    curve: curveOf(held),
    intervals: intervalFigures(record, shape?.parts ?? [], inputs.effortOnly ? null : inputs.hrmaxBpm),
  }
}

type Given = Partial<Record<Need, unknown>>
type Known<G> = { [N in keyof G]: NonNullable<G[N]> }
const isKnown = <G extends Given>(given: G): given is G & Known<G> => Object.values(given).every((value) => value !== null)

/** Computes from what is given, or names what is not. An age also gives a maximum, so where both lack the age is asked for. */
function figure<G extends Given, T>(given: G, compute: (known: Known<G>) => T): Figure<T> {
  if (isKnown(given)) return { outcome: 'computed', value: compute(given) }
  const needs = Need.options.filter((need) => given[need] === null)
  return { outcome: 'not_computed', needs: needs.filter((need) => need !== 'age_or_hrmax' || !needs.includes('age')) }
}

function heartRateFigures(held: ReadonlyArray<number | null>, inputs: SummaryInputs) {
  const values = held.filter((bpm) => bpm !== null)
  const heartRate = { heart_rate: values.length > 0 ? values : null }
  const zones = { ...heartRate, age_or_hrmax: inputs.hrmaxBpm }
  // A resting rate that is not below the maximum is no resting rate: ask for it again.
  const hrrest = inputs.hrrestBpm !== null && inputs.hrrestBpm < (inputs.hrmaxBpm ?? Infinity) ? inputs.hrrestBpm : null
  const load = { ...zones, hrrest, sex: inputs.sex }
  const energy = { ...zones, sex: inputs.sex, weight: inputs.weightKg, age: inputs.ageYears }
  const scored = <G extends Given, T>(given: G, compute: (known: Known<G>) => T): Figure<T> =>
    inputs.effortOnly ? { outcome: 'not_computed', needs: [] } : figure(given, compute)
  const inZones = <T>(compute: (zoneSeconds: number[]) => T): Figure<T> =>
    scored(zones, ({ heart_rate, age_or_hrmax }) => compute(secondsInZones(heart_rate, age_or_hrmax)))
  return {
    averageBpm: figure(heartRate, ({ heart_rate }) => mean(heart_rate)),
    peakBpm: figure(heartRate, ({ heart_rate }) => heart_rate.reduce((peak, bpm) => Math.max(peak, bpm))),
    zoneSeconds: inZones((zoneSeconds) => zoneSeconds),
    countingSeconds: inZones((zoneSeconds) => sum(zoneSeconds.slice(2, 5))),
    effortPoints: inZones(effortPoints),
    edwards: inZones(edwards),
    banister: scored(load, ({ heart_rate, age_or_hrmax, hrrest, sex }) =>
      banisterPerSecond(heart_rate, { hrrestBpm: hrrest, hrmaxBpm: age_or_hrmax, sex }),
    ),
    energyKcal: scored(energy, ({ heart_rate, age_or_hrmax, sex, weight, age }) =>
      energyKcal(heart_rate, age_or_hrmax, { sex, weightKg: weight, ageYears: age }),
    ),
  }
}

function recoveryFigure(record: ReadonlyArray<number | null>, workoutSeconds: number): Figure<number> {
  const measured = record.slice(0, workoutSeconds).some((bpm) => bpm !== null)
  if (!measured) return { outcome: 'not_computed', needs: ['heart_rate'] }
  return figure({ recovery_minute: heartRateRecovery(record, workoutSeconds - 1) }, ({ recovery_minute }) => recovery_minute)
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

/** Mean bpm of each 15 s to one decimal: enough for a plot, and a summary stays small. */
function curveOf(held: ReadonlyArray<number | null>): Array<number | null> {
  return Array.from({ length: Math.ceil(held.length / CURVE_SECONDS) }, (_, i) => {
    const values = held.slice(i * CURVE_SECONDS, (i + 1) * CURVE_SECONDS).filter((bpm) => bpm !== null)
    return values.length > 0 ? Math.round(mean(values) * 10) / 10 : null
  })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
