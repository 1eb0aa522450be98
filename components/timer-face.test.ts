import { describe, expect, it } from 'vitest'
import { unrollPlan } from '@/lib/classes/workout-plan'
import { applyCommand, LEAD_IN_MS, positionAt, TIMER_READY, type TimerCommand } from '@/lib/room/timer'
import { clockWords } from './strings-timer'
import { matchOf, type Under, underWords } from './timer-face'

const steps = unrollPlan({
  blocks: [
    {
      rounds: 2,
      intervals: [
        { kind: 'work', durationS: 60, targetZone: 4, cue: 'Fast' },
        { kind: 'rest', durationS: 30, targetZone: 2, cue: '' },
      ],
    },
  ],
})
/** At this second of the plan. */
function under(second: number, ...commands: TimerCommand[]): Under {
  const [first, atMs] = [applyCommand(steps, TIMER_READY, 'start', 0), LEAD_IN_MS + second * 1000]
  const position = positionAt(steps, commands.reduce((state, command) => applyCommand(steps, state, command, atMs), first), atMs)
  if (!('step' in position)) throw new Error('not under way')
  return position
}

describe('how the own zone stands to the target', () => {
  it('leaves a heart 20 s to answer before work asks for more or less', () => {
    expect([matchOf(under(10), 3), matchOf(under(20), 3), matchOf(under(20), 5)]).toEqual([null, 'push', 'ease'])
    expect(matchOf(under(2), 4)).toBe('in')
  })
  it('never asks for more in a rest, and lets a high heart come down', () => {
    expect([matchOf(under(61), 1), matchOf(under(61), 2), matchOf(under(61), 4)]).toEqual(['in', 'in', 'down'])
  })
  it('says nothing without a zone, in a pause, or before the first second', () => {
    expect([matchOf(under(30), null), matchOf(under(30, 'pause'), 4), matchOf(under(-2), 4)]).toEqual([null, null, null])
  })
})

it('says round, what comes, and how long it all lasts', () => {
  expect(underWords(under(0))).toBe('Round 1 of 2 · Next: Rest 0:30 · 3:00 to go')
  expect(underWords(under(-3))).toBe('Round 1 of 2 · Next: Fast 1:00 · 3:03 to go')
  expect(underWords(under(170))).toBe('Round 2 of 2 · Last one · 0:10 to go')
})

it('counts down to zero, which is the end', () => {
  expect([clockWords(60_000), clockWords(59_001), clockWords(1), clockWords(0), clockWords(3_661_000)]).toEqual([
    '1:00', '1:00', '0:01', '0:00', '1:01:01',
  ])
})
