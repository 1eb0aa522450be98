import { describe, expect, it } from 'vitest'
import { completeInputs, inputsOf, inputsText } from './summary-inputs'
import { SETTLED_MS, workoutWindowEnd } from './workout-window'

const nothing = { birthYear: null, sex: null, weightKg: null, hrmaxBpm: null, hrrestBpm: null, effortOnly: false }
const AT = Date.UTC(2026, 10, 22)

describe('inputsOf', () => {
  it('knows no zone without an age or a maximum', () => {
    expect(inputsOf(nothing, AT)).toMatchObject({ ageYears: null, hrmaxBpm: null, hrmaxSource: 'none' })
  })
  it('prefers the own maximum to the guess from age (40 → 180, Tanaka)', () => {
    expect(inputsOf({ ...nothing, birthYear: 1986 }, AT)).toMatchObject({ ageYears: 40, hrmaxBpm: 180, hrmaxSource: 'estimated' })
    expect(inputsOf({ ...nothing, birthYear: 1986, hrmaxBpm: 191 }, AT)).toMatchObject({ hrmaxBpm: 191, hrmaxSource: 'own' })
  })
})

describe('completeInputs', () => {
  const kept = inputsOf({ ...nothing, birthYear: 1986, weightKg: 80 }, AT)
  it('fills what was missing and changes nothing that was there', () => {
    const today = inputsOf({ birthYear: 1990, sex: 'male', weightKg: 75, hrmaxBpm: 191, hrrestBpm: 60, effortOnly: true }, AT)
    expect(completeInputs(kept, today)).toEqual({ ...kept, sex: 'male', hrrestBpm: 60 })
  })
  it('is the same text when nothing was filled', () => {
    expect(inputsText(completeInputs(kept, inputsOf(nothing, AT)))).toBe(inputsText(kept))
  })
})

describe('workoutWindowEnd', () => {
  const END = 1_000_000
  const run = (source: string, seconds: number) => ({
    source,
    startedAtMs: END - 600_000,
    bpm: [...Array.from({ length: seconds }, () => 120), null, null],
  })
  it('is the end of the workout, also for a strap or a recording that went on through the minute after', () => {
    expect(workoutWindowEnd(END, [run('heart_rate_strap', 2_000), run('replay', 601 + SETTLED_MS / 1000)])).toBe(END)
  })
  it('is the last sample of a recording that was played faster than it happened', () => {
    expect(workoutWindowEnd(END, [run('replay', 2_833)])).toBe(END - 600_000 + 2_832_000)
  })
})
