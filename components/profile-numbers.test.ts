import { describe, expect, it } from 'vitest'
import { readNumber, shownNumber, shownRange } from './profile-numbers'

describe('a figure of the profile', () => {
  it('is shown in the person’s units', () => {
    expect(shownNumber('weightKg', 61.23, 'metric')).toBe('61.2')
    expect(shownNumber('weightKg', 61.23, 'imperial')).toBe('135')
    expect(shownNumber('heightCm', 170, 'imperial')).toBe('66.9')
    expect(shownNumber('hrmaxBpm', 183, 'imperial')).toBe('183')
    expect(shownNumber('heightCm', null, 'metric')).toBe('')
  })
  it('is read back in ours', () => {
    expect(readNumber('weightKg', '135', 'imperial')).toBeCloseTo(61.235, 3)
    expect(readNumber('heightCm', ' 170,5 ', 'metric')).toBe(170.5)
    expect(readNumber('heightCm', '', 'metric')).toBeNull()
  })
  it('is not guessed', () => {
    expect(readNumber('weightKg', 'sixty', 'metric')).toBeUndefined()
    expect(readNumber('hrmaxBpm', '183.5', 'metric')).toBeUndefined()
    expect(readNumber('birthYear', '1e3', 'metric')).toBe(1000) // refused by its range
  })
  it('has a range that never reaches outside ours', () => {
    expect(shownRange('weightKg', [25, 350], 'imperial')).toEqual([56, 771])
    expect(shownRange('heightCm', [80, 250], 'metric')).toEqual([80, 250])
  })
})
