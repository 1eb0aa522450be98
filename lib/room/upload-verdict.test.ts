import { expect, test } from 'vitest'
import { needKbps, uploadVerdict } from './upload-verdict'

test('what one member takes: picture and voice, and a tenth for the wrapping', () => {
  expect(needKbps(360, 'headset')).toBeCloseTo(492.8) // (400 + 48) × 1.1
  expect(needKbps(480, 'headset')).toBeCloseTo(712.8) // (600 + 48) × 1.1
  expect(needKbps(480, 'speaker')).toBeCloseTo(765.6) // (600 + 96) × 1.1
})

test.each([
  // Three quarters of 8000 are 6000; 8 × 712.8 = 5702.4.
  [8_000, 8, { outcome: 'good', members: 8, height: 480 }],
  // 12 × 492.8 = 5913.6: the room sends twelve 360 lines.
  [8_000, 12, { outcome: 'good', members: 12, height: 360 }],
  // 5625 < 5702.4, but 8 × 492.8 = 3942.4 fits.
  [7_500, 8, { outcome: 'good', members: 8, height: 360 }],
  // However much there is, the room sends eight members no more than 480 lines.
  [100_000, 8, { outcome: 'good', members: 8, height: 480 }],
  // (1200 + 48) × 1.1 × 2 = 2745.6 of 3000.
  [4_000, 2, { outcome: 'good', members: 2, height: 720 }],
  // 2250 / 492.8 = 4.57.
  [3_000, 8, { outcome: 'fewer', members: 4, height: 360, places: 8 }],
  // 450 < 492.8.
  [600, 8, { outcome: 'too_slow' }],
  [0, 1, { outcome: 'too_slow' }],
])('%i kb/s for %i members', (kbps, places, verdict) => {
  expect(uploadVerdict(kbps, places, 'headset')).toEqual(verdict)
})

test('music from a speaker takes more than a voice: 8 × 765.6 = 6124.8 is over 6000', () => {
  expect(uploadVerdict(8_000, 8, 'speaker')).toEqual({ outcome: 'good', members: 8, height: 360 })
})
