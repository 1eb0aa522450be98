import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as hook } from '@/app/api/webhooks/[provider]/[key]/route'
import { db } from '@/lib/platform/db.server'
import { makeAccount } from '@/tests/people'
import { startGarmin } from '@/tests/providers/garmin'
import { type Delivery, twentyMinutes } from '@/tests/providers/world'
import { beginConnecting, finishConnecting } from './connect.server'
import { listConnections } from './connections-page.server'
import { disconnect } from './end-connection.server'
import { askForPast, readConnection, readPast } from './read-connection.server'
import { handleDelivery, webhookAddress } from './webhook.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let garmin: Awaited<ReturnType<typeof startGarmin>>
beforeAll(async () => {
  garmin = await startGarmin()
  Object.assign(process.env, garmin.settings)
})
afterAll(async () => {
  await garmin.emulator.close()
  await outside.close()
})

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function connected() {
  const { personId } = await makeAccount('Ana')
  const userId = garmin.person()
  expect(await connect(personId, userId)).toMatchObject({ outcome: 'connected' })
  return { personId, userId, connectionId: (await connectionOf(personId)).id }
}
async function connect(personId: string, userId: string, say: { less?: boolean } = {}) {
  const { url } = await beginConnecting(personId, { provider: 'garmin', purposes: ['import'] })
  return await finishConnecting(personId, 'garmin', garmin.consent(url, userId, say).searchParams)
}
const connectionOf = (personId: string) => db.connection.findUniqueOrThrow({ where: { personId_provider: { personId, provider: 'garmin' } } })
const cardOf = async (personId: string) => (await listConnections(personId)).find(({ provider }) => provider === 'garmin')
const activitiesOf = (personId: string) => db.activity.findMany({ where: { personId }, orderBy: { startedAt: 'asc' } })
const hourAgo = (hours: number) => Math.floor(Date.now() / 1000) * 1000 - hours * HOUR_MS

async function post({ headers, body }: Delivery, key = webhookAddress('garmin').split('/').at(-1) ?? ''): Promise<number> {
  const incoming = new Request(`http://localhost:3000/api/webhooks/garmin/${key}`, { method: 'POST', headers, body })
  return (await hook(incoming, { params: Promise.resolve({ provider: 'garmin', key }) })).status
}
/** It comes, and a job acts on it. */
async function follow(...deliveries: readonly Delivery[]): Promise<void> {
  for (const delivery of deliveries) {
    expect(await post(delivery)).toBe(200)
    for (const { id } of await db.webhookDelivery.findMany({ where: { provider: 'garmin', handledAt: null } })) expect(await handleDelivery(id)).toEqual({ outcome: 'done' })
  }
}

