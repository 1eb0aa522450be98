import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { makeAccount, makeClass, makeGuest } from '@/tests/people'
import { HOLD_MS, LEAVE_GRACE_MS, MAX_LINE, NO_SHOW_MS } from './booking'
import { bookPlace, cancelBooking, findPlace, openRoomEarly, readLine, setCapacity, sweepPlaces } from './booking.server'
import { joinClass, returnToClass } from './join.server'
import { findSeat, leaveClass, listSeats, removeFromClass, type Seat } from './participant.server'
import { settlePlaces } from './places.server'
import { startClass } from './start-class.server'

const MINUTE = 60_000
const as = (name: string) => ({ name, cameraReach: 'trainer' }) as const
// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

type Guest = { kind: 'guest'; personId: string; name: string; trainerId: string }
let host: { personId: string; name: string; email: string }
beforeEach(async () => {
  outside.broken = false
  outside.events.length = 0
  host = await makeAccount('Mara')
})
const guest = async (name: string): Promise<Guest> => ({ kind: 'guest', ...(await makeGuest(host.personId, name)) })
/** A class `inMs` from now that waits for its time, as the timetable makes it: without anybody in it. */
async function scheduled(inMs: number, capacity = 1) {
  const { classId, seriesId } = await makeClass(host.personId, { capacity })
  await db.participant.deleteMany({ where: { classId } })
  await moveStart(classId, inMs)
  await db.liveClass.update({ where: { id: classId }, data: { status: 'scheduled', hostSeenAt: null } })
  return { classId, seriesId }
}
const moveStart = (classId: string, inMs: number) =>
  db.liveClass.update({
    where: { id: classId },
    data: { startsAt: new Date(Date.now() + inMs), plannedEndAt: new Date(Date.now() + inMs + 45 * MINUTE) },
  })
const mine = async (classId: string, person: Guest) => (await findPlace(classId, person.personId)).place.mine
const book = (classId: string, person: Guest) => bookPlace(classId, person, as(person.name))
const agoLeft = (seat: Seat, ms: number) =>
  db.participant.update({ where: { id: seat.participantId }, data: { leftAt: new Date(Date.now() - ms) } })
const promotedNames = async () => {
  const ids = outside.events.flatMap(({ name, data }) =>
    name === 'classes/booking.promoted' && typeof data === 'object' && data && 'bookingId' in data ? [String(data.bookingId)] : [],
  )
  const rows = await db.booking.findMany({ where: { id: { in: ids } } })
  return ids.map((id) => rows.find((row) => row.id === id)?.name)
}

