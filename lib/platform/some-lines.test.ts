import { describe, expect, it } from 'vitest'
import { someLines } from './one-line'

describe('a few lines that somebody typed', () => {
  it('keep their breaks, at most one empty line between two, and nothing around', () => {
    expect(someLines('  one\r\ntwo\n\n\n\n\nthree  \n\n')).toBe('one\ntwo\n\nthree')
    expect(someLines('one\u2028two\u2029three\u0085four')).toBe('one\ntwo\nthree\nfour')
    expect(someLines(' \n \t \n ')).toBe('')
  })

  it('lose what nobody sees and what turns text around, and keep what joins an emoji', () => {
    expect(someLines('a\u0007b\u001b[31mc\u202ed\u200be')).toBe('ab[31mcde')
    expect(someLines('👩\u200d👧')).toBe('👩\u200d👧')
  })

  it('do not climb out of their line', () => {
    expect(someLines(`e${'\u0301'.repeat(40)}`)).toBe(`e${'\u0301'.repeat(4)}`)
    expect(someLines('Việt Nam, naïve, שָׁלוֹם')).toBe('Việt Nam, naïve, שָׁלוֹם')
  })

  it('are read in a moment, whatever fills the largest body', () => {
    const began = performance.now()
    expect(someLines(`a${' '.repeat(60_000)}b`)).toHaveLength(60_002)
    expect(someLines(`a${' '.repeat(60_000)}\nb`)).toBe('a\nb')
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
