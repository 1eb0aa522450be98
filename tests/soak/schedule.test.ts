import { describe, expect, it } from 'vitest'
import { checkLedger, oracle, type Stored } from './ledger'
import { type PageLedger, Phone } from './phone'
import { drawFaults, faultWords } from './schedule'

describe('the soak', () => {
  it('draws the same faults for the same seed, others for another, and each kind within 20 s', () => {
    const words = (seed: number) => drawFaults(seed, 20_000, 5).map(faultWords)
    expect(words(7)).toEqual(words(7))
    expect(words(7)).not.toEqual(words(8))
    for (let seed = 0; seed < 50; seed++) expect(new Set(drawFaults(seed, 20_000, 5).map(({ fault }) => fault)).size).toBe(12)
    expect(words(7).every((line) => /^\d+\.\d s /.test(line))).toBe(true)
  })

  it('finds a confirmed second that is not stored, one that was never said, another value, another place, and a loss without a kill', () => {
    const run = {
      ...{ runId: 'run_a', classId: 'c', participantId: 'p', source: 'heart_rate_strap' as const, label: '', keep: true, bootId: 'b', epoch: 0 },
      ...{ startedMonoMs: 1_000, startedWallMs: 0, startedAtMs: null, clockUncertaintyMs: null, recorderId: null, grant: null, lastSeq: null, adopted: false, refusal: null },
    } as const
    const kept: Stored = {
      ...{ runId: 'run_a', recorderId: 'rec', source: 'heart_rate_strap' as const, rank: 10, createdOrder: 1, startedAtMs: 50_000, clockUncertaintyMs: 20 },
      ...{ received: '{[0,1)}', complete: true, agedOut: false, bpm: [70, 71, 72], effort: [], cadence: [], watts: [], speed: [] },
    }
    const wrongOf = (change: Partial<Stored>, ended: PageLedger['ended'] = 'closed') => {
      const phone = new Phone('phone', { classId: 'c', participantId: 'p', cookie: '' }, '')
      phone.ledgers.push({
        said: [0, 1, 2].map((second) => ({ atMs: 1_000 + second * 1_000, bpm: 70 + second })),
        runs: [{ run, trueStartMs: 50_100 }],
        confirmed: new Map([['run_a', new Map([[0, 70], [1, 71]])]]),
        ended,
      })
      return checkLedger([phone], [{ ...kept, ...change }]).wrong.join('; ')
    }
    expect(wrongOf({})).toBe('')
    expect(wrongOf({ bpm: [70, 71, null] }, 'killed')).toBe('')
    expect(wrongOf({ bpm: [70, 71, null] })).toContain('1 s lost')
    expect(wrongOf({ bpm: [70, null, 72] }, 'killed')).toContain('second 1 of run_a was confirmed and is not stored')
    expect(wrongOf({ bpm: [70, 71, 72, 73] })).toContain('1 s of run_a are stored and were never said')
    expect(wrongOf({ bpm: [70, 99, 72] })).toContain('is 99, and was 71')
    expect(wrongOf({ startedAtMs: 52_000 })).toContain('placed 1900 ms off')
    expect(wrongOf({ complete: false })).toContain('not complete')
    expect(wrongOf({ runId: 'run_b' })).toContain('run_b is stored and nobody recorded it')
  })

  it('has an oracle: 100 for two seconds, held for ten, then 130 of another run, over twenty seconds', () => {
    const runs = [{ startedAtMs: 1_000, createdOrder: 1, bpm: [100, 100] }, { startedAtMs: 16_400, createdOrder: 2, bpm: [130] }]
    // Seconds 1 to 11 and 16 to 19.
    expect(oracle(runs, 0, 20_000)).toEqual({ measuredSeconds: 15, averageBpm: (11 * 100 + 4 * 130) / 15, peakBpm: 130 })
  })
})
