import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { DELETE } from '@/app/api/messages/[messageId]/route'
import { GET, POST } from '@/app/api/classes/[classId]/messages/route'
import { GET as GET_SERIES, POST as POST_SERIES } from '@/app/api/series/[seriesId]/messages/route'
import { mergeGuest } from '@/lib/accounts/merge-guest.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { guestCookieOf, makeAccount, makeClass, makeGuest, request, sessionCookieOf } from '@/tests/people'
import { closeRoom } from './end-class.server'
import { joinClass } from './join.server'
import { forgetOldMessages } from './message.server'
import { removeFromClass } from './participant.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

const DAY_MS = 86_400_000
type Who = { personId: string; name: string; cookie: string; participantId: string }
let mara: { personId: string; cookie: string }
let otto: { personId: string; cookie: string }
let place: { classId: string; seriesId: string }
let ana: Who
let bo: Who

async function sit(name: string): Promise<Who> {
  const guest = await makeGuest(mara.personId, name)
  const { seat } = await joinClass(place.classId, { kind: 'guest', ...guest }, { name, cameraReach: 'trainer' })
  return { ...guest, cookie: guestCookieOf(mara.personId, guest.personId), participantId: seat.participantId }
}
async function trainer(name: string) {
  const { personId } = await makeAccount(name)
  return { personId, cookie: await sessionCookieOf(personId) }
}
beforeEach(async () => {
  outside.published.length = 0
  outside.events.length = 0
  outside.broken = false
  mara = await trainer('Mara')
  otto = await trainer('Otto')
  place = await makeClass(mara.personId)
  ana = await sit('Ana')
  bo = await sit('Bo')
})

const at = <P>(params: P) => ({ params: Promise.resolve(params) })
const chatPath = () => `/api/classes/${place.classId}/messages`
const say = (cookie: string | undefined, text: string, messageId = newId('msg')) =>
  POST(request('POST', chatPath(), { cookie, body: { messageId, text } }), at(place))
const remove = (cookie: string | undefined, messageId: string) =>
  DELETE(request('DELETE', `/api/messages/${messageId}`, { cookie }), at({ messageId }))
const read = async (cookie: string | undefined) => {
  const response = await GET(request('GET', chatPath(), { cookie }), at(place))
  return { status: response.status, body: (await response.json()) as { messages: Array<Record<string, unknown>> } }
}
const post = (cookie: string | undefined, kind: string, text: string, messageId = newId('msg')) =>
  POST_SERIES(request('POST', `/api/series/${place.seriesId}/messages`, { cookie, body: { messageId, kind, text } }), at(place))
const thread = async (cookie: string | undefined, query = 'kind=thread') => {
  const response = await GET_SERIES(request('GET', `/api/series/${place.seriesId}/messages?${query}`, { cookie }), at(place))
  return { status: response.status, body: (await response.json()) as { messages: Array<Record<string, unknown>>; earlier: boolean } }
}

