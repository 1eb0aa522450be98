/** A value counts until the next one or for this long, whichever is sooner. The one constant for it. */
export const HOLD_SECONDS = 10

/** What a source said in one second. `null`: it said that it has no heart rate, which ends the hold of the value before. */
export type Sample = { readonly second: number; readonly bpm: number | null }
export type Gap = { readonly fromSecond: number; readonly seconds: number }

/**
 * Samples in order of their second → one value for each second from 0 up to (not including) `seconds`: the last one said, for at most
 * HOLD_SECONDS, else `null`. Of samples within one second the last counts; those outside are left out, but one from just before second
 * 0 still holds. Nothing is interpolated.
 */
export function hold(samples: readonly Sample[], seconds: number): Array<number | null> {
  const held: Array<number | null> = new Array<number | null>(seconds).fill(null)
  samples.forEach((sample, i) => {
    const until = Math.min(samples[i + 1]?.second ?? Infinity, sample.second + HOLD_SECONDS, seconds)
    for (let second = Math.max(0, sample.second); second < until; second++) held[second] = sample.bpm
  })
  return held
}

/** Slots of one second, where `null` means that nothing arrived (so the value before still holds) → samples. */
export const samplesOf = (slots: ReadonlyArray<number | null>): Sample[] =>
  slots.flatMap((bpm, second) => (bpm === null ? [] : [{ second, bpm }]))

/** The stretches without a value. */
export function gapsOf(held: ReadonlyArray<number | null>): Gap[] {
  const gaps: Gap[] = []
  let from = -1
  for (let second = 0; second <= held.length; second++) {
    const empty = second < held.length && held[second] === null
    if (empty && from < 0) from = second
    if (!empty && from >= 0) {
      gaps.push({ fromSecond: from, seconds: second - from })
      from = -1
    }
  }
  return gaps
}
