import type { ByteReader } from './byte-reader'

/** A counter of turns and when the last one was counted, in ticks of the device's clock; both start over at their end. */
export type Revolutions = { readonly count: number; readonly eventTime: number }

/** How far a counter goes before it starts over, and ticks a second of its clock, which starts over at 65,536. */
export type Counter = { readonly counts: number; readonly ticksPerSecond: number }
export const CRANK: Counter = { counts: 2 ** 16, ticksPerSecond: 1_024 }
export const WHEEL: Counter = { counts: 2 ** 32, ticksPerSecond: 1_024 }
/** The wheel of the cycling power service has a clock of its own. */
export const POWER_WHEEL: Counter = { counts: 2 ** 32, ticksPerSecond: 2_048 }

export const readCrank = (bytes: ByteReader): Revolutions | null => whole(bytes.u16(), bytes.u16())
export const readWheel = (bytes: ByteReader): Revolutions | null => whole(bytes.u32(), bytes.u16())

const whole = (count: number | null, eventTime: number | null): Revolutions | null =>
  count === null || eventTime === null ? null : { count, eventTime }

/** No turn for this long is a standstill; the next turn then begins a new count, as its clock may have gone round meanwhile. */
const STANDSTILL_MS = 2_500
const CLOCK = 2 ** 16

/**
 * Turns a minute from one notification to the next. Devices repeat what they said last when nothing turned, and some move their clock
 * without a turn: neither is news. A counter that was reset jumps; what comes of that is left to whoever knows what is plausible.
 */
export class Turning {
  #last: (Revolutions & { readonly atMs: number }) | null = null

  constructor(private readonly counter: Counter) {}

  /** `null`: not known yet, or nothing new. `atMs`: this device's monotonic clock. */
  hear(said: Revolutions, atMs: number): number | null {
    const last = this.#last
    if (last === null) {
      this.#last = { ...said, atMs }
      return null
    }
    const turns = (said.count - last.count + this.counter.counts) % this.counter.counts
    const ticks = (said.eventTime - last.eventTime + CLOCK) % CLOCK
    const still = atMs - last.atMs >= STANDSTILL_MS
    if (turns === 0 || ticks === 0) return still ? 0 : null
    this.#last = { ...said, atMs }
    return still ? null : (turns * this.counter.ticksPerSecond * 60) / ticks
  }
}
