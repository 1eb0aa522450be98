import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listHistory } from '@/lib/activities/history.server'
import { startRedisDoor } from '@/lib/local/redis.server'
import { db, pool } from '@/lib/platform/db.server'
import { erasePerson } from '@/lib/privacy/data-subject.server'
import { makeAccount } from '@/tests/people'
import { startStrava } from '@/tests/providers/strava'
import { twentyMinutes } from '@/tests/providers/world'
import { spendCall } from './call-budget.server'
import { beginConnecting, finishConnecting } from './connect.server'
import { listConnections } from './connections-page.server'
import { disconnect } from './end-connection.server'
import { readConnection, readDue } from './read-connection.server'
import { strava } from './strava.server'
import { purgeSync, tendSubscriptions } from './tend.server'
import { openTokens, sealTokens, withAccess } from './tokens.server'
import { handleDelivery, oursAt, takeWebhook } from './webhook.server'

const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let world: Awaited<ReturnType<typeof startStrava>>
let redis: Awaited<ReturnType<typeof startRedisDoor>>
beforeAll(async () => {
  redis = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  world = await startStrava({ limits: { calls: [5_000, 50_000], reads: [5_000, 50_000] }, grace: false })
  Object.assign(process.env, world.settings, { UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${redis.port}` })
  await tendSubscriptions()
})
afterAll(async () => {
  await world.emulator.close()
  await redis.close()
  await outside.close()
})

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function connected() {
  const { personId } = await makeAccount('Ana')
  const userId = world.person()
  const { url } = await beginConnecting(personId, { provider: 'strava', purposes: ['import', 'upload'] })
  expect(await finishConnecting(personId, 'strava', world.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
  const { id: connectionId } = await db.connection.findFirstOrThrow({ where: { personId } })
  return { personId, userId, connectionId }
}
const own = (personId: string) => db.ownerOnlyActivity.findMany({ where: { personId }, orderBy: { startedAt: 'asc' } })
const rowOf = (connectionId: string) => db.connection.findUniqueOrThrow({ where: { id: connectionId } })
const tokensOf = async (connectionId: string) => openTokens(connectionId, (await rowOf(connectionId)).tokens ?? new Uint8Array())
/** Ours as well as theirs: we know that it ended. */
async function expire(connectionId: string, userId: string): Promise<void> {
  world.expireTokens(userId)
  await db.connection.update({ where: { id: connectionId }, data: { tokens: sealTokens(connectionId, { ...(await tokensOf(connectionId)), expiresAt: Date.now() - 1 }) } })
}
const refreshes = () => world.emulator.calls.filter(({ path, body }) => path === '/oauth/token' && body.toString().includes('refresh_token')).length
async function tell(userId: string, what: 'recorded' | 'deleted' | 'revoked', externalId = ''): Promise<void> {
  for (const { body } of world.deliveries(userId, what, externalId)) {
    const verdict = await strava.verifyWebhook({ method: 'POST', query: new URLSearchParams(), headers: new Headers(), body: Buffer.from(body) }, await oursAt('strava'))
    if (verdict.outcome === 'forged') throw new Error('forged')
    await takeWebhook({ provider: strava, body: Buffer.from(body), verdict })
  }
  for (const { id } of await db.webhookDelivery.findMany({ where: { handledAt: null } })) await handleDelivery(id)
}

describe('tokens that rotate', () => {
  it('are renewed once, however many ask at the same time', async () => {
    const { connectionId, userId } = await connected()
    await expire(connectionId, userId)
    const before = refreshes()
    const used = await Promise.all(Array.from({ length: 4 }, () => withAccess(connectionId, async ({ access }) => access.token)))
    expect(refreshes() - before).toBe(1)
    expect(new Set(used).size).toBe(1)
    await readConnection(connectionId)
  })

  it('are renewed when the provider refuses one that looked good', async () => {
    const { connectionId, userId } = await connected()
    world.expireTokens(userId)
    await readConnection(connectionId)
    expect(await rowOf(connectionId)).toMatchObject({ status: 'active', lastProblem: null })
  })

  it('are saved though our own connection to the database breaks between their answer and our saving', async () => {
    const { connectionId, userId } = await connected()
    await expire(connectionId, userId)
    const before = await tokensOf(connectionId)
    const cut = async () => {
      await pool().query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%FOR UPDATE%' AND state = 'idle in transaction' AND pid <> pg_backend_pid()`)
    }
    world.emulator.fault({ path: world.tokenPath, before: cut })
    await readConnection(connectionId)
    const after = await tokensOf(connectionId)
    expect(after.refresh).not.toBe(before.refresh)
    await expire(connectionId, userId)
    await readConnection(connectionId) // what was saved renews again
    expect((await rowOf(connectionId)).status).toBe('active')
  })

  it('that were lost with the provider’s answer cost a reconnect and nothing that was read', async () => {
    const { personId, connectionId, userId } = await connected()
    world.record(userId, twentyMinutes(Date.now() - 2 * DAY_MS))
    await readConnection(connectionId)
    await expire(connectionId, userId)
    world.emulator.fault({ path: world.tokenPath, loseAnswer: true })
    expect(await readDue(connectionId)).toMatchObject({ outcome: 'later' })
    expect(await rowOf(connectionId)).toMatchObject({ status: 'active', lastProblem: 'away' })
    await readDue(connectionId)
    expect(await rowOf(connectionId)).toMatchObject({ status: 'needs_reconnect', lastProblem: 'reconnect' })
    world.record(userId, twentyMinutes(Date.now() - DAY_MS))
    const { url } = await beginConnecting(personId, { provider: 'strava', purposes: ['import'] })
    expect(await finishConnecting(personId, 'strava', world.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
    await readConnection(connectionId)
    expect(await own(personId)).toHaveLength(2)
  })
})