describe('booking ahead', () => {
  it('is a place, then a turn in line; taking it back brings the first one up and tells them', async () => {
    const { classId } = await scheduled(120 * MINUTE)
    const [ana, bo, cy] = [await guest('Ana'), await guest('Bo'), await guest('Cy')]
    for (const person of [ana, bo, cy]) await book(classId, person)
    expect(await mine(classId, ana)).toEqual({ is: 'booked', heldUntil: null, ...as('Ana') })
    expect(await mine(classId, cy)).toMatchObject({ is: 'waiting', position: 2 })
    expect(await promotedNames(), 'a place at once is no promotion').toEqual([])
    await book(classId, bo)
    expect(await mine(classId, bo), 'asking again keeps the turn').toMatchObject({ position: 1 })
    await cancelBooking(classId, ana.personId)
    expect(await mine(classId, bo)).toMatchObject({ is: 'booked', heldUntil: null })
    expect(await mine(classId, cy)).toMatchObject({ is: 'waiting', position: 1 })
    expect(await promotedNames()).toEqual(['Bo'])
    await book(classId, ana)
    expect(await mine(classId, ana), 'who comes back stands at the end').toMatchObject({ is: 'waiting', position: 2 })
  })

  it('ends where the line is longer than anybody’s turn; who stands in it keeps theirs', async () => {
    const { classId } = await scheduled(MINUTE * 60 * 24)
    const first = await guest('First')
    await book(classId, first)
    const line = Array.from({ length: MAX_LINE }, (_, turn) => ({ id: newId('per'), turn }))
    await db.person.createMany({ data: line.map(({ id }) => ({ id, name: 'Bot', guestOfId: host.personId })) })
    await db.booking.createMany({ data: line.map(({ id, turn }) => ({ id: newId('bkg'), classId, personId: id, name: 'Bot', status: 'waiting', askedAt: new Date(Date.now() + turn) })) })
    const people = await db.person.count()
    await expect(bookPlace(classId, undefined, as('One more'))).rejects.toMatchObject({ code: 'class_full' })
    expect(await db.person.count(), 'nobody was made for it').toBe(people)
    await bookPlace(classId, { kind: 'guest', personId: line[0]?.id ?? '', name: 'Bot', trainerId: host.personId }, as('Bob'))
    await cancelBooking(classId, first.personId)
    expect((await readLine(classId)).booked).toMatchObject([{ name: 'Bob' }])
  })

  it('makes a guest of a stranger, keeps the camera choice, and refuses the trainer', async () => {
    const { classId } = await scheduled(120 * MINUTE)
    const { personId, guestOf } = await bookPlace(classId, undefined, { name: 'Ines', cameraReach: 'nobody' })
    expect(guestOf).toBe(host.personId)
    expect((await findPlace(classId, personId)).place.mine).toMatchObject({ is: 'booked', name: 'Ines', cameraReach: 'nobody' })
    await expect(bookPlace(classId, { kind: 'account', ...host }, as('Mara'))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is on the list of the trainer, who can make room for the line but never squeeze somebody in', async () => {
    const { classId } = await scheduled(120 * MINUTE)
    for (const name of ['Ana', 'Bo', 'Cy']) await book(classId, await guest(name))
    expect(await readLine(classId)).toMatchObject({ capacity: 1, taken: 1, booked: [{ name: 'Ana', here: false }], waiting: [{ name: 'Bo' }, { name: 'Cy' }] })
    await setCapacity(classId, 2)
    expect(await readLine(classId)).toMatchObject({ capacity: 2, taken: 2, booked: [{ name: 'Ana' }, { name: 'Bo' }], waiting: [{ name: 'Cy' }] })
    await setCapacity(classId, 1)
    expect(await readLine(classId), 'fewer places take none away').toMatchObject({ capacity: 1, taken: 2, waiting: [{ name: 'Cy' }] })
    expect(await promotedNames()).toEqual(['Bo'])
  })
})

describe('the early door', () => {
  it('opens 15 minutes before, by a look or by the sweep, with the trainer on seat 0, once', async () => {
    const [far, near, swept] = [await scheduled(16 * MINUTE), await scheduled(15 * MINUTE), await scheduled(14 * MINUTE)]
    expect((await findPlace(far.classId, undefined)).place).toMatchObject({ door: 'shut', free: true })
    const looks = await Promise.all([1, 2, 3].map(() => findPlace(near.classId, undefined)))
    expect(looks.map(({ place }) => place.door)).toEqual(['open', 'open', 'open'])
    expect(await listSeats(near.classId)).toMatchObject([{ role: 'host', seat: 0, name: 'Mara', personId: host.personId }])
    await sweepPlaces(settlePlaces)
    expect(await listSeats(swept.classId)).toHaveLength(1)
    expect(await listSeats(far.classId)).toHaveLength(0)
  })

  it('lets nobody in before it, and everybody who joins when it is due', async () => {
    const [far, near] = [await scheduled(16 * MINUTE), await scheduled(10 * MINUTE)]
    await expect(joinClass(far.classId, undefined, as('Ana'))).rejects.toMatchObject({ code: 'conflict' })
    await expect(joinClass(near.classId, undefined, as('Ana'))).resolves.toMatchObject({ first: true, seat: { seat: 1 } })
  })

  it('opens earlier when the trainer says so, and "start now" means the class that is about to begin', async () => {
    const far = await scheduled(60 * MINUTE)
    await openRoomEarly(far.classId)
    await openRoomEarly(far.classId)
    expect(await listSeats(far.classId)).toHaveLength(1)
    const near = await scheduled(5 * MINUTE)
    expect(await startClass(near.seriesId)).toEqual({ outcome: 'started', classId: near.classId })
    expect(await startClass(near.seriesId)).toEqual({ outcome: 'already_live', classId: near.classId })
  })
})

describe('a full class', () => {
  const fullClass = async () => {
    const { classId } = await makeClass(host.personId, { capacity: 1 })
    const [ana, bo, cy] = [await guest('Ana'), await guest('Bo'), await guest('Cy')]
    const { seat } = await joinClass(classId, ana, as('Ana'))
    await book(classId, bo)
    await book(classId, cy)
    return { classId, ana, bo, cy, seat }
  }

  it('keeps the place of whoever left for a minute; then the first in line has three minutes to walk in', async () => {
    const { classId, bo, cy, seat } = await fullClass()
    await leaveClass(seat, 'scr_1')
    expect(await mine(classId, bo)).toMatchObject({ is: 'waiting', position: 1 })
    await agoLeft(seat, LEAVE_GRACE_MS)
    const held = await mine(classId, bo)
    expect(held).toMatchObject({ is: 'booked' })
    expect(held.is === 'booked' ? (held.heldUntil ?? 0) - Date.now() : 0).toBeGreaterThan(HOLD_MS - 5_000)
    await expect(joinClass(classId, cy, as('Cy')), 'nobody passes the line').rejects.toMatchObject({ code: 'class_full' })
    await expect(joinClass(classId, bo, as('Bo'))).resolves.toMatchObject({ first: true })
    expect(await mine(classId, bo)).toEqual({ is: 'here' })
    expect(await promotedNames()).toEqual(['Bo'])
  })

  it('is never full to whoever merely lost the connection, is on another device, or comes back within the minute', async () => {
    const { classId, ana, seat } = await fullClass()
    expect(await mine(classId, ana)).toEqual({ is: 'here' })
    await leaveClass(seat, 'scr_1')
    await agoLeft(seat, LEAVE_GRACE_MS - 10_000)
    await expect(joinClass(classId, ana, as('Ana'))).resolves.toMatchObject({ first: false, seat: { left: false } })
  })

  it('does not let somebody back over its capacity whose place has gone to another: they wait like everybody', async () => {
    const { classId, ana, bo, seat } = await fullClass()
    await leaveClass(seat, 'scr_1')
    await agoLeft(seat, LEAVE_GRACE_MS)
    await joinClass(classId, bo, as('Bo')).catch(() => undefined)
    const left = await findSeat(classId, ana.personId)
    await expect(returnToClass(left ?? seat, 'scr_2')).rejects.toMatchObject({ code: 'class_full' })
    await expect(joinClass(classId, ana, as('Ana'))).rejects.toMatchObject({ code: 'class_full' })
    await book(classId, ana)
    expect(await mine(classId, ana)).toMatchObject({ is: 'waiting', position: 2 })
  })

  it('passes a held place on when it is not taken, and a booked one 10 minutes after the start', async () => {
    const { classId, bo, cy, seat } = await fullClass()
    await removeFromClass(classId, seat.participantId)
    expect(await mine(classId, bo), 'a removed member frees the place at once').toMatchObject({ is: 'booked' })
    await db.booking.updateMany({ where: { classId, personId: bo.personId }, data: { heldUntil: new Date(Date.now() - 1) } })
    await sweepPlaces(settlePlaces)
    expect(await mine(classId, cy)).toMatchObject({ is: 'booked' })
    expect(await mine(classId, bo)).toEqual({ is: 'none' })
    await db.booking.updateMany({ where: { classId, personId: cy.personId }, data: { heldUntil: null } })
    await moveStart(classId, -NO_SHOW_MS - 1)
    expect(await mine(classId, cy), 'nobody waits: it stays theirs').toMatchObject({ is: 'booked' })
    await expect(joinClass(classId, undefined, as('Di')), 'somebody comes who wants it').resolves.toMatchObject({ first: true })
    expect(await mine(classId, cy)).toEqual({ is: 'none' })
  })

  it('lets the trainer make room, and tells a promotion again that the runner missed', async () => {
    const { classId, bo } = await fullClass()
    outside.broken = true
    await setCapacity(classId, 2)
    expect(await mine(classId, bo)).toMatchObject({ is: 'booked' })
    expect(await promotedNames()).toEqual([])
    outside.broken = false
    await sweepPlaces(settlePlaces)
    await sweepPlaces(settlePlaces)
    expect(new Set(await promotedNames())).toContain('Bo')
    const own = await db.booking.findUniqueOrThrow({ where: { classId_personId: { classId, personId: bo.personId } } })
    const ids = outside.events.flatMap(({ id }) => (id?.startsWith(`booking-promoted:${own.id}:`) ? [id] : []))
    expect(ids.length).toBeGreaterThan(1)
    expect(new Set(ids).size, 'under one id, so it is told once').toBe(1)
  })

  it('gives nothing away once the workout is over', async () => {
    const { classId, ana, bo, seat } = await fullClass()
    await db.liveClass.update({ where: { id: classId }, data: { status: 'ended', workoutEndedAt: new Date() } })
    await leaveClass(seat, 'scr_1')
    await agoLeft(seat, 5 * MINUTE)
    expect((await findPlace(classId, bo.personId)).place).toMatchObject({ door: 'over', mine: { is: 'waiting' } })
    await expect(joinClass(classId, ana, as('Ana')), 'whoever was in comes back for the talk').resolves.toMatchObject({ first: false })
    await expect(book(classId, bo)).rejects.toMatchObject({ code: 'class_over' })
  })
})

describe('fifty people at once', () => {
  /** Mulberry32: the same seed is the same evening. */
  const random = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const REFUSALS = new Set(['class_full', 'removed_from_class', 'not_found'])

  it.each([1, 2, 3])('never over capacity, never a lost place, and the line in its order (seed %i)', async (seed) => {
    const next = random(seed)
    const capacity = 8
    const { classId } = await makeClass(host.personId, { capacity })
    const people = await Promise.all(Array.from({ length: 50 }, (_, number) => guest(`P${number}`)))
    // Drawn before anything runs: what each does is the seed's, when it happens is the machine's.
    const drawn = people.map((person) => ({ person, first: next(), dice: next() }))
    const acts = drawn.flatMap(({ person, first, dice }) => [
      () => (first < 0.5 ? joinClass(classId, person, as(person.name)) : book(classId, person)),
      async () => {
        if (dice < 0.35) return await cancelBooking(classId, person.personId)
        const seat = await findSeat(classId, person.personId)
        if (dice < 0.5 && seat) return await removeFromClass(classId, seat.participantId)
        if (dice < 0.7 && seat) {
          await leaveClass(seat, 'scr_1')
          return await agoLeft(seat, LEAVE_GRACE_MS)
        }
        return await joinClass(classId, person, as(person.name))
      },
    ])
    for (let end = acts.length - 1; end > 0; end--) {
      const swap = Math.floor(next() * (end + 1))
      const [a, b] = [acts[end], acts[swap]]
      if (a && b) [acts[end], acts[swap]] = [b, a]
    }
    let most = 0
    const watch = async () => {
      const seated = await db.participant.count({ where: { classId, role: 'member', leftAt: null, removedAt: null } })
      most = Math.max(most, seated)
    }
    const settled = await Promise.allSettled(
      acts.map(async (act, number) => {
        await act()
        if (number % 4 === 0) await watch()
      }),
    )
    for (const result of settled)
      if (result.status === 'rejected') expect(REFUSALS, String(result.reason)).toContain((result.reason as { code?: string }).code)
    await settlePlaces(classId)
    await watch()
    expect(most).toBeLessThanOrEqual(capacity)
    const line = await readLine(classId)
    expect(line.taken).toBeLessThanOrEqual(capacity)
    if (line.waiting.length > 0) expect(line.taken, 'a free place while somebody waits is a lost one').toBe(capacity)
    // Walking in is possible for each who has a place, and for nobody in line; each who then leaves for good brings up the next.
    const order = line.waiting.map(({ name }) => name)
    expect(order.length, 'an evening on which nobody waits proves nothing').toBeGreaterThan(0)
    const cameUp: string[] = []
    for (let turn = 0; turn < order.length; turn++) {
      const rows = await db.booking.findMany({ where: { classId, status: 'booked' } })
      for (const row of rows) {
        const person = people.find(({ personId }) => personId === row.personId)
        if (person) await joinClass(classId, person, as(person.name))
      }
      const [first] = await db.participant.findMany({ where: { classId, role: 'member', leftAt: null, removedAt: null }, orderBy: { seat: 'asc' } })
      if (!first) throw new Error('the class is empty while people wait')
      const before = new Set((await readLine(classId)).waiting.map(({ name }) => name))
      await removeFromClass(classId, first.id)
      const after = new Set((await readLine(classId)).waiting.map(({ name }) => name))
      cameUp.push(...[...before].filter((name) => !after.has(name)))
    }
    expect(cameUp).toEqual(order)
  }, 60_000)
})