describe('with keys', () => {
  it('connects by a code that only the browser that began can use (PKCE), and keeps both tokens sealed', async () => {
    const { personId } = await makeAccount('Ana')
    const userId = garmin.person()
    const { url } = await beginConnecting(personId, { provider: 'garmin', purposes: ['import'] })
    expect(new URL(url).searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
    const attempt = await db.connectAttempt.findFirstOrThrow({ where: { personId } })
    expect(attempt.verifier).not.toBeNull()
    // The verifier of somebody else's attempt: the code opens nothing.
    const other = await beginConnecting(personId, { provider: 'garmin', purposes: ['import'] })
    const mixed = garmin.consent(url, userId).searchParams
    mixed.set('state', new URL(other.url).searchParams.get('state') ?? '')
    expect(await finishConnecting(personId, 'garmin', mixed)).toMatchObject({ outcome: 'expired' })
    expect(await finishConnecting(personId, 'garmin', garmin.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
    const row = await connectionOf(personId)
    expect(row).toMatchObject({ status: 'active', externalUserId: userId, purposes: ['import'], scopes: expect.arrayContaining(['ACTIVITY_EXPORT']) })
    expect(row.tokensExpireAt?.getTime()).toBeGreaterThan(Date.now() + DAY_MS - HOUR_MS)
    expect(Buffer.from(row.tokens ?? []).toString('latin1')).not.toMatch(/access_|refresh_/)
  })

  it('who ticks nothing there is not connected, and nothing of it stays there', async () => {
    const { personId } = await makeAccount('Bo')
    const userId = garmin.person()
    expect(await connect(personId, userId, { less: true })).toMatchObject({ outcome: 'nothing_granted' })
    expect(garmin.tokensAlive(userId)).toBe(0)
    expect(await cardOf(personId)).toMatchObject({ connection: null })
  })

  it('takes trainings by ping and by push, each once however often both come, with Garmin’s name on the device', async () => {
    const { personId, userId, connectionId } = await connected()
    const [pinged, pushed] = [garmin.record(userId, twentyMinutes(hourAgo(30))), garmin.record(userId, twentyMinutes(hourAgo(3)))]
    const deliveries = [...garmin.deliveries(userId, 'recorded', pinged), garmin.push(userId, pushed)]
    await follow(...deliveries, ...garmin.deliveries(userId, 'recorded', pushed), ...deliveries)
    const kept = (externalId: string) => expect.objectContaining({ externalId, source: 'garmin', connectionId, device: 'Garmin forerunner965', sport: 'cycling', zoneOffsetMinutes: 60 })
    expect(await activitiesOf(personId)).toEqual([kept(pinged), kept(pushed)])
    expect((await connectionOf(personId)).lastSyncAt).not.toBeNull()
    expect(await db.providerPayload.count({ where: { connectionId } })).toBe(2)
    // It may not be listed: looking asks nothing.
    const calls = garmin.emulator.calls.length
    await readConnection(connectionId)
    expect(garmin.emulator.calls.length).toBe(calls)
  })

  it('renews its rotating tokens before a ping is followed', async () => {
    const { personId, userId } = await connected()
    garmin.expireTokens(userId)
    const before = Buffer.from((await connectionOf(personId)).tokens ?? [])
    await follow(...garmin.deliveries(userId, 'recorded', garmin.record(userId, twentyMinutes(hourAgo(3)))))
    expect(await activitiesOf(personId)).toHaveLength(1)
    expect(before.equals(Buffer.from((await connectionOf(personId)).tokens ?? []))).toBe(false)
  })

  it('takes nothing from another app, at another path, or of somebody who is not connected', async () => {
    const { personId, userId } = await connected()
    const delivery = garmin.push(userId, garmin.record(userId, twentyMinutes(hourAgo(3))))
    expect(await post({ ...delivery, headers: { ...delivery.headers, 'garmin-client-id': 'another' } })).toBe(401)
    expect(await post(delivery, 'x'.repeat(43))).toBe(401)
    const [stranger, before] = [garmin.person(), await db.activity.count()]
    await follow(garmin.push(stranger, garmin.record(stranger, twentyMinutes(hourAgo(3)))))
    expect(await activitiesOf(personId)).toEqual([])
    expect(await db.activity.count()).toBe(before)
  })

  it('hears that a permission went: brings nothing more, says so until it is back, also when it looks', async () => {
    const { personId, userId, connectionId } = await connected()
    await follow(garmin.permissions(userId, ['HEALTH_EXPORT']))
    expect(await cardOf(personId)).toMatchObject({ connection: { status: 'active', purposes: [], problem: 'consent_missing' } })
    await follow(garmin.push(userId, garmin.record(userId, twentyMinutes(hourAgo(3)))))
    expect(await activitiesOf(personId)).toEqual([])
    await readConnection(connectionId)
    expect(await cardOf(personId), 'nothing failed, but nothing may come').toMatchObject({ connection: { purposes: [], problem: 'consent_missing' } })
    await follow(garmin.permissions(userId, ['ACTIVITY_EXPORT']))
    expect(await cardOf(personId)).toMatchObject({ connection: { status: 'active', purposes: ['import'], problem: null } })
    await follow(garmin.push(userId, garmin.record(userId, twentyMinutes(hourAgo(2)))))
    expect(await activitiesOf(personId)).toHaveLength(1)
  })

  it('hears that somebody left: the tokens are forgotten, what is theirs stays, and no call is made', async () => {
    const { personId, userId } = await connected()
    await follow(garmin.push(userId, garmin.record(userId, twentyMinutes(hourAgo(3)))))
    garmin.revokeThere(userId)
    const calls = garmin.emulator.calls.length
    await follow(...garmin.deliveries(userId, 'revoked', ''))
    expect(garmin.emulator.calls.length).toBe(calls)
    expect(await connectionOf(personId)).toMatchObject({ status: 'revoked', tokens: null, externalUserId: null, purposes: [] })
    expect(await activitiesOf(personId)).toHaveLength(1)
    expect(await db.providerPayload.count({ where: { personId } })).toBe(0)
  })

  it('disconnected here: the registration there is deleted, as Garmin demands', async () => {
    const { personId, userId, connectionId } = await connected()
    await disconnect(personId, connectionId, true)
    expect(garmin.emulator.calls.at(-1)).toMatchObject({ method: 'DELETE', path: '/wellness-api/rest/user/registration' })
    expect(garmin.tokensAlive(userId)).toBe(0)
  })

  it('asks for the past once, says that it is asked for, and takes what is pushed of it', async () => {
    const { personId, userId, connectionId } = await connected()
    const old = garmin.record(userId, twentyMinutes(hourAgo(20 * 24)))
    await askForPast(personId, connectionId)
    expect(await cardOf(personId)).toMatchObject({ pastDays: 30, connection: { past: { state: 'running' } } })
    // The job again, as after a crash before its answer was kept: the same days are refused with 409, which is no failure.
    const { backfill } = await connectionOf(personId)
    expect(await readPast(connectionId)).toEqual({ outcome: 'done' })
    await db.connection.update({ where: { id: connectionId }, data: { backfill: backfill ?? {} } })
    expect(await readPast(connectionId)).toEqual({ outcome: 'done' })
    expect(garmin.backfills.filter((one) => one.userId === userId)).toHaveLength(1)
    const [asked] = garmin.backfills.filter((one) => one.userId === userId)
    expect(asked && asked.to - asked.from).toBe(30 * 86_400)
    expect(await cardOf(personId)).toMatchObject({ connection: { past: { state: 'asked' }, problem: null } })
    await follow(garmin.push(userId, old))
    expect(await activitiesOf(personId)).toMatchObject([{ externalId: old }])
  })
})

// Its keys are the flag. Settings are read once, so whoever is without them is loaded anew.
describe('without keys', () => {
  it('it is off: the page says so, nobody can begin, and no webhook is taken', async () => {
    for (const name of Object.keys(garmin.settings)) delete process.env[name]
    vi.resetModules()
    const [{ listConnections: list }, { beginConnecting: begin }, { POST: hookOff }] = [await import('./connections-page.server'), await import('./connect.server'), await import('@/app/api/webhooks/[provider]/[key]/route')]
    const { personId } = await makeAccount('Bo')
    expect((await list(personId)).find(({ provider }) => provider === 'garmin')).toMatchObject({ setUp: false, connection: null })
    await expect(begin(personId, { provider: 'garmin', purposes: ['import'] })).rejects.toMatchObject({ code: 'not_found' })
    const { webhookAddress: addressOff } = await import('./webhook.server')
    const key = addressOff('garmin').split('/').at(-1) ?? ''
    const { headers, body } = garmin.permissions('x', [])
    const incoming = new Request(`http://localhost:3000/api/webhooks/garmin/${key}`, { method: 'POST', headers, body })
    expect((await hookOff(incoming, { params: Promise.resolve({ provider: 'garmin', key }) })).status).toBe(401)
  })
})
