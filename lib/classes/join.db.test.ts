import { beforeEach, describe, expect, it } from 'vitest'
import { makeAccount, makeClass, makeGuest } from '@/tests/people'
import { db } from '@/lib/platform/db.server'
import { joinClass } from './join.server'
import { leaveClass, listSeats, removeFromClass } from './participant.server'

const ana = { name: 'Ana', cameraReach: 'trainer' } as const
let host: { personId: string; name: string; email: string }
beforeEach(async () => {
  host = await makeAccount('Mara')
})

describe('joining a class', () => {
  it('never gives more places than there are, however many come at once', async () => {
    const { classId } = await makeClass(host.personId, { capacity: 7 })
    const joins = await Promise.allSettled(
      Array.from({ length: 20 }, (_, number) => joinClass(classId, undefined, { ...ana, name: `Guest ${number}` })),
    )
    const refused = joins.flatMap((join) => (join.status === 'rejected' ? [join.reason as unknown] : []))
    expect(refused).toHaveLength(13)
    expect(
      refused.every((reason) => typeof reason === 'object' && reason !== null && 'code' in reason && reason.code === 'class_full'),
    ).toBe(true)
    expect((await listSeats(classId)).map(({ seat }) => seat)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('leaves no person behind for a join that was refused', async () => {
    const { classId } = await makeClass(host.personId, { capacity: 1 })
    await joinClass(classId, undefined, ana)
    const before = await db.person.count()
    await expect(joinClass(classId, undefined, ana)).rejects.toMatchObject({ code: 'class_full' })
    expect(await db.person.count()).toBe(before)
  })

  it('is one place for one guest on two devices at once', async () => {
    const { classId } = await makeClass(host.personId)
    const guest = { kind: 'guest', ...(await makeGuest(host.personId, 'Ana')) } as const
    const joins = await Promise.all([joinClass(classId, guest, ana), joinClass(classId, guest, ana)])
    expect(new Set(joins.map(({ seat }) => seat.participantId)).size).toBe(1)
    expect(joins.map(({ first }) => first).sort()).toEqual([false, true])
  })

  it('keeps a place for whoever had one: back in a full class, on the same seat', async () => {
    const { classId } = await makeClass(host.personId, { capacity: 2 })
    const guest = { kind: 'guest', ...(await makeGuest(host.personId, 'Ana')) } as const
    const { seat } = await joinClass(classId, guest, ana)
    await joinClass(classId, undefined, { ...ana, name: 'Bo' })
    await leaveClass(seat, 'scr_1')
    await expect(joinClass(classId, undefined, { ...ana, name: 'Cy' }), 'for a minute').rejects.toMatchObject({ code: 'class_full' })
    const back = await joinClass(classId, guest, ana)
    expect(back).toMatchObject({ first: false, seat: { participantId: seat.participantId, seat: 1, left: false } })
  })

  it('refuses whoever was removed, and gives the place to somebody else', async () => {
    const { classId } = await makeClass(host.personId, { capacity: 1 })
    const guest = { kind: 'guest', ...(await makeGuest(host.personId, 'Ana')) } as const
    const { seat } = await joinClass(classId, guest, ana)
    await removeFromClass(classId, seat.participantId)
    await expect(joinClass(classId, guest, ana)).rejects.toMatchObject({ code: 'removed_from_class' })
    await expect(joinClass(classId, undefined, { ...ana, name: 'Bo' })).resolves.toMatchObject({ first: true, seat: { seat: 2 } })
  })

  it('lets the trainer in as the host, and another account as itself', async () => {
    const { classId } = await makeClass(host.personId)
    await expect(joinClass(classId, { kind: 'account', ...host }, ana)).resolves.toMatchObject({
      guestOf: null,
      seat: { role: 'host', seat: 0, name: 'Mara' },
    })
    const other = await makeAccount('Otto')
    const joined = await joinClass(classId, { kind: 'account', ...other }, ana)
    expect(joined).toMatchObject({ guestOf: null, seat: { role: 'member', personId: other.personId, name: 'Ana' } })
  })

  it('says what is the matter with a class that nobody can join', async () => {
    const guest = { kind: 'guest', ...(await makeGuest(host.personId, 'Ana')) } as const
    const { classId } = await makeClass(host.personId)
    await joinClass(classId, guest, ana)
    await db.liveClass.update({ where: { id: classId }, data: { status: 'ended', workoutEndedAt: new Date() } })
    await expect(joinClass(classId, undefined, ana)).rejects.toMatchObject({ code: 'class_over' })
    await expect(joinClass(classId, guest, ana), 'whoever was in may come back for the talk').resolves.toMatchObject({ first: false })
    await db.liveClass.update({ where: { id: classId }, data: { closedAt: new Date() } })
    await expect(joinClass(classId, guest, ana)).rejects.toMatchObject({ code: 'class_over' })
    await db.liveClass.update({ where: { id: classId }, data: { status: 'cancelled' } })
    await expect(joinClass(classId, undefined, ana)).rejects.toMatchObject({ code: 'class_cancelled' })
    await expect(joinClass('cls_unknown', undefined, ana)).rejects.toMatchObject({ code: 'not_found' })
  })
})
