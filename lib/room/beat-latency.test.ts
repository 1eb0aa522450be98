import { expect, test } from 'vitest'
import type { Beat } from './beat'
import { createBeatLatency, heldBackMs } from './beat-latency'

const beat = (at?: number): Beat => ({
  ...{ kind: 'reading', run: 'run1', seq: 0, reach: 'trainer', bpm: 120, percentOfMax: null, zone: null, estimated: false },
  ...{ contact: true, trend: 'steady', ...(at !== undefined && { at }) },
})

test('the 95th of a hundred beats, those of the last minute only', () => {
  const latency = createBeatLatency()
  for (let ms = 1; ms <= 100; ms += 1) latency.heard(beat(1_000_000), 1_000_000 + ms, 10 * ms)
  expect(latency.p95At(1_000)).toBe(95)
  // 10 s to 60 s later the first fifty are too old: 51…100, of which the 48th is 98.
  expect(latency.p95At(60_505)).toBe(98)
  expect(latency.p95At(61_001)).toBeNull()
})

test('a beat without a time, or a screen that does not know the server’s, measures nothing; one from the future took no time', () => {
  const latency = createBeatLatency()
  latency.heard(beat(), 5_000, 0)
  latency.heard(beat(1_000), null, 0)
  latency.heard({ kind: 'silence', run: 'run1', seq: 1, why: 'none' }, 5_000, 0)
  expect(latency.p95At(0)).toBeNull()
  latency.heard(beat(5_030), 5_000, 0)
  expect(latency.p95At(0)).toBe(0)
})

test('what is kept is bounded, and the newest stay', () => {
  const latency = createBeatLatency()
  for (let turn = 0; turn < 10_000; turn += 1) latency.heard(beat(0), turn < 7_000 ? 900 : 40, turn)
  expect(latency.p95At(10_000)).toBe(40)
})

test('a number that a slow channel held back is as old as it is; two seconds may be the clocks', () => {
  expect([1_999, 2_000, 6_500].map((ms) => heldBackMs(beat(10_000), 10_000 + ms))).toEqual([0, 2_000, 6_500])
  expect([heldBackMs(beat(), 99_000), heldBackMs(beat(1_000), null), heldBackMs(beat(10_000), 4_000)]).toEqual([0, 0, 0])
})
