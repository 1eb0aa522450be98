import { describe, expect, it } from 'vitest'
import { chooseSource } from './choose-source'

const T0 = 1_800_000_000_000
/** A run of `seconds` with the same value in each, from the class's second `from`. */
const run = (rank: number, bpm: number, from: number, seconds: number, createdOrder = rank) => ({
  rank,
  createdOrder,
  startedAtMs: T0 + from * 1000,
  bpm: new Array<number | null>(seconds).fill(bpm),
})
const values = (chosen: Array<number | null>) => chosen.map((bpm) => bpm ?? 0)

describe('which source counts', () => {
  it('is the best rank that covers the fifteen seconds, and they are never mixed', () => {
    const strap = run(0, 100, 15, 21)
    const other = run(1, 200, 0, 60)
    const chosen = values(chooseSource([other, strap], T0, 60))
    expect(new Set(chosen.slice(0, 15))).toEqual(new Set([200]))
    expect(new Set(chosen.slice(15, 45))).toEqual(new Set([100]))
    expect(new Set(chosen.slice(45, 60))).toEqual(new Set([200]))
  })

  it('is the next rank where the best one said hardly anything', () => {
    const chosen = values(chooseSource([run(0, 100, 0, 4), run(1, 200, 0, 15)], T0, 15))
    expect(new Set(chosen)).toEqual(new Set([200]))
  })

  it('goes on within one rank: a strap paired again after 4 s leaves no gap and loses nothing', () => {
    const chosen = values(chooseSource([run(0, 110, 24, 20, 2), run(0, 100, 0, 20, 1)], T0, 40))
    expect(chosen.slice(0, 24)).toEqual(new Array(24).fill(100))
    expect(chosen.slice(24)).toEqual(new Array(16).fill(110))
  })

  it('is the run opened last where two of one rank overlap', () => {
    const chosen = values(chooseSource([run(0, 110, 5, 10, 2), run(0, 100, 0, 15, 1)], T0, 15))
    expect(chosen).toEqual([...new Array<number>(5).fill(100), ...new Array<number>(10).fill(110)])
  })

  it('holds the last value of a source for ten seconds across the end of its fifteen, then nothing', () => {
    const chosen = chooseSource([run(0, 100, 0, 14), run(1, 200, 100, 5)], T0, 60)
    expect(chosen.lastIndexOf(100)).toBe(22)
    expect(chosen.slice(23)).toEqual(new Array(37).fill(null))
  })

  it('lays a slot into the second of the class that it began in, also before the class and with a clock between seconds', () => {
    const chosen = chooseSource([{ rank: 0, createdOrder: 0, startedAtMs: T0 - 1500, bpm: [80, 81, 82, 83] }], T0, 3)
    expect(chosen).toEqual([82, 83, 83])
  })

  it('is nobody where nobody said anything', () => {
    expect(chooseSource([], T0, 3)).toEqual([null, null, null])
    expect(chooseSource([run(0, 100, 500, 5)], T0, 2)).toEqual([null, null])
  })
})
