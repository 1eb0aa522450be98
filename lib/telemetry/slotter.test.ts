import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Chunk, CHUNK_SECONDS, chunkSeconds, chunkText, MAX_SEQ } from './chunk'
import { Slotter } from './slotter'

const START = 5_000
const at = (second: number, bpm: number, rr: number[] = []) => ({ atMs: START + second * 1000, bpm, rr })
const nulls = (n: number): null[] => Array.from({ length: n }, () => null)

describe('Slotter', () => {
  it('lays a reading into its second; the last of a second wins and all RR are kept', () => {
    const slotter = new Slotter(START, 'heart_rate_strap')
    slotter.push(at(0.2, 100, [600]))
    slotter.push(at(0.9, 101, [601, 602]))
    slotter.push(at(2.5, 103))
    const [chunk] = slotter.push(at(15.1, 110, [500]))
    expect(chunk).toEqual({ seq: 0, bpm: [101, null, 103, ...nulls(12)], effort: [], rr: [600, 601, 602] })
    expect(slotter.draft()).toEqual({ seq: 1, bpm: [110], effort: [], rr: [500] })
  })

  it('hands out a chunk when its fifteen seconds are over, and one for silence too', () => {
    const slotter = new Slotter(START, 'heart_rate_strap')
    slotter.push(at(3, 90))
    expect(slotter.advance(START + 14_999)).toEqual([])
    expect(slotter.advance(START + 15_000).map((c) => c.seq)).toEqual([0])
    const silent = slotter.advance(START + 45_000)
    expect(silent.map((c) => c.seq)).toEqual([1, 2])
    expect(silent[0]?.bpm).toEqual(nulls(15))
  })

  it('closes a cut-off chunk as it is and says which was the last', () => {
    const slotter = new Slotter(START, 'heart_rate_strap')
    slotter.push(at(16, 120))
    expect(slotter.end(START + 17_500)).toEqual([{ seq: 1, bpm: [null, 120], effort: [], rr: [] }])
    expect(slotter.lastSeq).toBe(1)
    expect(slotter.push(at(18, 130))).toEqual([])
    expect(slotter.end(START + 60_000)).toEqual([])
    expect(slotter.lastSeq).toBe(1)
  })

  it('says -1 for a run with nothing in it', () => {
    const slotter = new Slotter(START, 'heart_rate_strap')
    expect(slotter.end(START + 900)).toEqual([])
    expect(slotter.lastSeq).toBe(-1)
  })

  it('does not write down what no heart does', () => {
    const slotter = new Slotter(START, 'heart_rate_strap')
    slotter.push(at(0, 0))
    slotter.push(at(1, 300))
    slotter.push(at(2, Number.NaN))
    slotter.push(at(3, 91, [10, 5000, 700]))
    expect(slotter.draft()).toEqual({ seq: 0, bpm: [null, null, null, 91], effort: [], rr: [700] })
  })

  it('drops a reading for a chunk that was handed out, because a chunk never changes', () => {
    const slotter = new Slotter(START, 'heart_rate_strap')
    slotter.push(at(16, 120))
    expect(slotter.push(at(3, 99))).toEqual([])
    expect(slotter.draft()).toEqual({ seq: 1, bpm: [null, 120], effort: [], rr: [] })
  })

  it('keeps effort in its own column', () => {
    const slotter = new Slotter(START, 'effort')
    slotter.pushEffort(7, START + 1_500)
    slotter.pushEffort(11, START + 2_500)
    expect(slotter.end(START + 3_000)).toEqual([{ seq: 0, bpm: [], effort: [null, 7], rr: [] }])
  })

  it('ends by itself at the length a run may have', () => {
    const slotter = new Slotter(0, 'heart_rate_strap')
    const chunks = slotter.advance((MAX_SEQ + 5) * CHUNK_SECONDS * 1000)
    expect(chunks.at(-1)?.seq).toBe(MAX_SEQ)
    expect(slotter.ended).toBe(true)
  })

  it('for any notifications: valid chunks without holes, each second holding the last plausible reading of that second', () => {
    const Notification = fc.record({
      gapMs: fc.integer({ min: 0, max: 20_000 }),
      bpm: fc.oneof(fc.integer({ min: 0, max: 320 }), fc.constant(Number.NaN)),
      rr: fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(Notification, { maxLength: 120 }), (notifications) => {
        const slotter = new Slotter(0, 'heart_rate_strap')
        const expected = new Map<number, number>()
        const chunks: Chunk[] = []
        let atMs = 0
        for (const { gapMs, bpm, rr } of notifications) {
          atMs += gapMs
          chunks.push(...slotter.push({ atMs, bpm, rr }))
          if (bpm >= 25 && bpm <= 250) expected.set(Math.floor(atMs / 1000), bpm)
        }
        chunks.push(...slotter.end(atMs))
        expect(chunks.map((c) => c.seq)).toEqual(chunks.map((_, index) => index))
        const found = new Map<number, number>()
        for (const chunk of chunks) {
          expect(Chunk.parse(chunk)).toEqual(chunk)
          chunk.bpm.forEach((value, slot) => value !== null && found.set(chunk.seq * CHUNK_SECONDS + slot, value))
        }
        expect([...found]).toEqual([...expected])
      }),
    )
  })
})

describe('a run of motion', () => {
  const moved = (second: number, watts: number | null, cadence: number | null, speed: number | null) => ({ atMs: START + second * 1000, watts, cadence, speed })

  it('puts the parts of a record together by their second, keeps its columns equally long, and leaves out what nobody does', () => {
    const slotter = new Slotter(START, 'motion_sensor')
    slotter.pushMotion(moved(0.1, 205, null, null))
    slotter.pushMotion(moved(0.2, null, 90, 833))
    slotter.pushMotion(moved(2, 9_999, 255, null))
    expect(slotter.draft()).toEqual({ seq: 0, bpm: [], effort: [], rr: [], watts: [205, null, null], cadence: [90, null, null], speed: [833, null, null] })
    const [first, silent] = slotter.advance(START + 30_000)
    expect(Chunk.parse(first)).toEqual(first)
    expect(silent).toMatchObject({ seq: 1, watts: nulls(15), cadence: nulls(15), speed: nulls(15) })
  })

  it('has its own text; a chunk of a heart has the text that it always had', () => {
    const heart = { seq: 4, bpm: [120, null], effort: [], rr: [600] }
    expect(chunkText(heart)).toBe('[4,[120,null],[],[600]]')
    expect(chunkText({ ...heart, watts: [], cadence: [], speed: [] })).toBe(chunkText(heart))
    expect(chunkText({ seq: 4, bpm: [], effort: [], rr: [], cadence: [90], watts: [205], speed: [null] })).toBe('[4,[],[],[],[90],[205],[null]]')
    expect(chunkSeconds({ bpm: [], watts: [1, 2, 3] })).toBe(3)
  })
})
