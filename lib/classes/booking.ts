import { z } from 'zod'
import { oneLine } from '@/lib/platform/one-line'

/** The door opens by itself this long before the start. */
export const DOOR_MS = 15 * 60_000
/** How long a place at a running class is kept for whoever came up from the line. */
export const HOLD_MS = 3 * 60_000
/** Whoever booked and has not come by then gives the place up, where somebody wants it. */
export const NO_SHOW_MS = 10 * 60_000
/** "Leave" keeps the place for so long: a wrong tap, or a change from phone to laptop, costs nobody their place. */
export const LEAVE_GRACE_MS = 60_000

/** Nobody's turn comes behind so many, and whoever has the link can make up names. */
export const MAX_LINE = 100

export const opensAt = (startsAt: number): number => startsAt - DOOR_MS

export type SeatFact = { readonly personId: string; readonly leftAt: number | null; readonly removed: boolean }
export type BookingFact = {
  readonly bookingId: string
  readonly personId: string
  readonly status: 'booked' | 'waiting'
  /** UTC ms; the line is in this order. */
  readonly askedAt: number
  readonly heldUntil: number | null
}
/** Who has or wants a place in one class. Seats are the members', bookings those not cancelled. */
export type PlaceFacts = {
  readonly capacity: number
  /** Whether people can come in now. */
  readonly open: boolean
  readonly startsAt: number
  readonly seats: readonly SeatFact[]
  readonly bookings: readonly BookingFact[]
}
export type Places = {
  /** Bookings that come up from the line now, first first. */
  readonly promote: readonly string[]
  /** Bookings that lose their place to these. */
  readonly giveUp: readonly string[]
  /** Bookings that wait after that, first first. */
  readonly line: readonly string[]
  /** People with a place after that; those who are expected, but not here, among them. */
  readonly taken: number
  readonly expected: number
  /** Whether somebody who comes now would find a place. */
  readonly free: boolean
}

/** A seat is kept by whoever is here, has merely lost the connection, or pressed "Leave" less than a minute ago. */
export const holdsSeat = ({ leftAt, removed }: SeatFact, at: number): boolean =>
  !removed && (leftAt === null || at - leftAt < LEAVE_GRACE_MS)

/**
 * Who gets the places, at `at` (UTC ms). A place is taken by whoever holds a seat and by whoever booked one and is still expected.
 * Free places go to the line in its order. A place that was not taken in time (not come 10 minutes after the start; not walked in
 * while it was held) goes too, oldest first, but only to somebody who wants it. Lowering the capacity takes a place from nobody.
 */
export function decidePlaces(facts: PlaceFacts, at: number): Places {
  const seatOf = new Map(facts.seats.map((seat) => [seat.personId, seat]))
  const seated = facts.seats.filter((seat) => holdsSeat(seat, at)).length
  const absent = facts.bookings.filter(({ personId }) => {
    const seat = seatOf.get(personId)
    return !seat || (!seat.removed && !holdsSeat(seat, at))
  })
  const lapsesAt = ({ heldUntil }: BookingFact): number => heldUntil ?? facts.startsAt + NO_SHOW_MS
  const booked = absent.filter(({ status }) => status === 'booked')
  const lapsed = (facts.open ? booked.filter((booking) => lapsesAt(booking) <= at) : []).sort((a, b) => lapsesAt(a) - lapsesAt(b))
  const waiting = absent.filter(({ status }) => status === 'waiting').sort(byTurn)
  const reachable = Math.max(0, facts.capacity - seated - booked.length + lapsed.length)
  const promote = waiting.slice(0, reachable)
  const yields = Math.max(0, promote.length - (facts.capacity - seated - booked.length))
  const giveUp = promote.length === 0 ? [] : lapsed.slice(0, yields)
  const expected = booked.length - giveUp.length + promote.length
  return {
    promote: promote.map(idOf),
    giveUp: giveUp.map(idOf),
    line: waiting.slice(promote.length).map(idOf),
    taken: seated + expected,
    expected,
    free: reachable > promote.length,
  }
}

const idOf = ({ bookingId }: BookingFact): string => bookingId
const byTurn = (a: BookingFact, b: BookingFact): number => a.askedAt - b.askedAt || (a.bookingId < b.bookingId ? -1 : 1)

/** What somebody says at the door: what to call them, and who may see them. */
export const Joining = z
  .object({
    name: z.string().overwrite(oneLine).min(1, 'Say a name.').max(60, 'Use at most 60 characters.'),
    cameraReach: z.enum(['nobody', 'trainer', 'everyone']),
  })
  .strict()
export type Joining = z.infer<typeof Joining>

/** A class as one person at its door finds it. Instants are UTC ms. */
export const ClassPlace = z.object({
  door: z.enum(['shut', 'open', 'over', 'cancelled']),
  opensAt: z.number(),
  startsAt: z.number(),
  capacity: z.number().int(),
  /** Places that are taken by people here or expected. */
  taken: z.number().int(),
  waiting: z.number().int(),
  free: z.boolean(),
  mine: z.discriminatedUnion('is', [
    z.object({ is: z.literal('none') }),
    z.object({ is: z.literal('here') }),
    z.object({ is: z.literal('removed') }),
    z.object({ is: z.literal('booked'), heldUntil: z.number().nullable(), ...Joining.shape }),
    z.object({ is: z.literal('waiting'), position: z.number().int(), ...Joining.shape }),
  ]),
  serverNow: z.number(),
})
export type ClassPlace = z.infer<typeof ClassPlace>

/** The trainer's list of one class. `here`: in the room; the others of `booked` are expected. */
export const ClassLine = z.object({
  capacity: z.number().int(),
  taken: z.number().int(),
  booked: z.array(z.object({ bookingId: z.string(), name: z.string(), here: z.boolean() })),
  waiting: z.array(z.object({ bookingId: z.string(), name: z.string() })),
})
export type ClassLine = z.infer<typeof ClassLine>
