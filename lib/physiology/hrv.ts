/** RR intervals that a resting or moving heart can have, ms. */
const SHORTEST_MS = 300
const LONGEST_MS = 2_000
/** An interval this far from the median of the five around it is an artefact: a missed beat, an early one, or a loose strap. */
const TOLERANCE = 0.2
const HALF_WINDOW = 2
/** Above this share of artefacts no figure is given: correction would invent it. */
export const MOST_ARTEFACTS = 0.05
const FEWEST_PAIRS = 5

export type Rmssd =
  | { readonly outcome: 'computed'; readonly ms: number; readonly artefactShare: number; readonly pairs: number }
  | { readonly outcome: 'not_computed'; readonly why: 'too_few' | 'too_many_artefacts'; readonly artefactShare: number }

/** For each interval whether it is sound: 300–2000 ms and within ± 20 % of the median of the five around it. */
export function soundIntervals(rrMs: readonly number[]): boolean[] {
  return rrMs.map((rr, at) => {
    if (rr < SHORTEST_MS || rr > LONGEST_MS) return false
    const around = rrMs.slice(Math.max(0, at - HALF_WINDOW), at + HALF_WINDOW + 1).sort((a, b) => a - b)
    const middle = around.length / 2
    const median = around.length % 2 === 1 ? (around[Math.floor(middle)] ?? rr) : ((around[middle - 1] ?? rr) + (around[middle] ?? rr)) / 2
    return Math.abs(rr - median) <= TOLERANCE * median
  })
}

/** Differences between successive intervals, without every pair that an artefact is part of. */
export function soundDifferences(rrMs: readonly number[]): number[] {
  const sound = soundIntervals(rrMs)
  return rrMs.flatMap((rr, at) => (at > 0 && sound[at] && sound[at - 1] ? [rr - (rrMs[at - 1] ?? rr)] : []))
}

/** Root mean square of differences. */
export const rootMeanSquare = (differences: readonly number[]): number =>
  Math.sqrt(differences.reduce((sum, difference) => sum + difference * difference, 0) / differences.length)

/**
 * RMSSD in ms of successive RR intervals. Pairs that touch an artefact are left out; refused above 5 % artefacts. Task Force of the
 * ESC and NASPE, Circulation 1996;93:1043-65. A figure of rest: during exercise it says little.
 */
export function rmssd(rrMs: readonly number[]): Rmssd {
  const artefactShare = rrMs.length === 0 ? 0 : soundIntervals(rrMs).filter((sound) => !sound).length / rrMs.length
  if (artefactShare > MOST_ARTEFACTS) return { outcome: 'not_computed', why: 'too_many_artefacts', artefactShare }
  const differences = soundDifferences(rrMs)
  if (differences.length < FEWEST_PAIRS) return { outcome: 'not_computed', why: 'too_few', artefactShare }
  return { outcome: 'computed', ms: rootMeanSquare(differences), artefactShare, pairs: differences.length }
}
