import type { Sex } from './hrmax'
import { zoneEdges } from './zones'

export type Body = { readonly sex: Sex; readonly weightKg: number; readonly ageYears: number }

const KJ_PER_KCAL = 4.184

/**
 * Energy in kcal a minute from heart rate, without VO2max; never below 0. Keytel et al., J Sports Sci 2005;23:289-97 (kJ/min: men
 * −55.0969 + 0.6309·HR + 0.1988·kg + 0.2017·age; women −20.4022 + 0.4472·HR − 0.1263·kg + 0.074·age). Measured in steady work at
 * about 90–150 bpm: expect a person to be off by as much as 40 %.
 */
export function keytelKcalPerMinute(bpm: number, { sex, weightKg, ageYears }: Body): number {
  const kj =
    sex === 'male'
      ? -55.0969 + 0.6309 * bpm + 0.1988 * weightKg + 0.2017 * ageYears
      : -20.4022 + 0.4472 * bpm - 0.1263 * weightKg + 0.074 * ageYears
  return Math.max(0, kj / KJ_PER_KCAL)
}

/** kcal of a series of one value a second. Seconds below 50 % of HRmax are left out: the formula was not measured at rest. */
export function energyKcal(bpmPerSecond: ReadonlyArray<number | null>, hrmaxBpm: number, body: Body): number {
  const [lowest] = zoneEdges(hrmaxBpm)
  let kcal = 0
  for (const bpm of bpmPerSecond) if (bpm !== null && bpm >= lowest) kcal += keytelKcalPerMinute(bpm, body) / 60
  return kcal
}
