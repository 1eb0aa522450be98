import { expect, it } from 'vitest'
import { createSteadyClock } from './steady-clock'

function world() {
  const at = { mono: 0, estimateOffset: null as number | null }
  const clock = createSteadyClock(
    () => (at.estimateOffset === null ? null : at.mono + at.estimateOffset),
    () => at.mono,
  )
  return { at, clock }
}

it('knows nothing before the first estimate, then takes it whole', () => {
  const { at, clock } = world()
  expect(clock()).toBeNull()
  at.estimateOffset = 5_000_000
  expect(clock()).toBe(5_000_000)
})

it('works a correction of 40 ms off in 0.8 s, and never runs backwards on the way', () => {
  const { at, clock } = world()
  at.estimateOffset = 1_000
  clock()
  at.estimateOffset = 960
  let before = clock() ?? 0
  for (at.mono = 16; at.mono <= 800; at.mono += 16) {
    const now = clock() ?? 0
    expect(now).toBeGreaterThan(before)
    before = now
  }
  expect(before).toBeCloseTo(800 + 960, 6)
})

it('jumps over more than a second: the machine slept', () => {
  const { at, clock } = world()
  at.estimateOffset = 0
  clock()
  at.mono = 10
  at.estimateOffset = 30_000
  expect(clock()).toBe(30_010)
})
