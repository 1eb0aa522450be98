/** How far two clocks that agree may still be apart, ms. */
const TOLERANCE_MS = 5_000
/** As uncertain as the contract can say: the clock was wrong, and nobody knows by how much. */
export const CLOCK_UNKNOWN_MS = 60_000

export type ClaimedStart = { readonly startedAt: number; readonly clockUncertaintyMs: number }
/** What is known of when a run can have begun: not before its owner joined, not after the class, not in the future. Server ms. */
export type PossibleStart = { readonly joinedAtMs: number; readonly endedAtMs: number | null; readonly nowMs: number }

/**
 * Where a recorder's second 0 lies. A claim that cannot be true (a clock ten minutes off) is corrected to now, or to the nearest
 * possible instant, and marked as uncertain; nothing is refused for it.
 */
export function placeStart(claim: ClaimedStart, { joinedAtMs, endedAtMs, nowMs }: PossibleStart): ClaimedStart {
  const latest = Math.min(nowMs, endedAtMs ?? Infinity)
  const earliest = Math.min(joinedAtMs, latest)
  if (claim.startedAt >= earliest - TOLERANCE_MS && claim.startedAt <= latest + TOLERANCE_MS) return claim
  return { startedAt: Math.min(Math.max(nowMs, earliest), latest), clockUncertaintyMs: CLOCK_UNKNOWN_MS }
}
