import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unrollPlan, type WorkoutPlan } from '@/lib/classes/workout-plan'
import { applyCommand, LEAD_IN_MS, positionAt, recordCommand, TIMER_READY, TimerCommand, type TimerRecord, type TimerState } from './timer'
import { passagesOf } from './timer-passages'

/** 60 s of warm-up, then 3 × (40 s work, 20 s rest): four minutes. */
const plan: WorkoutPlan = {
  blocks: [
    { rounds: 1, intervals: [{ kind: 'warm-up', durationS: 60, targetZone: 1, cue: 'Warm up' }] },
    {
      rounds: 3,
      intervals: [
        { kind: 'work', durationS: 40, targetZone: 4, cue: 'Go' },
        { kind: 'rest', durationS: 20, targetZone: null, cue: 'Rest' },
      ],
    },
  ],
}
const steps = unrollPlan(plan)
const T0 = 1_800_000_000_000
/** Seconds after the first second of the workout. */
const at = (seconds: number) => T0 + LEAD_IN_MS + seconds * 1000
const after = (...commands: ReadonlyArray<readonly [TimerCommand, number]>): TimerState =>
  [['start', -5] as const, ...commands].reduce((state, [command, s]) => applyCommand(steps, state, command, at(s)), TIMER_READY)
const where = (state: TimerState, s: number) => positionAt(steps, state, at(s))

describe('where the class is', () => {
  it('gets ready for five seconds, then runs by the plan', () => {
    expect(where(TIMER_READY, 0)).toMatchObject({ phase: 'ready', totalRemainingMs: 240_000, next: { kind: 'warm-up' } })
    const state = after()
    expect(where(state, -2)).toMatchObject({ phase: 'getting-ready', remainingMs: 2_000, totalRemainingMs: 242_000 })
    expect(where(state, 0)).toMatchObject({ phase: 'running', step: { index: 0 }, remainingMs: 60_000, elapsedMs: 0 })
    expect(where(state, 125)).toMatchObject({ step: { kind: 'work', round: 2, of: 3 }, remainingMs: 35_000, totalRemainingMs: 115_000 })
    expect(where(state, 240)).toEqual({ phase: 'finished', totalRemainingMs: 0, next: null })
  })

  it('stands still in a pause and goes on where it stood', () => {
    const paused = after(['pause', 70])
    expect(where(paused, 500)).toMatchObject({ paused: true, step: { index: 1 }, remainingMs: 30_000 })
    const resumed = applyCommand(steps, paused, 'resume', at(500))
    expect(where(resumed, 501)).toMatchObject({ paused: false, step: { index: 1 }, remainingMs: 29_000 })
  })

  it('lengthens the present interval and no other with +20 s, also in its first seconds', () => {
    const state = after(['plus20', 61], ['plus20', 62])
    expect(where(state, 62)).toMatchObject({ step: { index: 1 }, remainingMs: 78_000, durationMs: 80_000 })
    expect(where(state, 140)).toMatchObject({ step: { index: 2, kind: 'rest' }, remainingMs: 20_000, durationMs: 20_000 })
  })

  it('takes +20 s and Next while paused, and stays paused', () => {
    expect(where(after(['pause', 70], ['plus20', 80]), 90)).toMatchObject({ paused: true, remainingMs: 50_000 })
    expect(where(after(['pause', 70], ['next', 80]), 90)).toMatchObject({ paused: true, step: { index: 2 }, remainingMs: 20_000 })
  })

  it('skips the rest of the interval with Next, and ends after the last', () => {
    expect(where(after(['next', 30]), 31)).toMatchObject({ step: { index: 1 }, remainingMs: 39_000 })
    expect(where(after(['next', -3]), -2)).toMatchObject({ phase: 'running', step: { index: 0 }, remainingMs: 59_000 })
    expect(where(after(['next', 235]), 236).phase).toBe('finished')
  })

  it('goes back to the beginning of the interval, or of the one before in its first seconds', () => {
    expect(where(after(['back', 90]), 90)).toMatchObject({ step: { index: 1 }, remainingMs: 40_000 })
    expect(where(after(['back', 61]), 61)).toMatchObject({ step: { index: 0 }, remainingMs: 60_000 })
  })

  it('begins a round anew after getting ready, also out of a pause', () => {
    const state = after(['pause', 150], ['restart-round', 160])
    expect(where(state, 162)).toMatchObject({ phase: 'getting-ready', paused: false, remainingMs: 3_000, step: { round: 2, kind: 'work' } })
    expect(where(state, 165)).toMatchObject({ phase: 'running', step: { round: 2, kind: 'work' }, remainingMs: 40_000 })
  })

  it('counts a clock that is a little behind as the first moment of an interval', () => {
    expect(where(after(['next', 30]), 29.95)).toMatchObject({ phase: 'running', step: { index: 1 }, remainingMs: 40_000 })
  })

  it('changes nothing, and no revision, by what means nothing', () => {
    const running = after()
    expect(applyCommand(steps, running, 'start', at(3))).toBe(running)
    expect(applyCommand(steps, running, 'resume', at(3))).toBe(running)
    expect(applyCommand(steps, TIMER_READY, 'next', at(3))).toBe(TIMER_READY)
    expect(applyCommand([], TIMER_READY, 'start', at(3))).toBe(TIMER_READY)
    expect(applyCommand(steps, after(['stop', 10]), 'start', at(20))).toMatchObject({ revision: 3, anchor: { index: 0 } })
  })
})

