/** The value that a share of the samples does not exceed (nearest rank), `share` in (0, 1]. Throws without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('A percentile needs at least one sample.')
  return value
}
