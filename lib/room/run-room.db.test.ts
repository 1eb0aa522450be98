import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { joinClass } from '@/lib/classes/join.server'
import { findSeat, markSeen } from '@/lib/classes/participant.server'
import { openPermanentLink } from '@/lib/classes/permanent-link.server'
import { startClass } from '@/lib/classes/start-class.server'
import { db } from '@/lib/platform/db.server'
import { makeAccount, makeClass, makeGuest } from '@/tests/people'
import { countMessages } from './cost.server'
import {
  changeMe,
  closeAbandonedRooms,
  closeRoomForAll,
  endWorkoutInRoom,
  joinRoom,
  leaveRoom,
  muteInRoom,
  removeFromRoom,
} from './run-room.server'
import { readSnapshot } from './snapshot.server'

const MINUTE_MS = 60_000
const ana = { name: 'Ana', cameraReach: 'trainer' } as const
// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let host: { personId: string; name: string; email: string }
afterAll(() => outside.close())
beforeEach(async () => {
  outside.broken = false
  outside.events.length = 0
  outside.published.length = 0
  host = await makeAccount('Mara')
})
const news = () => outside.published.map(({ data }) => data)

describe('a room tells its screens', () => {
  it('who comes, changes, leaves, comes back and is removed', async () => {
    const { classId } = await makeClass(host.personId)
    const guest = { kind: 'guest', ...(await makeGuest(host.personId, 'Ana')) } as const
    const { seat } = await joinRoom(classId, guest, ana)
    await changeMe(seat, { cameraReach: 'nobody' })
    await leaveRoom(seat, 'scr_1')
    await joinRoom(classId, guest, ana)
    await muteInRoom(classId, seat.participantId)
    await muteInRoom(classId, null)
    await removeFromRoom(classId, seat.participantId)
    // Who looks at the board goes on with the room.
    expect(outside.published.pop()).toMatchObject({ channel: `presence-readers-${classId}`, name: 'reader-changed' })
    expect(outside.published.every(({ channel, name }) => channel === `presence-room-${classId}.0` && name === 'room-event')).toBe(true)
    const { participantId } = seat
    expect(news()).toMatchObject([
      { type: 'participant-joined', participant: { participantId, name: 'Ana', seat: 1, left: false } },
      { type: 'participant-changed', participant: { cameraReach: 'nobody' } },
      { type: 'participant-left', participant: { participantId, left: true } },
      { type: 'participant-changed', participant: { participantId, seat: 1, left: false } },
      { type: 'mute-requested', participantId },
      { type: 'mute-requested', participantId: null },
      { type: 'participant-removed', participantId },
    ])
    // Of two words about one person a screen can tell the newer.
    expect(news().flatMap((event) => (typeof event === 'object' && event !== null && 'participant' in event ? [event.participant] : []))).toMatchObject([
      { revision: 0 },
      { revision: 1 },
      { revision: 2 },
      { revision: 3 },
    ])
    expect((await readSnapshot(classId)).participants.map(({ name }) => name)).toEqual(['Mara'])
    // What was published is on the class's bill, and what screens add to it.
    await countMessages(classId, 40)
    expect(await db.liveClass.findUniqueOrThrow({ where: { id: classId }, select: { billedMessages: true } })).toEqual({ billedMessages: 48 })
  })

  it('narrows how far a heart rate goes to what the class allows, and never widens it', async () => {
    const [narrow, wide] = [await makeClass(host.personId), await makeClass(host.personId, { heartRateReach: 'everyone' })]
    const inNarrow = (await joinClass(narrow.classId, undefined, ana)).seat
    const inWide = (await joinClass(wide.classId, undefined, ana)).seat
    expect(await changeMe(inNarrow, { heartRateReach: 'everyone' })).toMatchObject({ heartRateReach: 'trainer' })
    expect(await changeMe(inNarrow, { heartRateReach: 'me' })).toMatchObject({ heartRateReach: 'me' })
    expect(await changeMe(inWide, { heartRateReach: 'everyone' })).toMatchObject({ heartRateReach: 'everyone' })
    expect(await changeMe(inWide, { heartRateReach: 'trainer' })).toMatchObject({ heartRateReach: 'trainer' })
  })

  it('lets people in while the news cannot be spread, but does not pretend that a mute arrived', async () => {
    const { classId } = await makeClass(host.personId)
    outside.broken = true
    const { seat } = await joinRoom(classId, undefined, ana)
    expect(await findSeat(classId, seat.personId)).toBeDefined()
    await expect(muteInRoom(classId, seat.participantId)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(muteInRoom(classId, 'par_of_another_class')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the end', () => {
  it('is said once to the summaries, however often it is pressed, and again after a failure', async () => {
    const { classId } = await makeClass(host.personId)
    outside.broken = true
    await expect(endWorkoutInRoom(classId)).rejects.toMatchObject({ code: 'unavailable' })
    outside.broken = false
    const [first, second] = await Promise.all([endWorkoutInRoom(classId), endWorkoutInRoom(classId)])
    expect(second).toEqual(first)
    expect(new Set(outside.events.map(({ id }) => id))).toEqual(new Set([`workout-ended:${classId}`]))
    expect(outside.events[0]).toMatchObject({ name: 'classes/workout.ended', data: { classId } })
    expect(await readSnapshot(classId)).toMatchObject({ status: 'ended', workoutEndedAt: first.workoutEndedAt, closedAt: null })
  })

  it('of the talk ends a workout that nobody ended', async () => {
    const { classId } = await makeClass(host.personId)
    const closed = await closeRoomForAll(classId)
    expect(outside.events.map(({ name }) => name)).toEqual(['classes/workout.ended', 'classes/room.closed'])
    expect(await readSnapshot(classId)).toMatchObject({ status: 'ended', ...closed })
    expect(await closeRoomForAll(classId)).toEqual(closed)
  })

  it('leaves the permanent link leading on: live, then ended, then the next one', async () => {
    const { classId, seriesId, slug } = await makeClass(host.personId)
    expect(await openPermanentLink(slug.toUpperCase())).toMatchObject({
      outcome: 'live',
      liveClass: { classId },
      series: { hostName: 'Mara' },
    })
    expect(await startClass(seriesId)).toEqual({ outcome: 'already_live', classId })
    await endWorkoutInRoom(classId)
    expect(await openPermanentLink(slug)).toMatchObject({ outcome: 'ended', roomOpen: true })
    await closeRoomForAll(classId)
    expect(await openPermanentLink(slug)).toMatchObject({ outcome: 'ended', roomOpen: false, liveClass: { classId } })
    const next = await Promise.all([startClass(seriesId), startClass(seriesId)])
    expect(new Set(next.map((started) => started.classId)).size, 'pressed twice is one class').toBe(1)
    expect(await openPermanentLink(slug)).toMatchObject({ outcome: 'live', liveClass: { classId: next[0].classId } })
    expect(await openPermanentLink('no-such-link')).toEqual({ outcome: 'unknown' })
  })
})

describe('a room that its trainer forgot', () => {
  const moment = (minutesAgo: number) => new Date(Date.now() - minutesAgo * MINUTE_MS)
  const setTimes = (classId: string, plannedEndAgo: number, hostSeenAgo: number) =>
    db.liveClass.update({ where: { id: classId }, data: { plannedEndAt: moment(plannedEndAgo), hostSeenAt: moment(hostSeenAgo) } })

  it('closes 30 minutes past its planned end with no host, and not before', async () => {
    const [gone, present, running] = [await makeClass(host.personId), await makeClass(host.personId), await makeClass(host.personId)]
    await setTimes(gone.classId, 31, 40)
    await setTimes(present.classId, 31, 5)
    await setTimes(running.classId, 29, 60)
    expect(await closeAbandonedRooms()).toBe(1)
    const snapshot = await readSnapshot(gone.classId)
    expect(snapshot.closedAt).not.toBeNull()
    expect(snapshot.workoutEndedAt, 'it ended when it was planned to').toBe(snapshot.plannedEndAt)
    for (const { classId } of [present, running]) expect(await readSnapshot(classId)).toMatchObject({ status: 'live', closedAt: null })
    expect(await closeAbandonedRooms()).toBe(0)
  })

  it('stays open for a trainer who is seen in overtime, and tries again when the runner is away', async () => {
    const { classId } = await makeClass(host.personId)
    await setTimes(classId, 45, 45)
    const seat = await findSeat(classId, host.personId)
    await markSeen(seat ?? { participantId: '', classId, role: 'host' })
    expect(await closeAbandonedRooms()).toBe(0)
    await setTimes(classId, 45, 35)
    outside.broken = true
    expect(await closeAbandonedRooms()).toBe(0)
    outside.broken = false
    expect(await closeAbandonedRooms()).toBe(1)
    const { workoutEndedAt, plannedEndAt } = await readSnapshot(classId)
    expect((workoutEndedAt ?? 0) - plannedEndAt, 'the last sign of the host, ten minutes past the plan').toBeCloseTo(10 * MINUTE_MS, -3)
  })
})