describe('whatever is pressed', () => {
  const presses = fc.array(fc.tuple(fc.constantFrom(...TimerCommand.options), fc.integer({ min: 0, max: 40_000 })), { maxLength: 40 })
  const play = (given: ReadonlyArray<readonly [TimerCommand, number]>) => {
    let t = T0
    let record: TimerRecord = { state: TIMER_READY, runs: [] }
    const states: Array<{ state: TimerState; t: number }> = []
    for (const [command, waitMs] of given) {
      t += waitMs
      record = recordCommand(record, plan, command, t) ?? record
      states.push({ state: record.state, t })
    }
    return { record, states, t }
  }

  it('never shows less than nothing, and the total is the rest of this interval and all that follow', () => {
    fc.assert(
      fc.property(presses, fc.integer({ min: 0, max: 600_000 }), (given, laterMs) => {
        const { record, t } = play(given)
        const position = positionAt(steps, record.state, t + laterMs)
        if (position.phase !== 'running') return
        const following = steps.slice(position.step.index + 1).reduce((ms, step) => ms + step.endMs - step.startMs, 0)
        expect(position.remainingMs).toBeGreaterThan(0)
        expect(position.remainingMs).toBeLessThanOrEqual(position.durationMs)
        expect(position.totalRemainingMs).toBe(position.remainingMs + following)
      }),
    )
  })

  it('only Next, Back, Restart and Stop move the class: all others leave it at the second where it was', () => {
    fc.assert(
      fc.property(presses, fc.constantFrom('pause' as const, 'resume' as const, 'plus20' as const), (given, command) => {
        const { record, t } = play(given)
        const before = positionAt(steps, record.state, t)
        const now = positionAt(steps, applyCommand(steps, record.state, command, t), t)
        if (before.phase !== 'running' || now.phase !== 'running') return
        expect([now.step.index, now.elapsedMs]).toEqual([before.step.index, before.elapsedMs])
        expect(now.remainingMs - before.remainingMs).toBe(command === 'plus20' ? 20_000 : 0)
      }),
    )
  })

  it('records what ran: each instant belongs to the interval that the screens showed', () => {
    fc.assert(
      fc.property(presses, fc.integer({ min: 0, max: 300_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (given, laterMs, part) => {
        const { record, states, t } = play(given)
        const passages = passagesOf(record, t + laterMs)
        for (const [i, passage] of passages.entries()) {
          expect(passage.toMs).toBeGreaterThan(passage.fromMs)
          expect(passage.fromMs).toBeGreaterThanOrEqual(passages[i - 1]?.toMs ?? 0)
        }
        const instant = Math.floor(T0 + part * (t + laterMs - T0))
        const shown = states.findLast((one) => one.t <= instant)
        const position = shown && positionAt(steps, shown.state, instant)
        const ran = passages.find(({ fromMs, toMs }) => fromMs <= instant && instant < toMs)
        const showed = position?.phase === 'running' && !position.paused && instant < t + laterMs ? position.step.index : undefined
        expect(ran?.step.index).toBe(showed)
      }),
    )
  })
})

describe('what ran', () => {
  const ran = (...commands: ReadonlyArray<readonly [TimerCommand, number]>) => {
    let record: TimerRecord = { state: TIMER_READY, runs: [] }
    for (const [command, s] of [['start', -5] as const, ...commands]) record = recordCommand(record, plan, command, at(s)) ?? record
    const second = (ms: number) => (ms - at(0)) / 1000
    return passagesOf(record, at(1_000)).map(({ visit, step, fromMs, toMs }) => [visit, step.index, second(fromMs), second(toMs)])
  }

  it('has a hole where it was paused, the added seconds, and nothing of what was skipped', () => {
    expect(ran(['pause', 70], ['resume', 100], ['plus20', 101], ['next', 160], ['stop', 170])).toEqual([
      [1, 0, 0, 60],
      [2, 1, 60, 70],
      [2, 1, 100, 150],
      [3, 2, 150, 160],
      [4, 3, 160, 170],
    ])
  })

  it('needs a plan for everything but the sound', () => {
    expect(recordCommand({ state: TIMER_READY, runs: [] }, null, 'start', T0)).toBeNull()
    expect(recordCommand({ state: TIMER_READY, runs: [] }, null, 'sound-off', T0)).toMatchObject({ state: { soundOn: false, revision: 1 } })
  })

  it('counts an interval that was begun anew twice', () => {
    expect(ran(['back', 90], ['stop', 100])).toEqual([
      [1, 0, 0, 60],
      [2, 1, 60, 90],
      [3, 1, 90, 100],
    ])
  })

  it('ends with the workout, whatever the plan still holds', () => {
    const record = recordCommand({ state: TIMER_READY, runs: [] }, plan, 'start', at(-5))
    expect(passagesOf(record ?? { runs: [] }, at(75)).at(-1)).toMatchObject({ step: { index: 1 }, toMs: at(75) })
  })
})
