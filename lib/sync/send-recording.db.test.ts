import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET, POST } from '@/app/api/activities/[activityId]/sendings/route'
import { saveOwnerOnlyActivity } from '@/lib/activities/owner-only-activity.server'
import { saveActivity } from '@/lib/activities/save-activity.server'
import { readFit } from '@/lib/formats/fit'
import { startRedisDoor } from '@/lib/local/redis.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { redis } from '@/lib/platform/redis.server'
import { makeAccount, request, sessionCookieOf } from '@/tests/people'
import { startStrava } from '@/tests/providers/strava'
import { pulse } from '@/tests/recordings'
import { beginConnecting, finishConnecting } from './connect.server'
import { disconnect } from './end-connection.server'
import type { Purpose } from './provider'
import { askToSend, carrySending, listSendTargets } from './send-recording.server'
import { remindOfSendings, tendSubscriptions } from './tend.server'

const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let world: Awaited<ReturnType<typeof startStrava>>
let door: Awaited<ReturnType<typeof startRedisDoor>>
beforeAll(async () => {
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  world = await startStrava({ limits: { calls: [5_000, 50_000], reads: [5_000, 50_000] } })
  Object.assign(process.env, world.settings, { UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${door.port}` })
  await tendSubscriptions()
})
afterAll(async () => {
  await world.emulator.close()
  await door.close()
  await outside.close()
})

const DAY_MS = 86_400_000
const HAND_OVER = /^POST \/api\/v3\/uploads/
const startedAt = Date.UTC(2026, 10, 20, 17)
const beats = Array.from({ length: 600 }, (_, second) => 100 + (second % 60))

let ana: { personId: string; userId: string; connectionId: string; activityId: string }
const connect = async (personId: string, userId: string, purposes: Purpose[] = ['upload']): Promise<string> => {
  const { url } = await beginConnecting(personId, { provider: 'strava', purposes })
  expect(await finishConnecting(personId, 'strava', world.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
  return (await db.connection.findFirstOrThrow({ where: { personId } })).id
}
const recordClass = async (personId: string): Promise<string> => {
  const recording = pulse(startedAt, beats, { rr: [{ second: 3, intervals: [512, 520, 508] }] })
  return (await saveActivity({ personId, source: 'class_recording', externalId: newId('cls'), title: 'Monday flow', recording })).activityId
}
beforeEach(async () => {
  const { personId } = await makeAccount('Ana')
  const userId = world.person()
  ana = { personId, userId, connectionId: await connect(personId, userId), activityId: await recordClass(personId) }
})

const target = async () => (await listSendTargets(ana.personId, ana.activityId))[0]
const sending = async () => (await target())?.sending
const ask = async (): Promise<string> => {
  await askToSend(ana.personId, ana.activityId, 'strava')
  return (await db.sending.findFirstOrThrow({ where: { activityId: ana.activityId } })).id
}
/** The job's turns; what it would wait for is over at once. */
async function carry(id: string, turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn++) if ((await carrySending(id)).outcome === 'done') return
}
const handedOver = () => world.emulator.calls.filter(({ method, path }) => HAND_OVER.test(`${method} ${path}`)).length
const uploaded = () => world.uploads.filter(({ userId }) => userId === ana.userId)

describe('a record of a class on its way to Strava', () => {
  it('is there once, whole, with its address, however often it is asked for and the job is repeated', async () => {
    expect(await target()).toMatchObject({ provider: 'strava', access: 'ready', sending: null })
    const before = handedOver()
    const id = await ask()
    expect(outside.events).toContainEqual(expect.objectContaining({ name: 'sync/sending.asked', data: { sendingId: id } }))
    expect(await sending()).toMatchObject({ state: 'sending', url: null })
    const first = await carrySending(id)
    expect(first.outcome === 'later' && first.at - Date.now()).toBeLessThan(5_000)
    await ask()
    await carry(id)
    expect(await sending()).toMatchObject({ state: 'sent', url: expect.stringMatching(/^https:\/\/www\.strava\.com\/activities\/\d+$/), endedAt: expect.any(Number) })
    await ask()
    await carry(id)
    expect(handedOver() - before).toBe(1)
    const [file] = uploaded()
    expect(file?.externalId).toMatch(/^pulseroom-act_/)
    const back = readFit(new Uint8Array(file?.file ?? []))
    if (back.outcome !== 'read') throw new Error('no FIT')
    expect(back.recording.streams.bpm).toEqual(beats)
    expect(back.recording.rr.flatMap(({ intervals }) => intervals)).toEqual([512, 520, 508])
  })

  it('is handed over by one job though several begin at once', async () => {
    const id = await ask()
    const before = handedOver()
    const turns = await Promise.all(Array.from({ length: 4 }, () => carrySending(id)))
    expect(turns.map(({ outcome }) => outcome)).toEqual(['later', 'later', 'later', 'later'])
    expect(handedOver() - before).toBe(1)
  })

  it('whose answer was lost is one activity there, and says where', async () => {
    const id = await ask()
    world.emulator.fault({ path: HAND_OVER, loseAnswer: true })
    expect(await carrySending(id)).toMatchObject({ outcome: 'later' })
    expect(await sending()).toMatchObject({ state: 'sending', problem: 'away', retryAt: expect.any(Number) })
    await carry(id)
    expect(uploaded()).toHaveLength(1)
    expect(await sending()).toMatchObject({ state: 'duplicate', url: expect.stringContaining('/activities/'), problem: null, retryAt: null })
  })

  it('that a dead job held goes on when its time is over, and not before', async () => {
    const id = await ask()
    const heldUntil = new Date(Date.now() + 50_000)
    await db.sending.update({ where: { id }, data: { heldUntil } })
    const before = handedOver()
    expect(await carrySending(id)).toEqual({ outcome: 'later', at: heldUntil.getTime() })
    expect(handedOver()).toBe(before)
    await db.sending.update({ where: { id }, data: { heldUntil: new Date(Date.now() - 1) } })
    await carry(id)
    expect(await sending()).toMatchObject({ state: 'sent' })
  })

  it('is followed to its end, and said for good, though its samples were not kept any longer', async () => {
    const id = await ask()
    await carrySending(id)
    await db.activity.update({ where: { id: ana.activityId }, data: { recording: null } })
    await carry(id)
    expect(await sending()).toMatchObject({ state: 'sent', url: expect.stringContaining('/activities/') })
    await expect(askToSend(ana.personId, ana.activityId, 'strava')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('that was refused says why it cannot be sent again when its samples are gone; one never sent is not offered', async () => {
    const id = await ask()
    world.emulator.fault({ path: HAND_OVER, answer: { status: 403 } })
    await carry(id)
    await db.activity.update({ where: { id: ana.activityId }, data: { recording: null } })
    expect(await sending()).toMatchObject({ state: 'refused', problem: 'no_samples' })
    const other = await recordClass(ana.personId)
    await db.activity.update({ where: { id: other }, data: { recording: null } })
    expect(await listSendTargets(ana.personId, other)).toEqual([])
  })

  it('is left to its job while that sleeps, however slow the provider is', async () => {
    const id = await ask()
    await db.sending.update({ where: { id }, data: { askedAt: new Date(Date.now() - 5 * 3_600_000) } })
    expect(await carrySending(id)).toMatchObject({ outcome: 'later' })
    const asked = () => outside.events.filter(({ data }) => (data as { sendingId?: string }).sendingId === id).length
    const before = asked()
    await remindOfSendings()
    expect(asked()).toBe(before)
  })

  it('is brought by the hourly sweep where the runner was away', async () => {
    outside.broken = true
    const id = await ask()
    outside.broken = false
    const asked = () => outside.events.filter(({ data }) => (data as { sendingId?: string }).sendingId === id).length
    expect(asked()).toBe(0)
    await remindOfSendings()
    expect(asked(), 'a job may still be at it').toBe(0)
    await db.sending.update({ where: { id }, data: { askedAt: new Date(Date.now() - 3_600_000) } })
    await remindOfSendings()
    expect(asked()).toBe(1)
  })
})

describe('what Strava answers instead', () => {
  it('401: the token is renewed, and the record is there once', async () => {
    const id = await ask()
    world.expireTokens(ana.userId)
    await carry(id)
    expect(await sending()).toMatchObject({ state: 'sent' })
    expect(uploaded()).toHaveLength(1)
  })

  it('429 with Retry-After: it waits for as long, says until when, and asks nothing meanwhile', async () => {
    const id = await ask()
    world.emulator.fault({ path: HAND_OVER, answer: { status: 429, headers: { 'retry-after': '600' } } })
    const progress = await carrySending(id)
    const at = progress.outcome === 'later' ? progress.at : 0
    expect(at - Date.now()).toBeGreaterThan(590_000)
    expect(await sending()).toMatchObject({ state: 'sending', problem: 'limited', retryAt: at })
    // The app's own count says that this quarter of an hour is spent: whoever comes back too soon calls nobody.
    const calls = world.emulator.calls.length
    await carrySending(id)
    expect(world.emulator.calls.length).toBe(calls)
    // As when the next quarter of an hour begins.
    await redis().del(`budget:strava:calls:900:${Math.floor(Date.now() / 900_000)}`)
    await carry(id)
    expect(await sending()).toMatchObject({ state: 'sent', problem: null, retryAt: null })
  })

  it('ended there: says to connect again, tries no further by itself, and sends when that is done', async () => {
    const id = await ask()
    world.revokeThere(ana.userId)
    expect(await carrySending(id)).toEqual({ outcome: 'done' })
    expect(await target()).toMatchObject({ access: 'reconnect', purposes: ['upload'], sending: { state: 'refused', problem: 'reconnect' } })
    await expect(askToSend(ana.personId, ana.activityId, 'strava')).rejects.toMatchObject({ code: 'not_found' })
    await connect(ana.personId, ana.userId)
    await carry(await ask())
    expect(await sending()).toMatchObject({ state: 'sent', problem: null })
  })

  it('a file that it cannot use, words that we do not know, and nothing for a day: refused, each with its reason, and may be tried again', async () => {
    const answers = [
      [{ status: 201, json: { id_str: '1', error: 'The file is malformed.', activity_id: null } }, 'unreadable'],
      [{ status: 200, body: '<html>' }, 'unclear'],
      [{ status: 403 }, 'not_allowed'],
    ] as const
    for (const [answer, problem] of answers) {
      const id = await ask()
      world.emulator.fault({ path: HAND_OVER, answer })
      await carry(id)
      expect(await sending()).toMatchObject({ state: 'refused', problem, url: null })
    }
    const id = await ask()
    await db.sending.update({ where: { id }, data: { askedAt: new Date(Date.now() - DAY_MS - 60_000) } })
    world.emulator.fault({ path: HAND_OVER, answer: { status: 503 } })
    expect(await carrySending(id)).toEqual({ outcome: 'done' })
    expect(await sending()).toMatchObject({ state: 'refused', problem: 'away' })
    await carry(await ask())
    expect(await sending()).toMatchObject({ state: 'sent' })
  })
})

describe('what is never offered', () => {
  it('anything but one’s own record of a class: not what came from Strava, Polar or a file, not another’s', async () => {
    const { personId, connectionId } = ana
    const of = { personId, externalId: 'x', title: null, recording: pulse(startedAt + DAY_MS, beats) }
    const others = [
      (await saveActivity({ ...of, source: 'polar' })).activityId,
      (await saveActivity({ ...of, source: 'file' })).activityId,
      await saveOwnerOnlyActivity({ ...of, connectionId, source: 'strava', fetchedAt: Date.now(), keepUntil: Date.now() + DAY_MS }).then(async () => (await db.ownerOnlyActivity.findFirstOrThrow({ where: { personId } })).id),
      await recordClass((await makeAccount('Eve')).personId),
      newId('act'),
    ]
    for (const id of others) {
      expect(await listSendTargets(personId, id)).toEqual([])
      await expect(askToSend(personId, id, 'strava')).rejects.toMatchObject({ code: 'conflict' })
    }
    await expect(askToSend(personId, ana.activityId, 'garmin')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('a connection that was made for bringing only: asks for both', async () => {
    await disconnect(ana.personId, ana.connectionId, true)
    expect(await target()).toMatchObject({ access: 'not_connected', purposes: ['upload'] })
    await connect(ana.personId, ana.userId, ['import'])
    expect(await target()).toMatchObject({ access: 'not_allowed', purposes: ['import', 'upload'] })
    await expect(askToSend(ana.personId, ana.activityId, 'strava')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('what was sent is forgotten with the connection, also in the middle', async () => {
    const id = await ask()
    await carrySending(id)
    await disconnect(ana.personId, ana.connectionId, true)
    expect(await db.sending.count({ where: { personId: ana.personId } })).toBe(0)
    expect(await carrySending(id)).toEqual({ outcome: 'done' })
    expect(uploaded(), 'what is there stays its owner’s').toHaveLength(1)
  })
})

it('over the routes, for its owner only', async () => {
  const params = { params: Promise.resolve({ activityId: ana.activityId }) }
  const path = `/api/activities/${ana.activityId}/sendings`
  const eve = await sessionCookieOf((await makeAccount('Eve')).personId)
  expect((await POST(request('POST', path, { cookie: eve, body: { provider: 'strava' } }), params)).status).toBe(409)
  expect(await (await GET(request('GET', path, { cookie: eve }), params)).json()).toEqual({ targets: [] })
  const cookie = await sessionCookieOf(ana.personId)
  expect((await POST(request('POST', path, { cookie, body: { provider: 'strava' } }), params)).status).toBe(204)
  expect(await (await GET(request('GET', path, { cookie }), params)).json()).toMatchObject({ targets: [{ provider: 'strava', sending: { state: 'sending' } }] })
})
