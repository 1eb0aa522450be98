import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hostOfClass, participantOfClass } from '@/lib/classes/actor.server'
import { joinClass } from '@/lib/classes/join.server'
import { findNoticeHolder, noticeLinks } from '@/lib/classes/notice-link.server'
import { findSeat, removeFromClass } from '@/lib/classes/participant.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { guestCookieOf, makeAccount, makeClass, makeGuest, request, sessionCookieOf } from '@/tests/people'
import { findBearerRow, mintBearer } from './bearer.server'
import { findConsents, recordConsent } from './consent.server'
import { admitDevice } from './device.server'
import { person } from './endpoint.server'
import { findGuestOfCookie } from './guest-cookie.server'
import { findAccountById } from './session.server'
import { completeSignIn } from './sign-in.server'

const proven = (email: string, claimPersonId: string | null = null, name: string | null = null) => ({
  email,
  name,
  claimPersonId,
  returnTo: '/home',
})
const joining = { name: 'Ana', cameraReach: 'trainer' } as const
const cookieValue = (trainerId: string, personId: string) => guestCookieOf(trainerId, personId).split('=')[1]

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

let host: { personId: string; name: string; email: string }
beforeEach(async () => {
  host = await makeAccount('Mara')
})

async function seatGuest(classId: string) {
  const guest = { kind: 'guest', ...(await makeGuest(host.personId, 'Ana')) } as const
  const { seat } = await joinClass(classId, guest, joining)
  return { guest, seat }
}

const recorderOf = (seat: { classId: string; participantId: string; personId: string }) =>
  db.recorder.create({
    data: {
      id: newId('rec'),
      runId: newId('rec'),
      classId: seat.classId,
      participantId: seat.participantId,
      personId: seat.personId,
      source: 'heart_rate_strap',
      rank: 1,
      label: 'Strap',
      startedAt: new Date(),
      clockUncertaintyMs: 20,
    },
  })

