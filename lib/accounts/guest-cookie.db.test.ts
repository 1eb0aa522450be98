import { afterEach, describe, expect, it, vi } from 'vitest'
import { guestCookieOf, makeAccount, makeClass, makeGuest, request, sessionCookieOf } from '@/tests/people'
import { joinClass } from '@/lib/classes/join.server'
import { findPerson } from './caller.server'
import { findClaim, findGuestOfCookie, guestCookie } from './guest-cookie.server'
import { completeSignIn } from './sign-in.server'

afterEach(() => {
  vi.useRealTimers()
})
const valueOf = (trainerId: string, personId: string): string =>
  guestCookieOf(trainerId, personId).slice(`pulseroom.guest.${trainerId}=`.length)

describe("a guest's cookie", () => {
  it('proves who the guest is to the trainer who knows them, and to nobody else', async () => {
    const [mara, otto] = [await makeAccount('Mara'), await makeAccount('Otto')]
    const ana = await makeGuest(mara.personId, 'Ana')
    const value = valueOf(mara.personId, ana.personId)
    expect(await findGuestOfCookie(mara.personId, value)).toEqual({ personId: ana.personId, name: 'Ana', trainerId: mara.personId })
    expect(await findGuestOfCookie(otto.personId, value)).toBeUndefined()
    // Even one that we had signed for the other trainer opens no foreign guest.
    expect(await findGuestOfCookie(otto.personId, valueOf(otto.personId, ana.personId))).toBeUndefined()
  })

  it('proves nothing once a character of it is changed', async () => {
    const mara = await makeAccount('Mara')
    const [ana, bo] = [await makeGuest(mara.personId, 'Ana'), await makeGuest(mara.personId, 'Bo')]
    const [, expires, signature] = valueOf(mara.personId, ana.personId).split('.')
    const forged = [
      `${bo.personId}.${expires}.${signature}`,
      `${ana.personId}.${Number(expires) + 1}.${signature}`,
      `${ana.personId}.${expires}.${signature?.slice(0, -2)}aa`,
      `${ana.personId}.${expires}.`,
      `${ana.personId}.${expires}`,
      `${ana.personId}.${expires}.${signature}.x`,
      '',
      undefined,
    ]
    for (const value of forged) expect(await findGuestOfCookie(mara.personId, value), String(value)).toBeUndefined()
  })

  it('says how its guest became part of an account, to that account only', async () => {
    const mara = await makeAccount('Mara')
    const [ana, bo] = [await makeGuest(mara.personId, 'Ana'), await makeGuest(mara.personId, 'Bo')]
    const proven = (claimPersonId: string) => completeSignIn({ email: 'ana@one.example', name: null, claimPersonId, returnTo: '/home' })
    const claimed = (guest: typeof ana) => findClaim(mara.personId, valueOf(mara.personId, guest.personId), ana.personId)
    expect(await claimed(bo)).toBeUndefined()
    await proven(ana.personId)
    await proven(bo.personId)
    expect([await claimed(ana), await claimed(bo)]).toEqual(['became', 'merged'])
    expect(await findClaim(mara.personId, valueOf(mara.personId, bo.personId), mara.personId)).toBeUndefined()
  })

  it('still says who sits in a class when its bearer signs in there as somebody who does not', async () => {
    const [mara, otto] = [await makeAccount('Mara'), await makeAccount('Otto')]
    const ana = await makeGuest(mara.personId, 'Ana')
    const { classId } = await makeClass(mara.personId)
    const call = request('GET', '/', { cookie: `${guestCookieOf(mara.personId, ana.personId)}; ${await sessionCookieOf(otto.personId)}` })
    expect(await findPerson(call, { classId })).toMatchObject({ kind: 'account', personId: otto.personId })
    await joinClass(classId, { kind: 'guest', ...ana }, { name: 'Ana', cameraReach: 'trainer' })
    expect(await findPerson(call, { classId })).toMatchObject({ kind: 'guest', personId: ana.personId })
    expect(await findPerson(call, {})).toMatchObject({ personId: otto.personId })
    await joinClass(classId, { kind: 'account', ...otto }, { name: 'Otto', cameraReach: 'trainer' })
    expect(await findPerson(call, { classId })).toMatchObject({ personId: otto.personId })
  })

  it('lives twelve months from the last time it was written', async () => {
    const mara = await makeAccount('Mara')
    const ana = await makeGuest(mara.personId, 'Ana')
    const value = valueOf(mara.personId, ana.personId)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() + 364 * 24 * 3600 * 1000)
    expect(await findGuestOfCookie(mara.personId, value)).toBeDefined()
    vi.setSystemTime(Date.now() + 2 * 24 * 3600 * 1000)
    expect(await findGuestOfCookie(mara.personId, value)).toBeUndefined()
  })

  it('is out of reach of scripts and other sites', () => {
    expect(guestCookie('per_1', 'per_2')).toMatch(
      /^pulseroom\.guest\.per_1=per_2\.\d+\.[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
    )
  })
})
