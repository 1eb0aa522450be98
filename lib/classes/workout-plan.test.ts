import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLAN_PRESETS } from './plan-preset'
import { type PlanInterval, planMs, unrollPlan, WorkoutPlan } from './workout-plan'

const work: PlanInterval = { kind: 'work', durationS: 20, targetZone: 5, cue: 'Go' }
const rest: PlanInterval = { kind: 'rest', durationS: 10, targetZone: null, cue: '' }

describe('a plan unrolled', () => {
  it('says Tabata as sixteen intervals of four minutes', () => {
    const steps = unrollPlan({ blocks: [{ rounds: 8, intervals: [work, rest] }] })
    expect(steps).toHaveLength(16)
    expect(steps.at(-1)).toMatchObject({ kind: 'rest', startMs: 230_000, endMs: 240_000, round: 8, of: 8 })
    expect(steps[2]).toMatchObject({ index: 2, kind: 'work', startMs: 30_000, round: 2 })
  })

  it('counts rounds anew in each block', () => {
    const steps = unrollPlan({
      blocks: [
        { rounds: 1, intervals: [work] },
        { rounds: 2, intervals: [rest] },
      ],
    })
    expect(steps.map(({ block, round, of }) => [block, round, of])).toEqual([
      [0, 1, 1],
      [1, 1, 2],
      [1, 2, 2],
    ])
  })

  it('has neither holes nor overlaps, whatever the plan', () => {
    const interval = fc.record({
      kind: fc.constantFrom('warm-up' as const, 'work' as const, 'rest' as const, 'cool-down' as const),
      durationS: fc.integer({ min: 5, max: 600 }),
      targetZone: fc.option(fc.integer({ min: 0, max: 5 })),
      cue: fc.constant(''),
    })
    const blocks = fc.array(
      fc.record({ rounds: fc.integer({ min: 1, max: 6 }), intervals: fc.array(interval, { minLength: 1, maxLength: 5 }) }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(blocks, (given) => {
        const steps = unrollPlan({ blocks: given })
        expect(steps.map(({ startMs }) => startMs)).toEqual([0, ...steps.slice(0, -1).map(({ endMs }) => endMs)])
        expect(steps.at(-1)?.endMs).toBe(planMs({ blocks: given }))
      }),
    )
  })
})

describe('limits of a plan', () => {
  const refusals = (plan: unknown) => WorkoutPlan.safeParse(plan).error?.issues.map(({ message }) => message) ?? []
  it('takes four hours and no second more', () => {
    const long: PlanInterval = { ...work, durationS: 14_400 }
    expect(refusals({ blocks: [{ rounds: 1, intervals: [long] }] })).toEqual([])
    expect(refusals({ blocks: [{ rounds: 1, intervals: [long, { ...rest, durationS: 5 }] }] })).toEqual(['A plan is at most 4 hours long.'])
  })
  it('takes 400 intervals, each round counted', () => {
    const five: PlanInterval = { ...work, durationS: 5, cue: '' }
    expect(refusals({ blocks: [{ rounds: 100, intervals: [five, five, five, five] }] })).toEqual([])
    expect(refusals({ blocks: [{ rounds: 81, intervals: [five, five, five, five, five] }] })).toEqual([
      'A plan has at most 400 intervals, each round counted.',
    ])
  })
  it('fits into one message of the room', () => {
    const wordy: PlanInterval = { ...work, cue: 'ü'.repeat(80) }
    const intervals = Array.from({ length: 40 }, () => wordy)
    expect(refusals({ blocks: [{ rounds: 1, intervals }] })).toEqual([expect.stringContaining('too long to send')])
  })
  it('takes a zone from 0 to 5 and a cue of 80 characters', () => {
    expect(refusals({ blocks: [{ rounds: 1, intervals: [{ ...work, targetZone: 6 }] }] })).toHaveLength(1)
    expect(refusals({ blocks: [{ rounds: 1, intervals: [{ ...work, cue: 'x'.repeat(81) }] }] })).toEqual(['Use at most 80 characters.'])
  })
})

describe('presets', () => {
  const built = (id: string, numbers: Record<string, number> = {}) => {
    const plan = PLAN_PRESETS.find((one) => one.id === id)?.build(numbers)
    return unrollPlan(WorkoutPlan.parse(plan))
  }
  it('builds a valid plan from each, at its start, its least and its most', () => {
    for (const { build, numbers } of PLAN_PRESETS) {
      for (const end of ['start', 'least', 'most'] as const) {
        const plan = build(Object.fromEntries(numbers.map((one) => [one.key, one[end]])))
        expect(WorkoutPlan.safeParse(plan).error?.issues ?? []).toEqual([])
      }
    }
  })
  it('makes Tabata 8 × 20/10 between a warm-up and a cool-down of five minutes', () => {
    const steps = built('tabata')
    expect(steps).toHaveLength(18)
    expect(steps.at(-1)).toMatchObject({ kind: 'cool-down', startMs: 540_000, endMs: 840_000 })
  })
  it('makes each minute of an EMOM sixty seconds', () => {
    const steps = built('emom', { minutes: 3, work: 45, warmUp: 0, coolDown: 0 })
    expect(steps.map(({ durationS }) => durationS)).toEqual([45, 15, 45, 15, 45, 15])
  })
  it('goes up a pyramid and down again', () => {
    const works = built('pyramid', { top: 90, steps: 3, warmUp: 0, coolDown: 0 }).filter(({ kind }) => kind === 'work')
    expect(works.map(({ durationS }) => durationS)).toEqual([30, 60, 90, 60, 30])
  })
})
