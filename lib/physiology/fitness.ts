/** Days over which fitness and fatigue follow the daily load. */
export const FITNESS_DAYS = 42
export const FATIGUE_DAYS = 7

export type FitnessDay = { readonly fitness: number; readonly fatigue: number; /** Yesterday's fitness minus fatigue. */ readonly form: number }

/**
 * Fitness and fatigue as two exponentially weighted means of the daily load: x ← x + (load − x)(1 − e^(−1/τ)), τ 42 and 7 days. Banister,
 * in: Physiological Testing of the High-Performance Athlete, 1991. A description of past load, not a forecast of anybody's day.
 *
 * @param loads one value a day without holes, oldest first; a day of rest is 0
 */
export function fitnessAndFatigue(loads: readonly number[], from: { fitness: number; fatigue: number } = { fitness: 0, fatigue: 0 }): FitnessDay[] {
  let { fitness, fatigue } = from
  return loads.map((load) => {
    const form = fitness - fatigue
    fitness += (load - fitness) * (1 - Math.exp(-1 / FITNESS_DAYS))
    fatigue += (load - fatigue) * (1 - Math.exp(-1 / FATIGUE_DAYS))
    return { fitness, fatigue, form }
  })
}

/** Shorter than this, warming up is all that is seen. */
const SHORTEST_DRIFT_SECONDS = 20 * 60

/**
 * Heart-rate drift of steady work in %: how much more heart rate the second half needed for the same output (power or speed), or, without
 * an output, simply how much higher it was. Cardiovascular drift: Coyle & González-Alonso, Exerc Sport Sci Rev 2001;29:88-92. `null` for
 * less than 20 min with a heart rate (and an output, where one is given).
 */
export function heartRateDrift(bpm: ReadonlyArray<number | null>, output: ReadonlyArray<number | null> | null): number | null {
  const seconds = bpm.flatMap((beats, second) => {
    const out = output === null ? 1 : (output[second] ?? null)
    return beats === null || out === null ? [] : [{ beats, out }]
  })
  if (seconds.length < SHORTEST_DRIFT_SECONDS) return null
  const half = Math.floor(seconds.length / 2)
  const beatsPerOutput = (part: typeof seconds) => part.reduce((sum, { beats }) => sum + beats, 0) / part.reduce((sum, { out }) => sum + out, 0)
  const [first, second] = [beatsPerOutput(seconds.slice(0, half)), beatsPerOutput(seconds.slice(half))]
  const drift = 100 * (second / first - 1)
  return Number.isFinite(drift) ? drift : null
}
