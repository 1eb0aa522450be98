import { percentile } from '@/lib/platform/percentile'
import type { Beat } from './beat'

const WINDOW_MS = 60_000
/** A class of 49 at 1 Hz; of a larger one the newest. */
const KEPT = 3_000

/**
 * How long numbers took from the strap's notification to this screen, over the last minute. Both ends know the server's time to within
 * half of a round trip, so a beat may seem to come before it was sent: then it took no time.
 */
export type BeatLatency = {
  /** `serverMs` is now, `atMs` this screen's monotonic clock. A beat that does not say when it began counts for nothing. */
  heard(beat: Beat, serverMs: number | null, atMs: number): void
  /** ms; null: nothing was heard that could be measured. */
  p95At(atMs: number): number | null
}

export function createBeatLatency(): BeatLatency {
  let took: Array<{ readonly atMs: number; readonly ms: number }> = []
  return {
    heard(beat, serverMs, atMs) {
      const began = beganAt(beat)
      if (began === null || serverMs === null) return
      took.push({ atMs, ms: Math.max(0, serverMs - began) })
      if (took.length > KEPT) took = took.slice(-KEPT / 2)
    },
    p95At(atMs) {
      took = took.filter((one) => atMs - one.atMs <= WINDOW_MS)
      return took.length === 0 ? null : percentile(took.map(({ ms }) => ms), 0.95)
    },
  }
}

/** Below, two clocks that each know the server's time to within half a round trip may disagree. */
const SURELY_LATE_MS = 2_000

/** How long a slow server or channel has held a number back, ms; 0 while that cannot be told. It is that much older than its arrival. */
export function heldBackMs(beat: Beat, serverMs: number | null): number {
  const began = beganAt(beat)
  if (began === null || serverMs === null) return 0
  const ms = serverMs - began
  return ms >= SURELY_LATE_MS ? ms : 0
}

/** When its notification came, server time; null where it says nothing of it. */
const beganAt = (beat: Beat): number | null => ('at' in beat ? (beat.at ?? null) : null)
