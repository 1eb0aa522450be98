import { describe, expect, it } from 'vitest'
import { completeInputs, inputsOf, inputsText } from './figure-inputs'

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
