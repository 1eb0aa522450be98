import { createECDH } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mergeGuest } from '@/lib/accounts/merge-guest.server'
import { type CaughtMail, startMailDoor } from '@/lib/local/mail-door.server'
import { keepPushSubscription, pushTo } from '@/lib/notifications/push-subscription.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { makeAccount, makeClass, makeGuest } from '@/tests/people'
import { startPushService } from '@/tests/push-service'
import type { FollowWish } from './follow'
import { changeFollow, confirmFollow, followSeries, getFollow, stopFollow } from './follow.server'
import { forgetAddresses } from './forget-addresses.server'
import { findNoticeHolder } from './notice-link.server'
import { sendReminders } from './remind.server'
import { tellCancelled, tellMessage, tellMoved, tellPromoted } from './tell-news.server'
import { mailThreadDigests } from './thread-digest.server'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const folder = mkdtempSync(join(tmpdir(), 'pulseroom-notices-'))
const mails: CaughtMail[] = []
let door: Awaited<ReturnType<typeof startMailDoor>>
let push: Awaited<ReturnType<typeof startPushService>>
const openDoor = async (port: number): Promise<void> => {
  door = await startMailDoor({ port, host: '127.0.0.1', folder, onMail: (mail) => mails.push(mail) })
}
beforeAll(async () => {
  const pair = createECDH('prime256v1')
  process.env.PUSH_VAPID_PUBLIC = pair.generateKeys('base64url')
  process.env.PUSH_VAPID_PRIVATE = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url')
  process.env.PUSH_VAPID_SUBJECT = 'mailto:hello@pulseroom.example'
  process.env.PUSH_PRIVATE_HOSTS = 'localhost'
  await openDoor(0)
  process.env.MAIL_URL = `smtp://127.0.0.1:${door.port}`
  push = await startPushService()
})
afterAll(async () => {
  await door.close()
  await push.close()
  rmSync(folder, { recursive: true })
})

let host: Awaited<ReturnType<typeof makeAccount>>
let seriesId: string
let classId: string
beforeEach(async () => {
  host = await makeAccount('Tess')
  ;({ seriesId, classId } = await makeClass(host.personId, { title: 'Thursday HIIT' }))
  mails.length = 0
})
// Of one test's classes the next must not be reminded.
afterEach(() => db.classSeries.deleteMany())

const NONE = { reminders: false, announcements: false, thread: false, byEmail: false, byPush: false }
const startsIn = async (ms: number): Promise<void> => {
  const startsAt = new Date(Date.now() + ms)
  await db.liveClass.update({ where: { id: classId }, data: { status: 'scheduled', startsAt, plannedEndAt: new Date(startsAt.getTime() + 45 * MINUTE) } })
}
/** Everything about a follow as if it had been said so long ago. */
const longAgo = (ms = 2 * DAY) => db.$executeRaw`
  update series_follows set "createdAt" = "createdAt" - ${ms} * interval '1 ms', "updatedAt" = "updatedAt" - ${ms} * interval '1 ms', "emailConfirmedAt" = "emailConfirmedAt" - ${ms} * interval '1 ms'`
async function follower(name: string, wish: Partial<FollowWish>): Promise<{ personId: string; email: string }> {
  const account = await makeAccount(name)
  await changeFollow(seriesId, account.personId, { ...NONE, ...wish })
  return account
}
async function guestWith(email: string, wish: Partial<FollowWish> = {}): Promise<string> {
  const { personId } = await followSeries({ seriesId, hostId: host.personId }, undefined, { ...NONE, reminders: true, byEmail: true, email, ...wish }, '203.0.113.1')
  return personId
}
const to = (email: string): CaughtMail[] => mails.filter((mail) => mail.to === email)
const textOf = (mail: CaughtMail | undefined): string => (mail ? readFileSync(mail.file, 'utf8').replace(/=\r?\n/g, '').replaceAll('=3D', '=') : '')
const tokenOf = (mail: CaughtMail | undefined): string => /\/notices\/([\w-]{43})/.exec(textOf(mail))?.[1] ?? ''
const book = (personId: string, change: object = {}) => db.booking.create({ data: { id: newId('bkg'), classId, personId, name: 'Ana', status: 'booked', ...change } })

