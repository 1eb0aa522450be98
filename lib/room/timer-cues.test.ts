import { describe, expect, it } from 'vitest'
import { unrollPlan } from '@/lib/classes/workout-plan'
import { applyCommand, TIMER_READY } from './timer'
import { cuesBetween } from './timer-cues'

const steps = unrollPlan({
  blocks: [
    {
      rounds: 2,
      intervals: [
        { kind: 'work', durationS: 20, targetZone: 5, cue: 'Go' },
        { kind: 'rest', durationS: 10, targetZone: null, cue: '' },
      ],
    },
  ],
})
const state = applyCommand(steps, TIMER_READY, 'start', 0)
/** As "2 tick" or "5 work", in seconds since the press. */
const heard = (fromMs: number, toMs: number, of = state) =>
  cuesBetween(steps, of, fromMs, toMs).map((cue) => `${cue.atMs / 1000} ${cue.sound === 'tick' ? 'tick' : (cue.step?.kind ?? 'end')}`)

describe('what is heard', () => {
  it('is three, two, one and the change, also before the first second and after the last', () => {
    expect(heard(0, 40_000)).toEqual([
      '2 tick', '3 tick', '4 tick', '5 work', '22 tick', '23 tick', '24 tick', '25 rest', '32 tick', '33 tick', '34 tick', '35 work',
    ])
    expect(heard(60_000, 100_000)).toEqual(['62 tick', '63 tick', '64 tick', '65 end'])
  })

  it('is each cue once, whatever windows the time is cut into', () => {
    const windows = Array.from({ length: 700 }, (_, i) => heard(i * 100, (i + 1) * 100)).flat()
    expect(windows).toEqual(heard(0, 70_000))
    expect(heard(4_990, 5_000)).toEqual([])
  })

  it('is nothing in a pause', () => {
    expect(heard(7_000, 60_000, applyCommand(steps, state, 'pause', 6_000))).toEqual([])
  })
})