describe('a proven address', () => {
  it('is a new account the first time and the same one ever after, even when proven twice at once', async () => {
    const [first, second] = await Promise.all([
      completeSignIn(proven('new@example.com', null, 'Nia')),
      completeSignIn(proven('new@example.com')),
    ])
    expect(first.personId).toBe(second.personId)
    expect((await completeSignIn(proven('new@example.com'))).personId).toBe(first.personId)
    expect((await completeSignIn(proven('otto.maria-berg@example.com'))).name).toBe('Otto Maria Berg')
  })

  it('turns the guest who asked into an account with all they did; the cookie then opens nothing', async () => {
    const { classId } = await makeClass(host.personId)
    const { guest, seat } = await seatGuest(classId)
    const value = cookieValue(host.personId, guest.personId)
    expect(await findGuestOfCookie(host.personId, value)).toMatchObject({ personId: guest.personId })
    const account = await completeSignIn(proven('ana@example.com', guest.personId))
    expect(account).toEqual({ personId: guest.personId, name: 'Ana' })
    expect(await findSeat(classId, account.personId)).toMatchObject({ participantId: seat.participantId })
    expect(await findGuestOfCookie(host.personId, value)).toBeUndefined()
  })

  it('moves a guest into the account that exists already, profile and recordings and all', async () => {
    const { classId } = await makeClass(host.personId)
    const ana = await makeAccount('Ana')
    const { guest, seat } = await seatGuest(classId)
    const recorder = await recorderOf(seat)
    await db.profile.create({ data: { personId: guest.personId, birthYear: 1974, effortOnly: true } })
    await db.profile.create({ data: { personId: ana.personId, hrmaxBpm: 181, birthYear: 1975 } })
    await db.consent.create({ data: { personId: guest.personId, trainerId: host.personId, purpose: 'keep', choice: 'yes', version: '1' } })
    const { bearerId } = await mintBearer({ personId: guest.personId, scope: 'recorder', label: 'Strap', classId, recorderId: recorder.id })

    expect((await completeSignIn(proven(ana.email, guest.personId))).personId).toBe(ana.personId)

    expect(await findSeat(classId, ana.personId)).toMatchObject({ participantId: seat.participantId, seat: seat.seat })
    expect(await db.recorder.findUnique({ where: { id: recorder.id } })).toMatchObject({
      personId: ana.personId,
      participantId: seat.participantId,
    })
    expect(await db.profile.findMany({ where: { personId: { in: [ana.personId, guest.personId] } } })).toMatchObject([
      { personId: ana.personId, birthYear: 1975, hrmaxBpm: 181, effortOnly: true },
    ])
    expect(await db.consent.count({ where: { personId: ana.personId } })).toBe(1)
    expect(await db.bearer.findUnique({ where: { id: bearerId } })).toMatchObject({ personId: ana.personId })
    expect(await findGuestOfCookie(host.personId, cookieValue(host.personId, guest.personId))).toBeUndefined()
    expect(await findAccountById(guest.personId), 'an old reference leads to the account').toMatchObject({ personId: ana.personId })
  })

  it('joins two seats of one human in one class: one seat, the time of both, every recording, a summary to compute again', async () => {
    const { classId } = await makeClass(host.personId)
    const ana = await makeAccount('Ana')
    const own = (await joinClass(classId, { kind: 'account', ...ana }, joining)).seat
    const { guest, seat } = await seatGuest(classId)
    const recorder = await recorderOf(seat)
    await db.$executeRaw`update participants set present_s = '{[0,60)}' where id = ${own.participantId}`
    await db.$executeRaw`update participants set present_s = '{[45,120)}', "removedAt" = now() where id = ${seat.participantId}`
    for (const personId of [ana.personId, guest.personId]) {
      await db.summary.create({
        data: {
          id: newId('sum'),
          classId,
          personId,
          status: 'final',
          algorithmVersion: 1,
          inputsDigest: personId,
          inputs: {},
          figures: {},
          computedAt: new Date(),
        },
      })
      await db.summaryAddress.create({ data: { classId, personId, email: ana.email } })
    }

    await completeSignIn(proven(ana.email, guest.personId))

    const [row] = await db.$queryRaw<
      object[]
    >`
      select id, seat, present_s::text present, "removedAt" is not null removed
      from participants where "classId" = ${classId} and role = 'member'`
    expect(row).toEqual({ id: own.participantId, seat: own.seat, present: '{[0,120)}', removed: true })
    expect(await db.recorder.findUnique({ where: { id: recorder.id } })).toMatchObject({
      personId: ana.personId,
      participantId: own.participantId,
    })
    expect(await db.summary.findMany({ where: { classId } })).toMatchObject([
      { personId: ana.personId, inputsDigest: ana.personId, dirty: true },
    ])
    expect(await db.summaryAddress.count({ where: { classId } })).toBe(1)
    expect(await db.participant.count({ where: { personId: guest.personId } })).toBe(0)
  })

  it('keeps one booking of one human in a class, the one that is worth more, and its turn', async () => {
    const ana = await makeAccount('Ana')
    const { guest } = await seatGuest((await makeClass(host.personId)).classId)
    const book = async (personId: string, classId: string, status: 'booked' | 'waiting' | 'cancelled', minute: number) =>
      (await db.booking.create({ data: { id: newId('bkg'), classId, personId, name: 'Ana', status, askedAt: new Date(minute * 60_000) } })).id
    const [full, open, own] = [await makeClass(host.personId), await makeClass(host.personId), await makeClass(host.personId)]
    await book(ana.personId, full.classId, 'waiting', 2)
    const first = await book(guest.personId, full.classId, 'waiting', 1)
    await book(ana.personId, open.classId, 'cancelled', 1)
    const better = await book(guest.personId, open.classId, 'booked', 2)
    const kept = await book(ana.personId, own.classId, 'booked', 2)
    await book(guest.personId, own.classId, 'waiting', 1)
    await completeSignIn(proven(ana.email, guest.personId))
    const rows = await db.booking.findMany({ where: { personId: { in: [ana.personId, guest.personId] } } })
    expect(rows.map(({ id, personId }) => [id, personId]).sort()).toEqual([first, better, kept].map((id) => [id, ana.personId]).sort())
  })

  it('never widens what the account had agreed to, nor what the guest had', async () => {
    const ana = await makeAccount('Ana')
    const guest = await makeGuest(host.personId, 'Ana')
    await recordConsent(ana.personId, host.personId, { live: 'trainer', keep: true, shareSummary: 'no' })
    await recordConsent(guest.personId, host.personId, { live: 'everyone', keep: false, shareSummary: 'curve' })
    await completeSignIn(proven(ana.email, guest.personId))
    expect(await findConsents(ana.personId, host.personId)).toEqual({ live: 'trainer', keep: false, shareSummary: 'no' })
    const other = await makeAccount('Bo')
    const first = await makeGuest(host.personId, 'Bo')
    await recordConsent(first.personId, host.personId, { live: 'everyone', keep: true, shareSummary: 'curve' })
    await completeSignIn(proven(other.email, first.personId))
    expect(await findConsents(other.personId, host.personId), 'an account that was never asked takes the guest’s word over').toEqual({
      live: 'everyone',
      keep: true,
      shareSummary: 'curve',
    })
  })

  it('does not shut a trainer out of their own class with a guest who was removed from it', async () => {
    const { classId } = await makeClass(host.personId)
    const { guest, seat } = await seatGuest(classId)
    await removeFromClass(classId, seat.participantId)
    await completeSignIn(proven(host.email, guest.personId))
    expect(await findSeat(classId, host.personId)).toMatchObject({ role: 'host', removed: false })
  })

  it('shuts the summary links that were mailed to the guest: the account opens what is its own, whoever holds the old mail does not', async () => {
    const { classId } = await makeClass(host.personId)
    const link = async (personId: string) => (await mintBearer({ personId, scope: 'summary', label: 'Link', classId })).token
    const [{ guest: becomes }, { guest: merges }] = [await seatGuest(classId), await seatGuest(classId)]
    const tokens = [await link(becomes.personId), await link(merges.personId)]
    const { personId } = await completeSignIn(proven('cleo@example.com', becomes.personId))
    const own = await link(personId)
    await completeSignIn(proven('cleo@example.com', merges.personId))
    for (const token of tokens) expect(await findBearerRow(token, 'summary')).toBeUndefined()
    expect(await findBearerRow(own, 'summary'), 'a link that the account asked for').toBeDefined()
  })

  it('leaves a guest’s browser nothing of the account, when the address that it named was somebody else’s', async () => {
    const { classId, seriesId } = await makeClass(host.personId)
    const browser = { endpoint: 'https://push.example.com/a', p256dh: 'p', auth: 'a' }
    const hold = async (personId: string, email: string) => {
      await db.pushSubscription.create({ data: { id: newId('psh'), personId, ...browser } })
      const follow = await db.seriesFollow.create({ data: { personId, seriesId, reminders: true, byEmail: true, email, emailConfirmedAt: new Date(), createdAt: new Date() } })
      const { stop } = await noticeLinks(follow)
      const { setCookie } = await admitDevice({ personId, classId, scope: 'screen', label: 'Bigger screen' })
      return { cookie: setCookie.split(';')[0] ?? '', token: stop.split('/').at(-2) ?? '' }
    }
    // The trainer of the class says yes to the mail of one guest, and a stranger, who is new here, to another’s.
    for (const victim of [host.email, 'cleo@example.com']) {
      const { guest } = await seatGuest(classId)
      const { cookie, token } = await hold(guest.personId, 'thief@example.com')
      const screen = () => request('GET', `/api/profile?classId=${classId}`, { cookie })
      expect(await participantOfClass.resolve(screen(), { classId }, undefined)).toMatchObject({ personId: guest.personId })
      const { personId } = await completeSignIn(proven(victim, guest.personId), request('POST', '/api/auth/callback/challenge', { cookie: await sessionCookieOf(host.personId) }))
      await expect(person.resolve(screen(), undefined, undefined), victim).rejects.toMatchObject({ code: 'sign_in_required' })
      await expect(hostOfClass.resolve(screen(), { classId }, undefined), victim).rejects.toMatchObject({ code: 'sign_in_required' })
      expect(await db.pushSubscription.count({ where: { personId } }), 'the thief’s browser is not told what the account hears').toBe(0)
      expect(await findNoticeHolder(token)).toBeUndefined()
      expect(outside.events.at(-1), 'and the rooms go on without the thief’s open socket').toMatchObject({ name: 'accounts/guest.claimed-elsewhere', data: { personId } })
    }
  })

  it('keeps a second screen and a browser that is woken, when it is the guest’s own browser that signs in', async () => {
    const { classId } = await makeClass(host.personId)
    const { guest } = await seatGuest(classId)
    await db.pushSubscription.create({ data: { id: newId('psh'), personId: guest.personId, endpoint: 'https://push.example.com/a', p256dh: 'p', auth: 'a' } })
    const { setCookie } = await admitDevice({ personId: guest.personId, classId, scope: 'screen', label: 'Phone for heart rate' })
    const ana = await makeAccount('Ana')
    await completeSignIn(proven(ana.email, guest.personId), request('POST', '/', { cookie: guestCookieOf(host.personId, guest.personId) }))
    expect(await participantOfClass.resolve(request('GET', '/', { cookie: setCookie.split(';')[0] ?? '' }), { classId }, undefined)).toMatchObject({ personId: ana.personId })
    expect(await db.pushSubscription.count({ where: { personId: ana.personId } })).toBe(1)
    expect(outside.events.filter(({ data }) => (data as { personId?: string }).personId === ana.personId)).toEqual([])
  })

  it('never takes over somebody who is an account, nor a guest who was claimed before', async () => {
    const { guest } = await seatGuest((await makeClass(host.personId)).classId)
    const first = await completeSignIn(proven('first@example.com', guest.personId))
    const second = await completeSignIn(proven('second@example.com', guest.personId))
    expect(second.personId).not.toBe(first.personId)
    const third = await completeSignIn(proven('third@example.com', host.personId))
    expect(third.personId).not.toBe(host.personId)
    expect(await findAccountById(host.personId)).toMatchObject({ email: host.email })
  })
})
