const RECOVERY_SECONDS = 60

/**
 * Heart-rate recovery in bpm: the value in the last second of work minus the value 60 s later (negative if it rose). `null` unless both
 * seconds hold a value: nothing is interpolated. Cole et al., N Engl J Med 1999;341:1351-7. A fitness figure here, never a diagnosis.
 *
 * @param heldBpm one value a second, held; must reach 60 s past the end of work
 * @param lastWorkSecond index of the last second of work
 */
export function heartRateRecovery(heldBpm: ReadonlyArray<number | null>, lastWorkSecond: number): number | null {
  const end = heldBpm[lastWorkSecond] ?? null
  const later = heldBpm[lastWorkSecond + RECOVERY_SECONDS] ?? null
  return end === null || later === null ? null : end - later
}
