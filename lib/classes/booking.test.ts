import { describe, expect, it } from 'vitest'
import { type BookingFact, decidePlaces, HOLD_MS, LEAVE_GRACE_MS, NO_SHOW_MS, type PlaceFacts, type SeatFact } from './booking'

const START = Date.UTC(2026, 10, 26, 17, 30)
const seat = (personId: string, leftAt: number | null = null, removed = false): SeatFact => ({ personId, leftAt, removed })
const booking = (bookingId: string, status: 'booked' | 'waiting', askedAt: number, heldUntil: number | null = null): BookingFact => ({
  bookingId,
  personId: bookingId,
  status,
  askedAt,
  heldUntil,
})
const facts = (change: Partial<PlaceFacts>): PlaceFacts => ({ capacity: 2, open: true, startsAt: START, seats: [], bookings: [], ...change })

describe('who gets the places of a class', () => {
  it('gives free places to the line in its order, and says who waits on', () => {
    const line = [booking('c', 'waiting', 3), booking('a', 'waiting', 1), booking('b', 'waiting', 2)]
    expect(decidePlaces(facts({ seats: [seat('x')], bookings: line }), START)).toEqual({
      promote: ['a'],
      giveUp: [],
      line: ['b', 'c'],
      taken: 2,
      expected: 1,
      free: false,
    })
  })

  it('counts a person once who booked and is here', () => {
    const places = decidePlaces(facts({ seats: [seat('a')], bookings: [booking('a', 'booked', 1)] }), START)
    expect(places).toMatchObject({ taken: 1, expected: 0, free: true })
  })

  it('keeps the place of whoever lost the connection for ever, of whoever pressed Leave for a minute, and of a removed one not at all', () => {
    const line = [booking('w', 'waiting', 1)]
    const leftAt = START + 1_000
    const of = (seats: SeatFact[], at: number) => decidePlaces(facts({ capacity: 1, seats, bookings: line }), at).promote
    expect(of([seat('a')], START + 3_600_000)).toEqual([])
    expect(of([seat('a', leftAt)], leftAt + LEAVE_GRACE_MS - 1)).toEqual([])
    expect(of([seat('a', leftAt)], leftAt + LEAVE_GRACE_MS)).toEqual(['w'])
    expect(of([seat('a', null, true)], START)).toEqual(['w'])
  })

  it('takes an unused place 10 minutes after the start, and only for somebody who waits', () => {
    const late = booking('late', 'booked', 1)
    const wants = booking('w', 'waiting', 2)
    const of = (bookings: BookingFact[], at: number) => decidePlaces(facts({ capacity: 1, bookings }), at)
    expect(of([late, wants], START + NO_SHOW_MS - 1)).toMatchObject({ promote: [], giveUp: [], line: ['w'], free: false })
    expect(of([late, wants], START + NO_SHOW_MS)).toMatchObject({ promote: ['w'], giveUp: ['late'], line: [], taken: 1 })
    expect(of([late], START + NO_SHOW_MS), 'nobody wants it: it stays theirs, and a newcomer may have it').toMatchObject({
      giveUp: [],
      taken: 1,
      free: true,
    })
  })

  it('passes a held place on when it was not taken in three minutes; while the door is shut nothing lapses', () => {
    const held = booking('h', 'booked', 1, START - 600_000 + HOLD_MS)
    const wants = booking('w', 'waiting', 2)
    const of = (open: boolean, at: number) => decidePlaces(facts({ capacity: 1, open, bookings: [held, wants] }), at).giveUp
    expect(of(true, START - 600_000 + HOLD_MS - 1)).toEqual([])
    expect(of(true, START - 600_000 + HOLD_MS)).toEqual(['h'])
    expect(of(false, START - 600_000 + HOLD_MS)).toEqual([])
  })

  it('gives up no more places than are wanted, the longest unused first', () => {
    const bookings = [booking('b', 'booked', 2), booking('a', 'booked', 1, START), booking('w', 'waiting', 3)]
    expect(decidePlaces(facts({ bookings }), START + NO_SHOW_MS)).toMatchObject({ promote: ['w'], giveUp: ['a'], taken: 2, free: true })
  })

  it('takes a place from nobody when the capacity is lowered, and gives none until it fits again', () => {
    const seats = [seat('a'), seat('b'), seat('c')]
    const bookings = [booking('w', 'waiting', 1)]
    expect(decidePlaces(facts({ capacity: 1, seats, bookings }), START)).toMatchObject({ promote: [], line: ['w'], taken: 3, free: false })
    expect(decidePlaces(facts({ capacity: 4, seats, bookings }), START)).toMatchObject({ promote: ['w'], taken: 4, free: false })
  })

  it('makes room for one only when enough unused places lapse to be back within a lowered capacity', () => {
    const seats = [seat('a')]
    const bookings = [booking('p', 'booked', 1, START), booking('q', 'booked', 2, START), booking('w', 'waiting', 3)]
    const places = decidePlaces(facts({ capacity: 2, seats, bookings }), START)
    expect(places).toMatchObject({ promote: ['w'], giveUp: ['p', 'q'], taken: 2 })
  })

  it('lets somebody who left long ago and asks again wait like everybody', () => {
    const seats = [seat('back', START - 600_000), seat('x'), seat('y')]
    const bookings = [booking('w', 'waiting', 1), booking('back', 'waiting', 2)]
    expect(decidePlaces(facts({ seats, bookings }), START).line).toEqual(['w', 'back'])
  })
})