describe('a guest’s address', () => {
  it('is asked first, gets nothing else until it says yes, and is forgotten after a week of silence', async () => {
    const personId = await guestWith('ana@home.example')
    await longAgo(3 * HOUR)
    await startsIn(40 * MINUTE)
    await sendReminders()
    expect(to('ana@home.example').map(({ subject }) => subject)).toEqual(['Shall we remind you of Thursday HIIT?'])
    expect(await getFollow(seriesId, personId)).toMatchObject({ byEmail: true, address: 'asked' })

    await longAgo(8 * DAY)
    expect(await forgetAddresses()).toBe(1)
    expect(await db.person.count({ where: { id: personId } })).toBe(0)
    expect(await findNoticeHolder(tokenOf(mails[0]))).toBeUndefined()
  })

  it('once confirmed is reminded, with one-click unsubscribe, and stops by it', async () => {
    await guestWith('bo@home.example')
    const holder = await findNoticeHolder(tokenOf(mails[0]))
    if (!holder) throw new Error('the link opens nothing')
    await confirmFollow(holder.personId, holder.seriesId)
    await startsIn(40 * MINUTE)
    await sendReminders()
    const [, reminder] = to('bo@home.example')
    expect(reminder?.subject).toBe('Thursday HIIT starts in 40 minutes')
    const raw = textOf(reminder)
    expect(raw).toMatch(new RegExp(`List-Unsubscribe:\\s+<http://localhost:3000/api/notices/${tokenOf(reminder)}/stop>`))
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(raw).toContain('calendar.ics')

    await stopFollow(holder.personId, holder.seriesId)
    await db.liveClass.update({ where: { id: classId }, data: { status: 'cancelled' } })
    await tellCancelled(classId)
    expect(to('bo@home.example')).toHaveLength(2)
  })

  it('that changes is asked anew, and the mails to the old one open nothing', async () => {
    const personId = await guestWith('old@home.example')
    const old = tokenOf(mails[0])
    await confirmFollow(personId, seriesId)
    await changeFollow(seriesId, personId, { ...NONE, reminders: true, byEmail: true, email: 'new@home.example' })
    expect(await getFollow(seriesId, personId)).toMatchObject({ email: 'new@home.example', address: 'asked' })
    expect(await findNoticeHolder(old)).toBeUndefined()
    expect(await findNoticeHolder(tokenOf(to('new@home.example')[0]))).toEqual({ personId, seriesId })
  })

  it('must be there before mail can be asked for; an account has its own and none is taken from it', async () => {
    const guest = await makeGuest(host.personId, 'Cy')
    await expect(changeFollow(seriesId, guest.personId, { ...NONE, byEmail: true })).rejects.toMatchObject({ fields: { email: expect.any(String) } })
    const ana = await follower('Ana', { byEmail: true, email: 'victim@home.example' })
    expect(await getFollow(seriesId, ana.personId)).toMatchObject({ email: ana.email, address: 'own' })
    expect(mails).toEqual([])
  })
})

