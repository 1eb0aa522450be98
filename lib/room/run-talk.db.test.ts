import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as CHAT } from '@/app/api/classes/[classId]/messages/route'
import { POST as REACT } from '@/app/api/classes/[classId]/reactions/route'
import { leaveClass, type Seat } from '@/lib/classes/participant.server'
import { joinClass } from '@/lib/classes/join.server'
import { type RedisDoor, startRedisDoor } from '@/lib/local/redis.server'
import { newId } from '@/lib/platform/id'
import { guestCookieOf, makeAccount, makeClass, makeGuest, request } from '@/tests/people'
import { removeFromRoom } from './run-room.server'
import { lowerHand, raiseHand } from './run-talk.server'
import { readSnapshot } from './snapshot.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let door: RedisDoor
let hostId: string
let classId: string
type Member = Seat & { hostId: string; cookie: string }
let ana: Member
let bo: Member

async function sit(name: string): Promise<Member> {
  const guest = await makeGuest(hostId, name)
  const { seat } = await joinClass(classId, { kind: 'guest', ...guest }, { name, cameraReach: 'trainer' })
  return { ...seat, hostId, cookie: guestCookieOf(hostId, guest.personId) }
}
beforeAll(async () => {
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  process.env.UPSTASH_REDIS_REST_URL = `http://127.0.0.1:${door.port}`
})
afterAll(async () => {
  await door.close()
  await outside.close()
})
beforeEach(async () => {
  hostId = (await makeAccount('Mara')).personId
  classId = (await makeClass(hostId)).classId
  ana = await sit('Ana')
  bo = await sit('Bo')
  outside.published.length = 0
})

const at = () => ({ params: Promise.resolve({ classId }) })
const react = async ({ cookie }: Member, reactions: ReadonlyArray<{ reaction: string; to: string | null }>) =>
  (await REACT(request('POST', `/api/classes/${classId}/reactions`, { cookie, body: { reactions } }), at())).status
const say = async ({ cookie }: Member, text: string) =>
  (await CHAT(request('POST', `/api/classes/${classId}/messages`, { cookie, body: { messageId: newId('msg'), text } }), at())).status
const news = () => outside.published.filter(({ name }) => name === 'room-event').map(({ data }) => data)
const cheer = { reaction: 'cheer', to: null }

/** The whole of a rate window in one instant. */
async function atOnce(run: () => Promise<void>): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T18:00:00Z') })
  await run().finally(() => vi.useRealTimers())
}

describe('reactions', () => {
  it('of one second are one event, whoever they are for', async () => {
    expect(await react(ana, [cheer, { reaction: 'high-five', to: bo.participantId }])).toBe(204)
    expect(news()).toEqual([
      {
        type: 'reacted',
        participantId: ana.participantId,
        name: 'Ana',
        reactions: [cheer, { reaction: 'high-five', to: bo.participantId }],
      },
    ])
  })

  it('reach nobody who is not here, nor oneself; and only a high-five is for one person', async () => {
    const fiveTo = (to: string) => react(ana, [{ reaction: 'high-five', to }])
    expect([await fiveTo('par_nobody'), await fiveTo(ana.participantId)]).toEqual([404, 404])
    await removeFromRoom(classId, bo.participantId)
    expect(await fiveTo(bo.participantId)).toBe(404)
    expect(await react(ana, [{ reaction: 'heart', to: bo.participantId }])).toBe(400)
    expect(await react(ana, [cheer, cheer, cheer, cheer])).toBe(400)
    expect(await react(ana, [{ reaction: 'wave', to: null }])).toBe(400)
    expect(news()).toMatchObject([{ type: 'participant-removed', participantId: bo.participantId }])
  })

  it('are counted one by one: three in five seconds, as the screens count', () =>
    atOnce(async () => {
      expect(await react(ana, [cheer, cheer, cheer])).toBe(204)
      expect(await react(ana, [cheer, cheer, cheer])).toBe(204)
      expect(await react(ana, [cheer])).toBe(429)
      expect(await react(bo, [cheer])).toBe(204)
    }))
})

it('a chat takes ten messages in ten seconds from one person, and the next person’s too', () =>
  atOnce(async () => {
    for (let index = 0; index < 10; index++) expect(await say(ana, `${index}`)).toBe(200)
    expect(await say(ana, 'eleven')).toBe(429)
    expect(await say(bo, 'one')).toBe(200)
  }))

describe('a raised hand', () => {
  const hands = async () => (await readSnapshot(classId)).participants.filter((one) => one.handRaisedAt !== null).map(({ name }) => name)

  it('keeps its place in the line, is told once, and is lowered by either', async () => {
    await raiseHand(ana, true)
    const [first] = (await readSnapshot(classId)).participants.filter(({ name }) => name === 'Ana')
    await raiseHand(ana, true)
    await raiseHand(bo, true)
    expect(await hands()).toEqual(['Ana', 'Bo'])
    expect((await readSnapshot(classId)).participants.find(({ name }) => name === 'Ana')?.handRaisedAt).toBe(first?.handRaisedAt)
    await lowerHand(classId, ana.participantId)
    await raiseHand(bo, false)
    await lowerHand(classId, bo.participantId)
    expect(await hands()).toEqual([])
    expect(news()).toMatchObject([
      { type: 'participant-changed', participant: { name: 'Ana', handRaisedAt: expect.any(Number) } },
      { type: 'participant-changed', participant: { name: 'Bo', handRaisedAt: expect.any(Number) } },
      { type: 'participant-changed', participant: { name: 'Ana', handRaisedAt: null } },
      { type: 'participant-changed', participant: { name: 'Bo', handRaisedAt: null } },
    ])
  })

  it('goes down with who leaves or is removed; another class’s is out of reach', async () => {
    await raiseHand(ana, true)
    await raiseHand(bo, true)
    await leaveClass(ana, 'scr_1')
    expect(await hands()).toEqual(['Bo'])
    const elsewhere = await makeClass(hostId)
    await expect(lowerHand(elsewhere.classId, bo.participantId)).rejects.toMatchObject({ code: 'not_found' })
    await removeFromRoom(classId, bo.participantId)
    expect(await hands()).toEqual([])
  })
})
