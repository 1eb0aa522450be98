import { describe, expect, it } from 'vitest'
import type { WorkoutPlan } from '@/lib/classes/workout-plan'
import { recordCommand, TIMER_READY, type TimerCommand, type TimerRecord } from '@/lib/room/timer'
import { intervalFigures } from './interval-figures'
import { workoutShape } from './workout-shape'

/** A minute of warm-up, then twice a minute of work in zone 4 and 70 s of rest. */
const plan: WorkoutPlan = {
  blocks: [
    { rounds: 1, intervals: [{ kind: 'warm-up', durationS: 60, targetZone: 1, cue: '' }] },
    {
      rounds: 2,
      intervals: [
        { kind: 'work', durationS: 60, targetZone: 4, cue: 'Go' },
        { kind: 'rest', durationS: 70, targetZone: null, cue: '' },
      ],
    },
  ],
}
const T0 = 1_800_000_000_000
/** Pressed at these seconds of the class; "start" leads in for five. */
function shapeOf(endS: number, ...presses: ReadonlyArray<readonly [TimerCommand, number]>) {
  let record: TimerRecord = { state: TIMER_READY, runs: [] }
  for (const [command, second] of presses) record = recordCommand(record, plan, command, T0 + second * 1000) ?? record
  return workoutShape({ record, startedAtMs: T0, workoutStartedAtMs: T0 + 95_000, workoutEndedAtMs: T0 + endS * 1000 })
}
const said = (shape: ReturnType<typeof shapeOf>) => shape.parts.map(({ kind, fromSecond, seconds }) => `${kind} ${fromSecond}+${seconds}`)

describe('the shape of a workout', () => {
  it('is the plan in seconds of the class, from where it was started', () => {
    const shape = shapeOf(1_000, ['start', 95])
    expect(shape.startSecond).toBe(95)
    expect(said(shape)).toEqual(['warm-up 100+60', 'work 160+60', 'rest 220+70', 'work 290+60', 'rest 350+70'])
  })
  it('is what ran: a pause, a skip and +20 s are in it, and it ends with the workout', () => {
    const shape = shapeOf(300, ['start', 95], ['next', 110], ['pause', 130], ['resume', 150], ['plus20', 160], ['next', 235])
    expect(said(shape)).toEqual(['warm-up 100+10', 'work 110+20', 'work 150+60', 'rest 210+25', 'work 235+60', 'rest 295+5'])
  })
})

describe('what a heart did in each work interval', () => {
  /** 150 bpm from second 160 on; 30 lower 60 s after each end of work. Zone 4 of 180 is 144 to 161. */
  const record = Array.from({ length: 500 }, (_, second): number | null => (second < 175 ? 130 : second === 279 || second === 409 ? 120 : 150))

  it('counts the seconds in the target, and the fall in the minute after', () => {
    const { parts } = shapeOf(1_000, ['start', 95])
    expect(intervalFigures(record, parts, 180)).toEqual([
      { fromSecond: 160, seconds: 60, round: 1, of: 2, cue: 'Go', targetZone: 4, measuredSeconds: 60, inTargetSeconds: 45, recoveryBpm: 30 },
      { fromSecond: 290, seconds: 60, round: 2, of: 2, cue: 'Go', targetZone: 4, measuredSeconds: 60, inTargetSeconds: 60, recoveryBpm: 30 },
    ])
  })
  it('has no recovery where work began again within the minute, or where either second is a gap', () => {
    const { parts } = shapeOf(1_000, ['start', 95], ['next', 270])
    expect(intervalFigures(record, parts, 180).map(({ recoveryBpm }) => recoveryBpm)).toEqual([null, 0])
    const gap = record.map((bpm, second) => (second === 279 ? null : bpm))
    expect(intervalFigures(gap, shapeOf(1_000, ['start', 95]).parts, 180).map(({ recoveryBpm }) => recoveryBpm)).toEqual([null, 30])
  })
  it('takes an interval with a pause as one, and the pause out of it', () => {
    const { parts } = shapeOf(1_000, ['start', 95], ['pause', 180], ['resume', 230])
    expect(intervalFigures(record, parts, 180)[0]).toMatchObject({ fromSecond: 160, seconds: 60, inTargetSeconds: 45 })
  })
  it('says nothing of targets without zones, and nothing at all without a plan', () => {
    const { parts } = shapeOf(1_000, ['start', 95])
    expect(intervalFigures(record, parts, null)[0]).toMatchObject({ inTargetSeconds: null, recoveryBpm: 30 })
    expect(intervalFigures([], parts, 180)[0]).toMatchObject({ measuredSeconds: 0, inTargetSeconds: null, recoveryBpm: null })
    expect(intervalFigures(record, [], 180)).toEqual([])
  })
})