describe('reminders', () => {
  it('go once, whatever two jobs do at the same time, and again only for another time', async () => {
    const ana = await follower('Ana', { reminders: true, byEmail: true })
    await longAgo()
    await startsIn(20 * HOUR)
    await Promise.all([sendReminders(), sendReminders(), sendReminders()])
    await sendReminders()
    expect(to(ana.email).map(({ subject }) => subject)).toEqual(['Thursday HIIT starts in a day'])
    await startsIn(22 * HOUR)
    await sendReminders()
    expect(to(ana.email)).toHaveLength(2)
    await startsIn(50 * MINUTE)
    await Promise.all([sendReminders(), sendReminders()])
    expect(to(ana.email)).toHaveLength(3)
  })

  it('are tried again when the mail server was away, and not after the start', async () => {
    const ana = await follower('Ana', { reminders: true, byEmail: true })
    await startsIn(10 * MINUTE)
    const { port } = door
    await door.close()
    expect(await sendReminders()).toEqual({ sent: 0, failed: 1 })
    await openDoor(port)
    expect(await sendReminders()).toEqual({ sent: 1, failed: 0 })
    expect(to(ana.email)).toHaveLength(1)
    const late = await follower('Late', { reminders: true, byEmail: true })
    await startsIn(-MINUTE)
    await sendReminders()
    expect(to(late.email)).toEqual([])
  })

  it('go to those who booked with an account, and not to who left, who stopped, who asked nothing, or of a cancelled class', async () => {
    const [booked, left, quiet] = [await makeAccount('Booked'), await follower('Left', { reminders: true, byEmail: true }), await follower('Quiet', { byEmail: true })]
    await book(booked.personId)
    const stopped = await makeAccount('Stopped')
    await book(stopped.personId)
    await changeFollow(seriesId, stopped.personId, NONE)
    await db.seriesFollow.updateMany({ where: { personId: left.personId }, data: { leftAt: new Date() } })
    await startsIn(30 * MINUTE)
    await sendReminders()
    expect(mails.map((mail) => mail.to)).toEqual([booked.email])
    // One more who booked, of a class that is off.
    await book((await makeAccount('Other')).personId)
    await db.liveClass.update({ where: { id: classId }, data: { status: 'cancelled' } })
    await sendReminders()
    expect(mails).toHaveLength(1)
    expect(quiet.email).not.toBe('')
  })

  it('a day before go only to who asked before that; later the hour’s is enough', async () => {
    await follower('Ana', { reminders: true, byEmail: true })
    await startsIn(5 * HOUR)
    await sendReminders()
    expect(mails).toEqual([])
  })

  it('wake the browser, where there is one, instead of a second mail; and fall back to the mail when the browser is gone', async () => {
    const ana = await follower('Ana', { reminders: true, byEmail: true, byPush: true })
    const browser = push.browser()
    await keepPushSubscription(ana.personId, browser.subscription)
    await startsIn(55 * MINUTE)
    await Promise.all([sendReminders(), sendReminders()])
    expect(browser.received().map(({ message }) => message)).toEqual([
      expect.objectContaining({ title: 'Thursday HIIT starts in 55 minutes', path: expect.stringMatching(/^\/c\//), tag: `class:${classId}` }),
    ])
    expect(mails).toEqual([])
    browser.leave()
    await startsIn(50 * MINUTE)
    await sendReminders()
    expect(to(ana.email)).toHaveLength(1)
    expect(await db.pushSubscription.count({ where: { personId: ana.personId } })).toBe(0)
  })
})

describe('a browser that asks and then', () => {
  it('never says where it can be woken is forgotten after a week, with the guest that it made; one that said so is not', async () => {
    const asks = () => followSeries({ seriesId, hostId: host.personId }, undefined, { ...NONE, reminders: true, byPush: true }, '203.0.113.1')
    const [silent, heard] = [await asks(), await asks()]
    await keepPushSubscription(heard.personId, push.browser().subscription)
    await longAgo(8 * DAY)
    await forgetAddresses()
    expect(await db.person.findMany({ where: { id: { in: [silent.personId, heard.personId] } }, select: { id: true } })).toEqual([{ id: heard.personId }])
  })

  it('names a service that answers without end holds nobody up', async () => {
    const endless = createServer((_, response) => void response.writeHead(201).write('x'))
    await new Promise<void>((resolve) => endless.listen(0, 'localhost', resolve))
    const { keys } = push.browser().subscription
    const endpoint = `http://localhost:${(endless.address() as AddressInfo).port}/push/1`
    await keepPushSubscription(host.personId, { endpoint, keys })
    expect(await pushTo(host.personId, { title: 'a', body: 'b', path: '/', tag: 'c' }, { ttlSeconds: 60, urgency: 'normal' })).toBe('sent')
    endless.closeAllConnections()
    endless.close()
  })
})

describe('news', () => {
  it('of a cancelled class reaches who booked, who waits and who follows, once, with the trainer’s words', async () => {
    const [booked, waiting, follows] = [await makeAccount('Booked'), await makeAccount('Waiting'), await follower('Follows', { announcements: true, byEmail: true })]
    await book(booked.personId)
    await book(waiting.personId, { status: 'waiting' })
    await follower('Thread', { thread: true, byEmail: true })
    await startsIn(3 * DAY)
    await tellCancelled(classId)
    expect(mails).toEqual([])
    await db.liveClass.update({ where: { id: classId }, data: { status: 'cancelled', cancelNote: 'I have a cold.' } })
    await Promise.all([tellCancelled(classId), tellCancelled(classId)])
    await tellCancelled(classId)
    expect(mails.map((mail) => mail.to).sort()).toEqual([booked.email, follows.email, waiting.email].sort())
    expect(textOf(mails[0])).toContain('I have a cold.')
  })

  it('of a new time is told once for each time', async () => {
    const ana = await follower('Ana', { reminders: true, byEmail: true })
    await startsIn(3 * DAY)
    await tellMoved(classId)
    await tellMoved(classId)
    await startsIn(4 * DAY)
    await tellMoved(classId)
    expect(to(ana.email)).toHaveLength(2)
    // Off, on, off and on again: four more, whatever the time.
    for (const cancelledAt of [new Date(1_000), new Date(2_000)]) {
      await db.liveClass.update({ where: { id: classId }, data: { status: 'cancelled', cancelledAt } })
      await tellCancelled(classId)
      await db.liveClass.update({ where: { id: classId }, data: { status: 'scheduled', cancelledAt: null } })
      await tellMoved(classId)
      await tellMoved(classId)
    }
    expect(to(ana.email).map(({ subject }) => subject.replace('Thursday HIIT ', ''))).toEqual([
      ...['has a new time', 'has a new time'],
      ...['is cancelled', 'takes place after all', 'is cancelled', 'takes place after all'],
    ])
  })

  it('of a place reaches the one who has it, who only booked, and nobody after they gave it back', async () => {
    const [ana, bo] = [await makeAccount('Ana'), await makeAccount('Bo')]
    await startsIn(2 * HOUR)
    const { id } = await book(ana.personId, { promotedAt: new Date(), heldUntil: new Date(Date.now() + 5 * MINUTE) })
    await book(bo.personId)
    await tellPromoted(id)
    await tellPromoted(id)
    expect(mails.map(({ to: address, subject }) => [address, subject])).toEqual([[ana.email, 'You have a place in Thursday HIIT']])
    expect(textOf(mails[0])).toContain('kept for 5 minutes')
    await db.booking.update({ where: { id }, data: { status: 'cancelled', promotedAt: new Date(Date.now() + 1) } })
    await tellPromoted(id)
    expect(mails).toHaveLength(1)
  })

  const say = async (kind: 'announcement' | 'thread', personId: string, name: string, text: string, agoMs = 0): Promise<string> => {
    const at = Date.now() - agoMs
    const { id } = await db.message.create({ data: { id: newId('msg'), kind, seriesId, personId, name, text, createdAt: new Date(at), expiresAt: new Date(at + 30 * DAY) } })
    return id
  }

  it('announced goes to those who hear announcements, not to its author, and not once it is deleted', async () => {
    const ana = await follower('Ana', { announcements: true, byEmail: true })
    await changeFollow(seriesId, host.personId, { ...NONE, announcements: true, thread: true, byEmail: true })
    await follower('Thread', { thread: true, byEmail: true })
    await tellMessage(await say('announcement', host.personId, 'Tess', 'Bring a band.'))
    expect(mails.map(({ to: address }) => address)).toEqual([ana.email])
    expect(textOf(mails[0])).toContain('Bring a band.')
    const deleted = await say('announcement', host.personId, 'Tess', '')
    await db.message.update({ where: { id: deleted }, data: { deletedAt: new Date() } })
    await tellMessage(deleted)
    expect(mails).toHaveLength(1)
  })

  it('in the thread wakes browsers at once and comes as one mail an hour, without its words and never to who said it', async () => {
    const [ana, bo] = [await follower('Ana', { thread: true, byEmail: true, byPush: true }), await follower('Bo', { thread: true, byEmail: true })]
    for (const { personId } of [ana, bo]) await book(personId, { askedAt: new Date(Date.now() - 3 * DAY) })
    const stranger = await follower('Stranger', { thread: true, byEmail: true })
    await longAgo(3 * DAY)
    const browser = push.browser()
    await keepPushSubscription(ana.personId, browser.subscription)
    await tellMessage(await say('thread', bo.personId, 'Bo', 'My heart rate was 181.'))
    expect(browser.received()).toHaveLength(1)
    expect(JSON.stringify(browser.received()[0]?.message)).not.toContain('181')
    expect(mails).toEqual([])

    await mailThreadDigests()
    expect(mails).toEqual([])
    await say('thread', bo.personId, 'Bo', 'My heart rate was 181.', 5 * MINUTE)
    await say('thread', host.personId, 'Tess', 'Well done.', 4 * MINUTE)
    await Promise.all([mailThreadDigests(), mailThreadDigests()])
    await mailThreadDigests()
    expect(to(ana.email).map(({ subject }) => subject)).toEqual(['Bo and Tess wrote in Thursday HIIT'])
    expect(to(bo.email).map(({ subject }) => subject)).toEqual(['Tess wrote in Thursday HIIT'])
    expect(textOf(to(ana.email)[0])).not.toMatch(/\b181\b/)

    await say('thread', host.personId, 'Tess', 'And again.', 3 * MINUTE)
    await mailThreadDigests()
    expect(to(ana.email)).toHaveLength(1)
    // An hour later the last words, and only these, have not been told.
    await db.$executeRaw`update sent_notices set "sentAt" = "sentAt" - interval '61 minutes', about = about || 'x' where about like 'thread:%'`
    await db.$executeRaw`update messages set "createdAt" = "createdAt" - interval '70 minutes' where text <> 'And again.'`
    await mailThreadDigests()
    expect(to(bo.email).map(({ subject }) => subject)).toEqual(['Tess wrote in Thursday HIIT', 'Tess wrote in Thursday HIIT'])
    expect(textOf(to(ana.email)[1])).toContain('There is a message')
    expect(to(stranger.email)).toEqual([])
  })
})

describe('what goes with a guest who signs in', () => {
  it('is what they asked of other series, their browsers, and what they were told; the account’s own word stands', async () => {
    const ana = await makeAccount('Ana')
    const guestId = await guestWith('ana@home.example', { announcements: true })
    await confirmFollow(guestId, seriesId)
    const other = await makeClass(host.personId, { title: 'Yoga' })
    await changeFollow(other.seriesId, guestId, { ...NONE, thread: true, byPush: true })
    await changeFollow(seriesId, ana.personId, { ...NONE, reminders: true, byEmail: true })
    const browser = push.browser()
    await keepPushSubscription(guestId, browser.subscription)
    await keepPushSubscription(ana.personId, browser.subscription)
    const told = { about: 'class:x:hour', channel: 'email' }
    await db.sentNotice.createMany({ data: [{ ...told, personId: guestId }, { ...told, personId: ana.personId }, { ...told, about: 'class:y:hour', personId: guestId }] })
    await db.$transaction((tx) => mergeGuest(tx, guestId, ana.personId))
    expect(await getFollow(seriesId, ana.personId)).toMatchObject({ reminders: true, announcements: false, email: ana.email })
    expect(await getFollow(other.seriesId, ana.personId)).toMatchObject({ thread: true, byPush: true })
    expect(await db.pushSubscription.count({ where: { personId: ana.personId } })).toBe(1)
    expect(await db.sentNotice.count({ where: { personId: ana.personId } })).toBe(2)
    expect(await db.seriesFollow.count({ where: { personId: guestId } })).toBe(0)
  })
})
