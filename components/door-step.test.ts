import { describe, expect, it } from 'vitest'
import type { ClassPlace } from '@/lib/classes/booking'
import { doorStep, nextLookMs } from './door-step'

const joining = { name: 'Ana', cameraReach: 'trainer' } as const
const none = { is: 'none' } as const
const waiting = { is: 'waiting', position: 1, ...joining } as const
const booked = (heldUntil: number | null) => ({ is: 'booked', heldUntil, ...joining }) as const
const step = (door: ClassPlace['door'], mine: ClassPlace['mine'], { free = false, visible = true } = {}) => doorStep({ door, free, mine }, visible)

describe('the page at the door', () => {
  it('waits before a shut door, whatever was booked', () => {
    expect([none, waiting, booked(null)].map((mine) => step('shut', mine, { free: true }))).toEqual(['stay', 'stay', 'stay'])
  })
  it('lets somebody with a place in by itself; who booked ahead, once they look', () => {
    expect(step('open', booked(null))).toBe('walk_in')
    expect(step('open', booked(null), { visible: false })).toBe('call')
    expect(step('open', booked(1), { visible: false }), 'who waited in line').toBe('walk_in')
  })
  it('keeps the line waiting, and shows an open door to a newcomer', () => {
    expect(step('open', waiting, { free: true })).toBe('stay')
    expect(step('open', none)).toBe('stay')
    expect(step('open', none, { free: true })).toBe('reload')
  })
  it('is drawn anew for whoever is in the class already, was removed, or comes after it', () => {
    expect([step('open', { is: 'here' }), step('open', { is: 'removed' }), step('over', none), step('cancelled', waiting)]).toEqual(Array(4).fill('reload'))
  })

  it('asks every 3 s when it matters, at most every 30 s long before, and every 15 s while nobody looks', () => {
    const at = (door: ClassPlace['door'], opensInMs: number, visible: boolean, random = 0.5) =>
      nextLookMs({ door, opensAt: opensInMs, serverNow: 0 }, visible, random)
    expect(at('open', 0, true)).toBe(3_000)
    expect(at('shut', 3_600_000, true)).toBe(30_000)
    expect(at('shut', 20_000, true), 'never past the opening').toBe(10_000)
    expect(at('shut', 1_000, true)).toBe(3_000)
    expect(at('open', 0, false)).toBe(15_000)
    expect([at('open', 0, true, 0), at('open', 0, true, 1)]).toEqual([2_400, expect.closeTo(3_600, 5)])
  })
})
