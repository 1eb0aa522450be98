/** Beyond this an estimate is corrected at once: the machine slept, or the first estimate was of another network. */
const JUMP_MS = 1_000
/** Otherwise in steps that nobody hears: 50 ms a second, so that a second stays a second and no clock runs backwards. */
const SLEW = 0.05

/**
 * Server time that moves evenly. `serverNowMs` is an estimate that is corrected now and then, by some ms either way; what is shown and
 * sounded must not stumble over that. `null` until there is a first estimate.
 */
export function createSteadyClock(serverNowMs: () => number | null, monotonicMs: () => number): () => number | null {
  let offsetMs: number | null = null
  let lastMs = 0
  return () => {
    const atMs = monotonicMs()
    const estimate = serverNowMs()
    if (estimate !== null) {
      const wanted = estimate - atMs
      const apart = offsetMs === null ? Infinity : wanted - offsetMs
      const mostMs = Math.max(0, atMs - lastMs) * SLEW
      offsetMs = Math.abs(apart) > JUMP_MS || offsetMs === null ? wanted : offsetMs + Math.max(-mostMs, Math.min(mostMs, apart))
      lastMs = atMs
    }
    return offsetMs === null ? null : atMs + offsetMs
  }
}
