import { describe, expect, it } from 'vitest'
import { Beat } from './beat'
import { ATHLETES, beatAt, demandAt, heartRates } from './rehearsal'

describe('the rehearsal', () => {
  it('is the same each time, and no heart of it leaves its own range or jumps', () => {
    for (const athlete of ATHLETES) {
      const rates = heartRates(athlete, 1_800)
      expect(heartRates(athlete, 1_800)).toEqual(rates)
      expect(Math.min(...rates)).toBeGreaterThan(athlete.hrrestBpm)
      expect(Math.max(...rates)).toBeLessThanOrEqual(athlete.hrmaxBpm)
      for (const [second, bpm] of rates.entries()) expect(Math.abs(bpm - (rates[second - 1] ?? bpm))).toBeLessThanOrEqual(5)
    }
  })

  it('answers to work and rest: Femi climbs in 40 s of work and falls in 20 s of rest', () => {
    const femi = ATHLETES.find(({ name }) => name === 'Femi')
    if (!femi) throw new Error('no Femi')
    const rates = heartRates(femi, 600)
    const [start, worked, rested] = [rates[480] ?? 0, rates[520] ?? 0, rates[540] ?? 0]
    expect([demandAt(480), demandAt(519), demandAt(520), demandAt(539)]).toEqual([1, 1, 0.45, 0.45])
    expect(worked).toBeGreaterThan(start + 10)
    expect(rested).toBeLessThan(worked - 8)
  })

  it('says what a real screen could say, shows a lost strap, an effort and a silence, and shares with nobody', () => {
    const said = ATHLETES.flatMap((athlete) => {
      const rates = heartRates(athlete, 400)
      return rates.map((_, second) => ({ by: athlete.by, second, beat: beatAt(athlete, second, rates) }))
    })
    for (const { beat } of said) {
      if (!beat) continue
      expect(Beat.parse(beat)).toEqual(beat)
      expect(beat).toMatchObject({ reach: 'trainer' })
    }
    const silent = said.filter(({ by, beat }) => by === 'loose strap' && beat === null).map(({ second }) => second)
    expect(silent.slice(14, 28)).toEqual(Array.from({ length: 14 }, (_, at) => 180 + at))
    expect(said.some(({ beat }) => beat?.kind === 'effort')).toBe(true)
    expect(said.filter(({ by }) => by === 'nothing').every(({ beat }) => beat === null)).toBe(true)
  })
})
