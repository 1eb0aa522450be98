import { describe, expect, it } from 'vitest'
import { SETTLED_MS, workoutWindowEnd } from './workout-window'

describe('workoutWindowEnd', () => {
  const END = 1_000_000
  const run = (source: string, seconds: number) => ({
    source,
    startedAtMs: END - 600_000,
    bpm: [...Array.from({ length: seconds }, () => 120), null, null],
  })
  it('is the end of the workout, also for a strap or a recording that went on through the minute after', () => {
    expect(workoutWindowEnd(END, [run('heart_rate_strap', 2_000), run('replay', 601 + SETTLED_MS / 1000)])).toBe(END)
  })
  it('is the last sample of a recording that was played faster than it happened', () => {
    expect(workoutWindowEnd(END, [run('replay', 2_833)])).toBe(END - 600_000 + 2_832_000)
  })
})
