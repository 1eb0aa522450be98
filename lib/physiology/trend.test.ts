import { describe, expect, it } from 'vitest'
import { trendOf } from './trend'

/** One reading a second, the last at 60 s. */
const readings = (...bpm: number[]) => bpm.map((value, i) => ({ atMs: 60_000 - (bpm.length - 1 - i) * 1000, bpm: value }))
const ramp = (from: number, perSecond: number) => readings(...Array.from({ length: 16 }, (_, i) => Math.round(from + i * perSecond)))

describe('trend', () => {
  it('rises and falls from 4 bpm in 15 s', () => {
    expect(trendOf(ramp(120, 0.4), 60_000)).toBe('rising')
    expect(trendOf(ramp(120, -0.4), 60_000)).toBe('falling')
    expect(trendOf(ramp(120, 0.1), 60_000)).toBe('steady')
  })

  it('is not moved by one stray beat', () => {
    expect(trendOf(readings(120, 120, 120, 120, 120, 128, 120, 120, 120, 120, 120, 120), 60_000)).toBe('steady')
  })

  it('does not guess an arrow from a few seconds, nor from what is long past', () => {
    expect(trendOf(readings(100, 120), 60_000)).toBe('steady')
    expect(trendOf(readings(100, 110, 120), 60_000)).toBe('steady')
    expect(trendOf(ramp(100, 2), 90_000)).toBe('steady')
    expect(trendOf([], 0)).toBe('steady')
  })
})
