import { describe, expect, it } from 'vitest'
import { dayAndTime, whenWords, zoneWords } from './time-words'

const now = Date.UTC(2026, 10, 22, 15, 30) // Sunday 16:30 in Berlin
const at = (hours: number) => now + hours * 3_600_000

describe('a time in words', () => {
  it.each([
    [2, 'Today 18:30, in 2 h'],
    [0.5, 'Today 17:00, in 30 min'],
    [1.25, 'Today 17:45, in 1 h 15 min'],
    [0, 'Today 16:30, now'],
    [-0.2, 'Today 16:18, 12 min ago'],
    [15, 'Tomorrow 07:30, in 15 h'],
    [98, 'Thu 18:30'],
    [24 * 14, 'Sun 6 Dec, 16:30'],
    [-20, 'Yesterday 20:30, 20 h ago'],
    [-24 * 3, 'Thu 19 Nov, 16:30'],
  ])('%d h away in Berlin is "%s"', (hours, words) =>
    expect(whenWords(at(hours), now, 'Europe/Berlin').replaceAll('\u00a0', ' ')).toBe(words))

  it('never ends a line between a number and its unit', () => {
    expect(whenWords(at(15), now, 'Europe/Berlin')).toBe('Tomorrow 07:30, in\u00a015\u00a0h')
  })

  it('is the reader’s own: one instant, two days', () => {
    expect(dayAndTime(at(9), now, 'Europe/Berlin')).toBe('Tomorrow 01:30')
    expect(dayAndTime(at(9), now, 'Asia/Tokyo')).toBe('Today 09:30')
  })
  it('names a zone by its place', () => expect(zoneWords('America/New_York')).toBe('New York time'))
})
