import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapsOf, hold, HOLD_SECONDS, samplesOf } from './hold'

describe('hold', () => {
  it('counts a value until the next one', () => {
    expect(hold([{ second: 0, bpm: 70 }, { second: 3, bpm: 75 }], 5)).toEqual([70, 70, 70, 75, 75])
  })

  it('counts a value for ten seconds and no longer', () => {
    const held = hold([{ second: 2, bpm: 70 }], 20)
    expect(held.indexOf(70)).toBe(2)
    expect(held.lastIndexOf(70)).toBe(11)
    expect(gapsOf(held)).toEqual([{ fromSecond: 0, seconds: 2 }, { fromSecond: 12, seconds: 8 }])
  })

  it('stops at once when the source says that it has none', () => {
    expect(hold([{ second: 0, bpm: 70 }, { second: 2, bpm: null }, { second: 3, bpm: 71 }], 4)).toEqual([70, 70, null, 71])
  })

  it('holds a value from just before the first second', () => {
    expect(hold([{ second: -8, bpm: 70 }], 4)).toEqual([70, 70, null, null])
  })

  it('takes the last of several values in one second', () => {
    expect(hold([{ second: 1, bpm: 70 }, { second: 1, bpm: 72 }], 2)).toEqual([null, 72])
  })

  it('reads an empty slot as nothing arrived: the value before still holds', () => {
    expect(hold(samplesOf([70, null, null, 72]), 4)).toEqual([70, 70, 70, 72])
  })

  it('loses no second and invents no value, whatever the slots', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 25, max: 250 }), { freq: 1 }), { maxLength: 120 }), (slots) => {
        const held = hold(samplesOf(slots), slots.length)
        const gaps = gapsOf(held)
        expect(held).toHaveLength(slots.length)
        expect(held.filter((bpm) => bpm !== null).length + gaps.reduce((sum, gap) => sum + gap.seconds, 0)).toBe(slots.length)
        held.forEach((bpm, second) => {
          const source = slots.slice(Math.max(0, second - HOLD_SECONDS + 1), second + 1).findLast((slot) => slot !== null) ?? null
          expect(bpm).toBe(source)
        })
      }),
    )
  })
})