describe('the chat of a class', () => {
  it('is read by who is in it, oldest first, and told to every screen', async () => {
    expect((await say(ana.cookie, '  Hello\r\n\r\n\r\nall\u202e ')).status).toBe(200)
    expect((await say(mara.cookie, 'Welcome')).status).toBe(200)
    const { body } = await read(bo.cookie)
    expect(body.messages).toMatchObject([
      { name: 'Ana', role: 'member', text: 'Hello\n\nall', participantId: ana.participantId, deletedBy: null },
      { name: 'Mara', role: 'host', text: 'Welcome' },
    ])
    expect(JSON.stringify(body)).not.toContain(ana.personId)
    expect(outside.published.map(({ data }) => data)).toMatchObject([
      { type: 'message-posted', message: { name: 'Ana', text: 'Hello\n\nall', participantId: ana.participantId } },
      { type: 'message-posted', message: { name: 'Mara' } },
    ])
  })

  it('is closed to strangers, to another trainer and their guests, and to who was removed', async () => {
    const cy = await makeGuest(otto.personId, 'Cy')
    await removeFromClass(place.classId, bo.participantId)
    const callers = [undefined, guestCookieOf(otto.personId, cy.personId), otto.cookie, bo.cookie]
    for (const cookie of callers) {
      expect([401, 403]).toContain((await read(cookie)).status)
      expect([401, 403]).toContain((await say(cookie, 'Let me in')).status)
    }
    expect((await read(ana.cookie)).body.messages).toEqual([])
  })

  it('has a message once, however often it is sent, and under one id never another’s', async () => {
    const messageId = newId('msg')
    const first = await (await say(ana.cookie, 'Once', messageId)).json()
    expect(await (await say(ana.cookie, 'Once', messageId)).json()).toEqual(first)
    expect((await say(bo.cookie, 'Mine now', messageId)).status).toBe(409)
    expect((await read(bo.cookie)).body.messages).toHaveLength(1)
  })

  it('refuses what is empty, too long, or under an id of another form', async () => {
    expect((await say(ana.cookie, ' \n\u200b ')).status).toBe(400)
    expect((await say(ana.cookie, 'x'.repeat(501))).status).toBe(400)
    expect((await say(ana.cookie, 'x'.repeat(500))).status).toBe(200)
    expect((await say(ana.cookie, 'x', 'msg_1')).status).toBe(400)
  })

  it('shows the last 50, to a late comer too', async () => {
    const { classId, seriesId } = place
    const data = Array.from({ length: 60 }, (_, index) => ({
      id: newId('msg'),
      kind: 'chat' as const,
      classId,
      seriesId,
      personId: ana.personId,
      name: 'Ana',
      text: `${index}`,
      createdAt: new Date(Date.now() - 60_000 + index),
      expiresAt: new Date(Date.now() + DAY_MS),
    }))
    await db.message.createMany({ data })
    const late = await sit('Late')
    const { messages } = (await read(late.cookie)).body
    expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, index) => `${index + 10}`))
  })

  it('is over with the room', async () => {
    await closeRoom(place.classId)
    const response = await say(ana.cookie, 'Bye')
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([409, 'class_over'])
  })
})

describe('deleting', () => {
  it('is the author’s, also after being removed, and the trainer’s; nobody else’s', async () => {
    const [own, moderated] = [newId('msg'), newId('msg')]
    await say(ana.cookie, 'Mine', own)
    await say(ana.cookie, 'Rude', moderated)
    for (const cookie of [undefined, bo.cookie, otto.cookie]) expect([401, 403]).toContain((await remove(cookie, own)).status)
    await removeFromClass(place.classId, ana.participantId)
    outside.published.length = 0
    expect((await remove(ana.cookie, own)).status).toBe(204)
    expect((await remove(mara.cookie, moderated)).status).toBe(204)
    expect((await remove(mara.cookie, own)).status).toBe(204)
    expect((await read(bo.cookie)).body.messages).toMatchObject([
      { messageId: own, text: '', deletedBy: 'author' },
      { messageId: moderated, text: '', deletedBy: 'trainer' },
    ])
    expect(outside.published.slice(0, 2).map(({ data }) => data)).toEqual([
      { type: 'message-deleted', messageId: own, by: 'author' },
      { type: 'message-deleted', messageId: moderated, by: 'trainer' },
    ])
    expect(JSON.stringify(await db.message.findMany({ where: { classId: place.classId } }))).not.toMatch(/Mine|Rude/)
  })

  it('is not undone by sending again', async () => {
    const messageId = newId('msg')
    await say(ana.cookie, 'Gone', messageId)
    await remove(ana.cookie, messageId)
    expect(await (await say(ana.cookie, 'Gone', messageId)).json()).toMatchObject({ text: '', deletedBy: 'author' })
  })

  it('comes by itself: a chat after 30 days, a thread after a year', async () => {
    const [chat, word] = [newId('msg'), newId('msg')]
    await say(ana.cookie, 'Chat', chat)
    await post(ana.cookie, 'thread', 'Thread', word)
    const keptFor = async (id: string) => {
      const { createdAt, expiresAt } = await db.message.findUniqueOrThrow({ where: { id } })
      return (expiresAt.getTime() - createdAt.getTime()) / DAY_MS
    }
    expect([await keptFor(chat), await keptFor(word)]).toEqual([30, 365])
    await db.message.update({ where: { id: chat }, data: { expiresAt: new Date() } })
    expect((await read(bo.cookie)).body.messages).toEqual([])
    expect(await forgetOldMessages()).toBe(1)
    expect(await db.message.count({ where: { id: { in: [chat, word] } } })).toBe(1)
  })
})