describe('what is for its owner only', () => {
  it('comes into a table of its own, with its streams, for seven days', async () => {
    const { personId, connectionId, userId } = await connected()
    const externalId = world.record(userId, twentyMinutes(Math.floor(Date.now() / 1000) * 1000 - 3 * HOUR_MS))
    await tell(userId, 'recorded', externalId)
    const [row] = await own(personId)
    expect(row).toMatchObject({ source: 'strava', externalId, connectionId, title: 'Evening ride', sport: 'cycling' })
    expect((row?.keepUntil.getTime() ?? 0) - (row?.fetchedAt.getTime() ?? 0)).toBe(7 * DAY_MS)
    expect(await db.activity.count({ where: { personId } })).toBe(0)
    expect(await db.providerPayload.count({ where: { personId, keepUntil: { gt: new Date(Date.now() + 7 * DAY_MS) } } })).toBe(0)
    expect((await listHistory(personId)).map(({ source }) => source)).toEqual(['strava'])
    await db.ownerOnlyActivity.updateMany({ where: { personId }, data: { keepUntil: new Date(Date.now() - 1) } })
    await purgeSync()
    expect(await own(personId)).toHaveLength(0)
  })

  it('goes when it is deleted there, told or not', async () => {
    const { personId, connectionId, userId } = await connected()
    const ids = [1, 2, 3].map((days) => world.record(userId, twentyMinutes(Date.now() - days * DAY_MS - HOUR_MS)))
    await readConnection(connectionId)
    world.remove(userId, ids[0] ?? '')
    await tell(userId, 'deleted', ids[0])
    expect((await own(personId)).map(({ externalId }) => externalId)).toEqual([ids[2], ids[1]])
    world.remove(userId, ids[1] ?? '')
    await readConnection(connectionId)
    expect((await own(personId)).map(({ externalId }) => externalId)).toEqual([ids[2]])
  })

  it('does not believe an unsigned word of deletion or of an ending', async () => {
    const { personId, connectionId, userId } = await connected()
    const externalId = world.record(userId, twentyMinutes(Date.now() - DAY_MS))
    await readConnection(connectionId)
    await tell(userId, 'deleted', externalId)
    await tell(userId, 'revoked')
    expect(await own(personId)).toHaveLength(1)
    expect((await rowOf(connectionId)).status).toBe('active')
  })

  it('is all gone with the connection, ended here or there, with a certificate', async () => {
    for (const where of ['here', 'there'] as const) {
      const { personId, connectionId, userId } = await connected()
      world.record(userId, twentyMinutes(Date.now() - DAY_MS))
      await readConnection(connectionId)
      if (where === 'here') await disconnect(personId, connectionId, false)
      else {
        world.revokeThere(userId)
        await tell(userId, 'revoked')
      }
      expect(world.tokensAlive(userId)).toBe(0)
      expect(await own(personId)).toHaveLength(0)
      expect(await db.providerPayload.count({ where: { personId } })).toBe(0)
      const card = (await listConnections(personId)).find(({ provider }) => provider === 'strava')
      expect(card).toMatchObject({ connection: { status: 'ended' }, certificate: { completedAt: expect.any(Number), counts: { activities: 1, payloads: 2 } } })
    }
  })

  it('goes with the account, and the tokens there before it', async () => {
    const { personId, userId } = await connected()
    await erasePerson(personId)
    expect(world.tokensAlive(userId)).toBe(0)
  })
})

describe('the budget of the app', () => {
  const budget = { windows: [{ seconds: 86_400, calls: 6, reads: 4 }], headers: [] }
  const spend = (provider: string, isRead: boolean, patient = false) => spendCall(provider, budget, { isRead, patient })
  it('is one for all its people, keeps half for what cannot wait, and says when it begins again', async () => {
    await spend('one', true, true)
    await spend('one', true, true)
    await expect(spend('one', true, true)).rejects.toMatchObject({ trouble: 'limited', retryAt: Math.ceil(Date.now() / DAY_MS) * DAY_MS })
    await spend('one', true)
    await expect(spend('one', true)).rejects.toMatchObject({ trouble: 'limited' })
    await spend('one', false) // no read
    await expect(spend('one', false)).rejects.toMatchObject({ trouble: 'limited' })
    await spend('another', true)
  })

  it('takes over what the provider counts', async () => {
    const { connectionId } = await connected()
    world.emulator.fault({ path: world.readPath, answer: { status: 200, json: [], headers: { 'x-readratelimit-limit': '5000,60000', 'x-readratelimit-usage': '5000,5000' } } })
    await readConnection(connectionId)
    const calls = world.emulator.calls.length
    expect(await readDue(connectionId)).toMatchObject({ outcome: 'later' })
    expect(world.emulator.calls.length, 'nothing is asked that would be refused').toBe(calls)
  })
})
