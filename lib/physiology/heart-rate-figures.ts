import { z } from 'zod'
import { energyKcal } from './energy'
import { computeFigure, type Figure, figureOf, type Given, type Known } from './figure'
import { banisterPerSecond, edwards, effortPoints } from './training-load'
import { secondsInZones } from './zones'

/** The profile figures that others were computed with; stored beside them. */
export const FigureInputs = z.object({
  ageYears: z.number().nullable(),
  sex: z.enum(['female', 'male']).nullable(),
  weightKg: z.number().nullable(),
  hrmaxBpm: z.number().int().nullable(),
  hrmaxSource: z.enum(['own', 'estimated', 'none']),
  hrrestBpm: z.number().int().nullable(),
  effortOnly: z.boolean(),
})
export type FigureInputs = z.infer<typeof FigureInputs>

/** What a heart rate of one value a second says, together with a profile. */
export const HeartRateFigures = z.object({
  averageBpm: figureOf(z.number()),
  peakBpm: figureOf(z.number()),
  /** [below zone 1, zone 1 … zone 5] */
  zoneSeconds: figureOf(z.array(z.number()).length(6)),
  /** zones 2–4: "23 min where it counts" */
  countingSeconds: figureOf(z.number()),
  effortPoints: figureOf(z.number()),
  edwards: figureOf(z.number()),
  banister: figureOf(z.number()),
  energyKcal: figureOf(z.number()),
})
export type HeartRateFigures = z.infer<typeof HeartRateFigures>

/**
 * One held value a second and the profile → figures. One that lacks something says what it needs; one that is withheld because the
 * person trains by effort (medication, pregnancy) needs nothing.
 */
export function heartRateFigures(held: ReadonlyArray<number | null>, inputs: FigureInputs): HeartRateFigures {
  const values = held.filter((bpm) => bpm !== null)
  const heartRate = { heart_rate: values.length > 0 ? values : null }
  const zones = { ...heartRate, age_or_hrmax: inputs.hrmaxBpm }
  // A resting rate that is not below the maximum is no resting rate: ask for it again.
  const hrrest = inputs.hrrestBpm !== null && inputs.hrrestBpm < (inputs.hrmaxBpm ?? Infinity) ? inputs.hrrestBpm : null
  const load = { ...zones, hrrest, sex: inputs.sex }
  const energy = { ...zones, sex: inputs.sex, weight: inputs.weightKg, age: inputs.ageYears }
  const scored = <G extends Given, T>(given: G, compute: (known: Known<G>) => T): Figure<T> =>
    inputs.effortOnly ? { outcome: 'not_computed', needs: [] } : computeFigure(given, compute)
  const inZones = <T>(compute: (zoneSeconds: number[]) => T): Figure<T> =>
    scored(zones, ({ heart_rate, age_or_hrmax }) => compute(secondsInZones(heart_rate, age_or_hrmax)))
  return {
    averageBpm: computeFigure(heartRate, ({ heart_rate }) => sum(heart_rate) / heart_rate.length),
    peakBpm: computeFigure(heartRate, ({ heart_rate }) => heart_rate.reduce((peak, bpm) => Math.max(peak, bpm))),
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

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