describe('between classes', () => {
  it('announcements are the trainer’s, the thread is everybody’s; each is said to the jobs once', async () => {
    const [note, word] = [newId('msg'), newId('msg')]
    expect((await post(ana.cookie, 'announcement', 'Hear me')).status).toBe(403)
    expect((await post(mara.cookie, 'announcement', 'Bring a mat', note)).status).toBe(200)
    expect((await post(ana.cookie, 'thread', 'I will', word)).status).toBe(200)
    expect((await thread(bo.cookie)).body.messages).toMatchObject([{ name: 'Ana', text: 'I will', mine: false, kind: 'thread' }])
    expect((await thread(ana.cookie)).body.messages).toMatchObject([{ mine: true }])
    expect((await thread(bo.cookie, 'kind=announcement')).body.messages).toMatchObject([{ role: 'host', text: 'Bring a mat' }])
    expect(outside.events).toMatchObject([
      { name: 'classes/message.posted', data: { messageId: note }, id: `message-posted:${note}` },
      { name: 'classes/message.posted', data: { messageId: word }, id: `message-posted:${word}` },
    ])
    expect(outside.published).toEqual([])
  })

  it('a message that the jobs did not take is sent again, and stands once', async () => {
    const messageId = newId('msg')
    outside.broken = true
    expect((await post(ana.cookie, 'thread', 'Hello', messageId)).status).toBe(503)
    outside.broken = false
    expect((await post(ana.cookie, 'thread', 'Hello', messageId)).status).toBe(200)
    expect((await thread(bo.cookie)).body.messages).toHaveLength(1)
    expect(outside.events).toHaveLength(1)
  })

  it('belong those with a seat or a booking; not who left the series or was removed last', async () => {
    const booked = await makeGuest(mara.personId, 'Bea')
    const strange = await makeGuest(mara.personId, 'Sid')
    const { classId } = place
    await db.booking.create({ data: { id: newId('bkg'), classId, personId: booked.personId, name: 'Bea', status: 'waiting' } })
    await db.seriesFollow.create({ data: { personId: bo.personId, seriesId: place.seriesId, leftAt: new Date() } })
    const status = async (personId: string) => (await thread(guestCookieOf(mara.personId, personId))).status
    expect([await status(booked.personId), await status(strange.personId), await status(bo.personId)]).toEqual([200, 403, 403])
    await db.booking.updateMany({ where: { personId: booked.personId }, data: { status: 'cancelled' } })
    expect(await status(booked.personId)).toBe(403)
    await removeFromClass(place.classId, ana.participantId)
    expect(await status(ana.personId)).toBe(403)
    expect((await thread(otto.cookie)).status).toBe(403)
    expect((await thread(undefined)).status).toBe(401)
  })

  it('pages back, and says whether there is more', async () => {
    const data = Array.from({ length: 120 }, (_, index) => ({
      id: newId('msg'),
      kind: 'thread' as const,
      seriesId: place.seriesId,
      personId: ana.personId,
      name: 'Ana',
      text: `${index}`,
      // Three at a time in one millisecond.
      createdAt: new Date(Date.now() - 60_000 + Math.floor(index / 3)),
      expiresAt: new Date(Date.now() + DAY_MS),
    }))
    await db.message.createMany({ data })
    const seen: unknown[] = []
    const sizes: number[] = []
    let query = 'kind=thread'
    for (;;) {
      const { messages, earlier } = (await thread(bo.cookie, query)).body
      seen.push(...messages.map(({ messageId }) => messageId))
      sizes.push(messages.length)
      if (!earlier) break
      query = `kind=thread&before=${String(messages[0]?.messageId)}`
    }
    expect(sizes).toEqual([50, 50, 20])
    expect(new Set(seen).size).toBe(120)
  })

  it('go with a guest who turned out to be an account', async () => {
    const account = await makeAccount('Ana')
    await post(ana.cookie, 'thread', 'Still me')
    await db.$transaction((tx) => mergeGuest(tx, ana.personId, account.personId))
    expect((await thread(await sessionCookieOf(account.personId))).body.messages).toMatchObject([{ text: 'Still me', mine: true }])
  })
})
