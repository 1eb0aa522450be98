import { describe, expect, it } from 'vitest'
import { ClockMap, estimateClock, hasGap } from './clock-map'

const MIN = 60_000
/** The server's clock is 1,000,000 ms ahead of this device's monotonic clock. */
const OFFSET = 1_000_000
/** A trip that took `there` and `back` ms and was answered on arrival. */
const trip = (sentMs: number, there: number, back: number, offset = OFFSET) => ({
  sentMs,
  receivedMs: sentMs + there + back,
  serverMs: sentMs + there + offset,
})

describe('estimateClock', () => {
  it('takes the shortest trip, and is wrong by no more than half of it', () => {
    const estimate = estimateClock([trip(0, 200, 20), trip(1_000, 12, 8), trip(2_000, 400, 400)])
    expect(estimate).toEqual({ offsetMs: OFFSET + 2, uncertaintyMs: expect.closeTo(10, 0) })
  })
  it('believes a trip less with its age: clocks drift', () => {
    const estimate = estimateClock([trip(0, 10, 10), trip(300_000, 35, 25)])
    expect(estimate).toEqual({ offsetMs: OFFSET + 5, uncertaintyMs: 30 })
  })
  it('knows nothing without a trip', () => {
    expect(estimateClock([])).toBeNull()
  })
})

describe('hasGap, drawn as (monotonic, wall) in seconds', () => {
  const seconds = (monoS: number, wallS: number) => ({ monoMs: monoS * 1000, wallMs: wallS * 1000 })
  it.each([
    ['a second passes', seconds(10, 500), seconds(11, 501), false],
    ['the wall clock is set 10 min back', seconds(10, 500), seconds(11, -99), false],
    ['the wall clock is set 10 min ahead, which looks like sleep', seconds(10, 500), seconds(11, 1101), true],
    ['the lid was shut for 90 s and the monotonic clock stood', seconds(10, 500), seconds(11, 591), true],
    ['the page was frozen for 5 min with both clocks running', seconds(10, 500), seconds(310, 800), true],
    ['a throttled background timer, one tick a minute', seconds(10, 500), seconds(70, 560), false],
  ])('%s', (_, before, after, gap) => {
    expect(hasGap(before, after)).toBe(gap)
  })
})

describe('ClockMap', () => {
  it('does not move when the wall clock is set, ten minutes either way', () => {
    const map = new ClockMap()
    map.observe({ monoMs: 0, wallMs: 5_000 })
    map.add(trip(0, 5, 5), 0)
    expect(map.toServerMs(100)).toBe(OFFSET + 100)
    map.observe({ monoMs: 1_000, wallMs: 6_000 - 10 * MIN })
    expect(map.toServerMs(1_000)).toBe(OFFSET + 1_000)
    const epoch = map.observe({ monoMs: 2_000, wallMs: 7_000 })
    map.add(trip(2_000, 5, 5), epoch)
    expect(map.toServerMs(3_000)).toBe(OFFSET + 3_000)
  })

  it('begins a new epoch after sleep, and forgets the old offset', () => {
    const map = new ClockMap()
    map.observe({ monoMs: 0, wallMs: 0 })
    map.add(trip(0, 5, 5), 0)
    expect(map.observe({ monoMs: 1_000, wallMs: 91_000 })).toBe(1)
    expect(map.estimate).toBeNull()
    map.add(trip(1_000, 5, 5, OFFSET + 90_000), 1)
    expect(map.toServerMs(2_000)).toBe(OFFSET + 92_000)
  })

  it('ignores a trip that began before the gap', () => {
    const map = new ClockMap()
    map.observe({ monoMs: 0, wallMs: 0 })
    map.observe({ monoMs: 1_000, wallMs: 91_000 })
    map.add(trip(0, 5, 5), 0)
    expect(map.estimate).toBeNull()
  })

  it('believes the server when both clocks of the device stood still together', () => {
    const map = new ClockMap()
    map.observe({ monoMs: 0, wallMs: 0 })
    map.add(trip(0, 5, 5), 0)
    map.add(trip(1_000, 5, 5, OFFSET + 60_000), 0)
    expect(map.epoch).toBe(1)
    expect(map.toServerMs(1_000)).toBe(OFFSET + 61_000)
  })

  it('lets a drifting offset follow: trips older than ten minutes no longer count', () => {
    const map = new ClockMap()
    map.add(trip(0, 1, 1), 0)
    map.add(trip(11 * MIN, 10, 10, OFFSET + 40), 0)
    expect(map.toServerMs(11 * MIN)).toBe(OFFSET + 11 * MIN + 40)
  })
})
