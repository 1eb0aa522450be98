import type { FigureInputs } from '@/lib/physiology/heart-rate-figures'
import { ageInYears, hrmaxOf } from '@/lib/physiology/hrmax'
import type { Profile } from './profile'

type Said = Pick<Profile, 'birthYear' | 'sex' | 'weightKg' | 'hrmaxBpm' | 'hrrestBpm' | 'effortOnly'>

/** The figures of a profile as a summary uses them, at the age of that day. */
export function inputsOf(said: Said, atMs: number): FigureInputs {
  const ageYears = said.birthYear === null ? null : ageInYears(said.birthYear, atMs)
  const hrmax = hrmaxOf({ ownBpm: said.hrmaxBpm, ageYears, sex: said.sex })
  return {
    ageYears,
    sex: said.sex,
    weightKg: said.weightKg,
    hrmaxBpm: hrmax?.bpm ?? null,
    hrmaxSource: hrmax?.source ?? 'none',
    hrrestBpm: said.hrrestBpm,
    effortOnly: said.effortOnly,
  }
}

/** What was missing is taken from today's profile; what figures were computed with stays as it was. */
export function completeInputs(kept: FigureInputs, today: FigureInputs): FigureInputs {
  const hrmax = kept.hrmaxBpm === null ? today : kept
  return {
    ageYears: kept.ageYears ?? today.ageYears,
    sex: kept.sex ?? today.sex,
    weightKg: kept.weightKg ?? today.weightKg,
    hrmaxBpm: hrmax.hrmaxBpm,
    hrmaxSource: hrmax.hrmaxSource,
    hrrestBpm: kept.hrrestBpm ?? today.hrrestBpm,
    effortOnly: kept.effortOnly,
  }
}

const KEYS = ['ageYears', 'sex', 'weightKg', 'hrmaxBpm', 'hrmaxSource', 'hrrestBpm', 'effortOnly'] as const satisfies ReadonlyArray<
  keyof FigureInputs
>
/** One text for equal inputs, for digests and comparison. */
export const inputsText = (inputs: FigureInputs): string => JSON.stringify(KEYS.map((key) => inputs[key]))
