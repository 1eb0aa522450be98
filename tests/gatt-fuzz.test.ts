import { describe, expect, it } from 'vitest'
import { gattFuzz } from './gatt-fuzz'

/** A slice in every run; `npm run soak -- --gatt 1000000` goes on for longer. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40_000)
const SEED = Number(process.env.FUZZ_SEED ?? 0)

describe('damaged notifications of every sensor', () => {
  it('are read or left out, never a crash or a number that nobody has', () => {
    const { heard, read } = gattFuzz(SEED, RUNS)
    expect(heard).toBe(RUNS)
    // The damage must not be so great that nothing is left to test, nor so small that nothing is refused.
    expect(read / heard).toBeGreaterThan(0.3)
    expect(read / heard).toBeLessThan(0.99)
  })
})
