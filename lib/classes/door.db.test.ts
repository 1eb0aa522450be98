import { describe, expect, it } from 'vitest'
import { makeAccount, makeClass, makeGuest } from '@/tests/people'
import { db } from '@/lib/platform/db.server'
import { LEAVE_GRACE_MS } from './booking'
import { findDoor } from './door.server'
import { joinClass } from './join.server'
import { removeFromClass } from './participant.server'
import { openPermanentLink } from './permanent-link.server'

const scene = async () => {
  const host = await makeAccount('Mara')
  const { classId } = await makeClass(host.personId)
  const { series } = await db.liveClass.findUniqueOrThrow({ where: { id: classId }, include: { series: true } })
  const guest = async (name: string) => ({ kind: 'guest' as const, ...(await makeGuest(host.personId, name)) })
  const doorOf = async (person: { personId: string; name: string } | undefined) => {
    const link = await openPermanentLink(series.slug)
    if (link.outcome === 'unknown') throw new Error('the link leads nowhere')
    return await findDoor(link, person)
  }
  const setCapacity = (capacity: number) => db.classSeries.update({ where: { id: series.id }, data: { capacity } })
  const setClass = (data: Parameters<typeof db.liveClass.update>[0]['data']) => db.liveClass.update({ where: { id: classId }, data })
  return { classId, guest, doorOf, setCapacity, setClass }
}

describe('the door behind the permanent link', () => {
  it('is open to a stranger, of whom nothing is known', async () => {
    const { doorOf } = await scene()
    expect(await doorOf(undefined)).toEqual({ door: 'join', remembered: null, back: false })
  })

  it('remembers the name and the camera choice of the last time', async () => {
    const { classId, guest, doorOf } = await scene()
    const ines = await guest('Ines')
    await joinClass(classId, ines, { name: 'Inés', cameraReach: 'nobody' })
    expect(await doorOf(ines)).toEqual({ door: 'join', remembered: { name: 'Inés', cameraReach: 'nobody' }, back: true })
  })

  it('is full to a newcomer and never to whoever has a place', async () => {
    const { classId, guest, doorOf, setCapacity } = await scene()
    await setCapacity(1)
    const [ines, tom] = [await guest('Ines'), await guest('Tom')]
    const { seat } = await joinClass(classId, ines, { name: 'Ines', cameraReach: 'trainer' })
    expect(await doorOf(tom)).toMatchObject({ door: 'wait', place: { door: 'open', taken: 1, capacity: 1, free: false, mine: { is: 'none' } } })
    expect(await doorOf(undefined)).toMatchObject({ door: 'wait', place: { door: 'open', taken: 1, capacity: 1, free: false, mine: { is: 'none' } } })
    expect(await doorOf(ines)).toMatchObject({ door: 'join', back: true })
    await db.participant.update({ where: { id: seat.participantId }, data: { leftAt: new Date(Date.now() - LEAVE_GRACE_MS) } })
    expect(await doorOf(tom)).toMatchObject({ door: 'join' })
  })

  it('stays shut to whoever was removed', async () => {
    const { classId, guest, doorOf } = await scene()
    const ines = await guest('Ines')
    const { seat } = await joinClass(classId, ines, { name: 'Ines', cameraReach: 'trainer' })
    await removeFromClass(classId, seat.participantId)
    expect(await doorOf(ines)).toEqual({ door: 'removed', summary: false })
  })

  it('after the workout leads those who were there to the talk and their summary, and nobody else', async () => {
    const { classId, guest, doorOf, setClass } = await scene()
    const [ines, tom] = [await guest('Ines'), await guest('Tom')]
    await joinClass(classId, ines, { name: 'Ines', cameraReach: 'trainer' })
    await setClass({ status: 'ended', workoutEndedAt: new Date() })
    expect(await doorOf(ines)).toEqual({ door: 'over', wasThere: true, roomOpen: true, talkGoesOn: true, nextStartsAt: null })
    expect(await doorOf(tom)).toEqual({ door: 'over', wasThere: false, roomOpen: false, talkGoesOn: true, nextStartsAt: null })
    await setClass({ closedAt: new Date() })
    expect(await doorOf(ines)).toEqual({ door: 'over', wasThere: true, roomOpen: false, talkGoesOn: false, nextStartsAt: null })
  })

  it('waits while no class runs', async () => {
    const { doorOf, setClass } = await scene()
    await setClass({ status: 'cancelled' })
    expect(await doorOf(undefined)).toEqual({ door: 'waiting' })
  })
})
