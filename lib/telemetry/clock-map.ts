/**
 * The server's time on this device, from round trips to `GET /api/time` and the monotonic clock. The wall clock is never used to place a
 * sample: people and phones set it. It is watched only for what the monotonic clock cannot say, that the machine slept.
 */

/** One round trip. `sentMs` and `receivedMs` are monotonic, `serverMs` is what the server answered. */
export type RoundTrip = { readonly sentMs: number; readonly receivedMs: number; readonly serverMs: number }

/** server time = monotonic time + offset, known to ± uncertainty; both in ms. */
export type ClockEstimate = { readonly offsetMs: number; readonly uncertaintyMs: number }

/** Both clocks of the device, read together. */
export type Tick = { readonly monoMs: number; readonly wallMs: number }

/** Older round trips no longer count. */
const TRIPS_COUNT_MS = 10 * 60_000
/** A quartz runs up to 50 ppm wrong, a warm phone's or a virtual machine's more: with its age a trip knows less. */
const DRIFT = 200e-6
/** The wall clock ran this much further than the monotonic one: the machine slept, or somebody set the clock. Either way, begin anew. */
const SLEPT_MS = 2_000
/** Nothing was observed for this long: the page was frozen, and nobody can say what the monotonic clock did meanwhile. */
const FROZEN_MS = 120_000

/**
 * The shortest trip knows best: the answer was written somewhere within it, so the error is at most half of it, and what the clock has
 * drifted since, up to the newest trip.
 */
export function estimateClock(trips: readonly RoundTrip[]): ClockEstimate | null {
  const newestMs = Math.max(...trips.map(({ receivedMs }) => receivedMs))
  let best: ClockEstimate | null = null
  for (const { sentMs, receivedMs, serverMs } of trips) {
    const half = (receivedMs - sentMs) / 2
    if (half < 0 || !Number.isFinite(serverMs)) continue
    const uncertaintyMs = half + (newestMs - receivedMs) * DRIFT
    if (best === null || uncertaintyMs < best.uncertaintyMs) best = { offsetMs: serverMs - (sentMs + half), uncertaintyMs }
  }
  return best
}

/** Whether the monotonic clock cannot be trusted across the two ticks. A wall clock set back is not a reason: no machine sleeps backwards. */
export function hasGap(before: Tick, after: Tick): boolean {
  const mono = after.monoMs - before.monoMs
  const wall = after.wallMs - before.wallMs
  return mono < 0 || mono > FROZEN_MS || wall - mono > SLEPT_MS
}

/**
 * One device's map from monotonic to server time. `epoch` counts the gaps: what was begun in one epoch must not go on in the next,
 * because its map no longer holds.
 */
export class ClockMap {
  #epoch = 0
  #last: Tick | null = null
  #trips: RoundTrip[] = []

  get epoch(): number {
    return this.#epoch
  }

  /** Called at least once a second while the page runs, and before every sample. Returns the epoch that the tick belongs to. */
  observe(tick: Tick): number {
    if (this.#last !== null && hasGap(this.#last, tick)) this.#begin()
    this.#last = tick
    return this.#epoch
  }

  /** Takes a round trip that began in `epoch`; one that spans a gap says nothing. */
  add(trip: RoundTrip, epoch: number): void {
    if (epoch !== this.#epoch) return
    const known = this.estimate
    const heard = estimateClock([trip])
    if (heard === null) return
    const apart = known === null ? 0 : Math.abs(known.offsetMs - heard.offsetMs)
    // Both clocks stood still together (a suspended virtual machine): only the server noticed.
    if (known !== null && apart > known.uncertaintyMs + heard.uncertaintyMs + SLEPT_MS) this.#begin()
    this.#trips = [...this.#trips.filter((old) => trip.receivedMs - old.receivedMs <= TRIPS_COUNT_MS), trip]
  }

  get estimate(): ClockEstimate | null {
    return estimateClock(this.#trips)
  }

  /** Server time of a monotonic instant of this epoch, UTC ms; null until a round trip has come back. */
  toServerMs(monoMs: number): number | null {
    const estimate = this.estimate
    return estimate === null ? null : monoMs + estimate.offsetMs
  }

  #begin(): void {
    this.#epoch += 1
    this.#trips = []
  }
}
