import { describe, expect, it } from 'vitest'
import { placeStart } from './place-start'

const MIN = 60_000
const possible = { joinedAtMs: 0, endedAtMs: null, nowMs: 5 * MIN }
const claim = (startedAt: number) => ({ startedAt, clockUncertaintyMs: 20 })
const uncertain = (startedAt: number) => ({ startedAt, clockUncertaintyMs: 60_000 })

describe('placeStart', () => {
  it('believes what can be true', () => {
    expect(placeStart(claim(2 * MIN), possible)).toEqual(claim(2 * MIN))
    expect(placeStart(claim(5 * MIN + 4_000), possible)).toEqual(claim(5 * MIN + 4_000))
  })
  it.each([10 * MIN, -10 * MIN])('corrects a clock that is %d ms off to now, and marks it', (off) => {
    expect(placeStart(claim(5 * MIN + off), possible)).toEqual(uncertain(5 * MIN))
  })
  it('keeps a run that comes after the class inside the class', () => {
    const late = { joinedAtMs: 0, endedAtMs: 45 * MIN, nowMs: 24 * 60 * MIN }
    expect(placeStart(claim(10 * MIN), late)).toEqual(claim(10 * MIN))
    expect(placeStart(claim(20 * 60 * MIN), late)).toEqual(uncertain(45 * MIN))
  })
  it('bears the absurd', () => {
    expect(placeStart(claim(-8_000_000_000_000), possible)).toEqual(uncertain(5 * MIN))
  })
})
