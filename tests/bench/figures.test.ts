import { describe, expect, it } from 'vitest'
import { percentile } from '@/lib/platform/percentile'
import { figuresByKey, median, table } from './figures'

describe('what the bench says of its samples', () => {
  it('median: the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow('at least one')
  })

  it('p95 by nearest rank: of 1 to 100 it is 95, and of few samples the largest', () => {
    expect(percentile(Array.from({ length: 100 }, (_, index) => 100 - index), 0.95)).toBe(95)
    expect(percentile([3, 7, 5], 0.95)).toBe(7)
    expect(percentile([3, 7, 5], 0.01)).toBe(3)
  })

  it('prints n, median and spread, and gives figures with a key to programs', () => {
    const figures = [
      { key: 'metrics_view_ms', what: 'a class read back', unit: 'ms', samples: [80.04, 120, 90], bar: '≤ 100' },
      { what: 'for scale', unit: 'rows/s', samples: [123_456] },
    ]
    const [, first, second] = table(figures).split('\n')
    expect(first).toMatch(/^metrics_view_ms {2}a class read back {2}3 {2}90 ms +80 – 120 {2}≤ 100$/)
    expect(second).toMatch(/for scale +1 {2}123,456 rows\/s$/)
    expect(figuresByKey(figures)).toEqual({ metrics_view_ms: 90 })
  })
})
