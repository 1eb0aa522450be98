import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as callback } from '@/app/api/connections/callback/[provider]/route'
import { POST as hook } from '@/app/api/webhooks/[provider]/[key]/route'
import { sayHistoryShare } from '@/lib/accounts/history-share.server'
import { joinClass } from '@/lib/classes/join.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { erasePerson } from '@/lib/privacy/data-subject.server'
import { makeAccount, makeClass, request, sessionCookieOf } from '@/tests/people'
import { startPolar } from '@/tests/providers/polar'
import { type Delivery, twentyMinutes } from '@/tests/providers/world'
import { beginConnecting, finishConnecting, redirectUriOf } from './connect.server'
import { disconnect, endFromThere, finishEndings } from './end-connection.server'
import { listConnections } from './connections-page.server'
import { readConnection, readDue } from './read-connection.server'
import { purgeSync, remindOfDeliveries, tendSubscriptions } from './tend.server'
import { handleDelivery, webhookAddress } from './webhook.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let polar: Awaited<ReturnType<typeof startPolar>>
beforeAll(async () => {
  polar = await startPolar({ hooks: false })
  Object.assign(process.env, polar.settings)
  await tendSubscriptions()
})
afterAll(async () => {
  await polar.emulator.close()
  await outside.close()
})

const HOUR_MS = 3_600_000

async function connectPolar(personId: string, polarUser: string) {
  const { url } = await beginConnecting(personId, { provider: 'polar', purposes: ['import'] })
  return await finishConnecting(personId, 'polar', polar.consent(url, polarUser).searchParams)
}
const connectionOf = (personId: string) => db.connection.findUniqueOrThrow({ where: { personId_provider: { personId, provider: 'polar' } } })
const activitiesOf = (personId: string) => db.activity.findMany({ where: { personId }, orderBy: { startedAt: 'asc' } })

async function connected() {
  const { personId } = await makeAccount('Ana')
  const polarUser = polar.person()
  expect(await connectPolar(personId, polarUser)).toMatchObject({ outcome: 'connected' })
  return { personId, polarUser, connectionId: (await connectionOf(personId)).id }
}
async function post({ headers, body }: Delivery, key = webhookAddress('polar').split('/').at(-1) ?? ''): Promise<number> {
  const incoming = new Request(`http://localhost:3000/api/webhooks/polar/${key}`, { method: 'POST', headers, body })
  return (await hook(incoming, { params: Promise.resolve({ provider: 'polar', key }) })).status
}
const lastDelivery = () => db.webhookDelivery.findFirstOrThrow({ orderBy: { receivedAt: 'desc' } })

describe('connecting', () => {
  it('keeps the tokens sealed, and says that it happened', async () => {
    const { connectionId, polarUser } = await connected()
    const row = await db.connection.findUniqueOrThrow({ where: { id: connectionId } })
    expect(row).toMatchObject({ status: 'active', externalUserId: polarUser, purposes: ['import'] })
    expect(Buffer.from(row.tokens ?? []).toString('latin1')).not.toContain('access_')
    expect(outside.events).toContainEqual(expect.objectContaining({ name: 'sync/connection.made', data: { connectionId } }))
  })

  it('counts a state once, for whoever began, for ten minutes', async () => {
    const [{ personId }, other] = [await makeAccount('Bo'), await makeAccount('Eve')]
    const { url } = await beginConnecting(personId, { provider: 'polar', purposes: ['import'] })
    const back = polar.consent(url, polar.person()).searchParams
    expect(await finishConnecting(other.personId, 'polar', back)).toMatchObject({ outcome: 'expired' })
    expect(await finishConnecting(personId, 'polar', back)).toMatchObject({ outcome: 'connected' })
    expect(await finishConnecting(personId, 'polar', back)).toMatchObject({ outcome: 'expired' })
    const late = await beginConnecting(personId, { provider: 'polar', purposes: ['import'] })
    await db.connectAttempt.updateMany({ where: { personId }, data: { createdAt: new Date(Date.now() - 11 * 60_000) } })
    expect(await finishConnecting(personId, 'polar', polar.consent(late.url, polar.person()).searchParams)).toMatchObject({ outcome: 'expired' })
  })

  it('says no when they said no, when the account is another one, and when it is connected to somebody else', async () => {
    const { personId, polarUser } = await connected()
    const { url } = await beginConnecting(personId, { provider: 'polar', purposes: ['import'] })
    expect(await finishConnecting(personId, 'polar', polar.consent(url, polarUser, { deny: true }).searchParams)).toMatchObject({ outcome: 'denied' })
    const another = polar.person()
    expect(await connectPolar(personId, another)).toMatchObject({ outcome: 'other_account' })
    expect(polar.tokensAlive(another), 'what was granted is given back').toBe(0)
    const eve = await makeAccount('Eve')
    expect(await connectPolar(eve.personId, polarUser)).toMatchObject({ outcome: 'taken' })
    await readConnection((await connectionOf(personId)).id)
  })

  it('goes from the browser to the page, whoever comes', async () => {
    const { personId } = await makeAccount('Cy')
    const { url } = await beginConnecting(personId, { provider: 'polar', purposes: ['import'], returnTo: '/history' })
    const back = polar.consent(url, polar.person())
    expect(back.href).toContain(redirectUriOf('polar'))
    const come = async (cookie?: string) => (await callback(request('GET', `${back.pathname}${back.search}`, { cookie }), { params: Promise.resolve({ provider: 'polar' }) })).headers.get('location')
    expect(await come()).toBe('http://localhost:3000/sign-in?to=%2Fconnections')
    expect(await come(await sessionCookieOf(personId))).toBe('http://localhost:3000/history?provider=polar&outcome=connected')
  })
})

describe('a webhook', () => {
  it('becomes an activity with its samples, once, however often and in whatever order it comes', async () => {
    const { personId, polarUser, connectionId } = await connected()
    const ids = [3, 2].map((hours) => polar.record(polarUser, twentyMinutes(Math.floor(Date.now() / 1000) * 1000 - hours * HOUR_MS)))
    const deliveries = ids.flatMap((id) => polar.deliveries(polarUser, 'recorded', id))
    for (const delivery of [...deliveries].reverse().concat(deliveries)) expect(await post(delivery)).toBe(200)
    const rows = await db.webhookDelivery.findMany({ where: { personId } })
    expect(rows).toHaveLength(2)
    for (const { id } of rows) expect(await handleDelivery(id)).toEqual({ outcome: 'done' })
    for (const { id } of rows) expect(await handleDelivery(id)).toEqual({ outcome: 'done' })
    expect(await db.webhookDelivery.count({ where: { personId, handledAt: { not: null }, body: null } })).toBe(2)
    const activities = await activitiesOf(personId)
    expect(activities.map(({ externalId }) => externalId)).toEqual(ids)
    expect(activities[0]).toMatchObject({ source: 'polar', connectionId, zoneOffsetMinutes: 60, sport: 'cycling' })
    expect((await db.connection.findUniqueOrThrow({ where: { id: connectionId } })).lastSyncAt).not.toBeNull()
    const raw = await db.providerPayload.findMany({ where: { connectionId } })
    expect(raw.map(({ kind }) => kind).sort()).toEqual(['exercise', 'exercise', 'fit', 'fit'])
    expect(raw.some(({ body }) => Buffer.from(body).includes('start_time')), 'sealed').toBe(false)
  })

  it('is refused when forged, at another path, and takes a PING', async () => {
    const { personId, polarUser } = await connected()
    const [delivery] = polar.deliveries(polarUser, 'recorded', polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS)))
    if (!delivery) throw new Error('no delivery')
    expect(await post(delivery, 'x'.repeat(43))).toBe(401)
    expect(await post({ ...delivery, headers: { ...delivery.headers, 'polar-webhook-signature': 'f'.repeat(64) } })).toBe(401)
    expect(await post({ ...delivery, body: `${delivery.body} ` })).toBe(401)
    expect(await db.webhookDelivery.count({ where: { personId } })).toBe(0)
    expect(await post({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"event":"PING"}' })).toBe(200)
  })

  it('waits for a provider that is away or busy, and is not lost with a runner that is', async () => {
    const { personId, polarUser } = await connected()
    const id = polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS))
    const [delivery] = polar.deliveries(polarUser, 'recorded', id)
    if (!delivery) throw new Error('no delivery')
    outside.broken = true
    expect(await post(delivery)).toBe(503)
    outside.broken = false
    const kept = await lastDelivery()
    await db.webhookDelivery.update({ where: { id: kept.id }, data: { receivedAt: new Date(Date.now() - HOUR_MS) } })
    await remindOfDeliveries()
    expect(outside.events).toContainEqual(expect.objectContaining({ name: 'sync/webhook.taken', data: { deliveryId: kept.id } }))
    polar.emulator.fault({ path: polar.readPath, answer: { status: 429, headers: { 'retry-after': '300' } } })
    const progress = await handleDelivery(kept.id)
    expect(progress.outcome === 'later' && progress.at).toBeGreaterThan(Date.now() + 250_000)
    polar.emulator.fault({ path: polar.readPath, answer: { status: 500 } })
    expect(await handleDelivery(kept.id)).toMatchObject({ outcome: 'later' })
    expect(await handleDelivery(kept.id)).toEqual({ outcome: 'done' })
    expect(await activitiesOf(personId)).toHaveLength(1)
  })
})

describe('reading without being told', () => {
  it('finds what no webhook told, and fetches each thing once', async () => {
    const { personId, polarUser, connectionId } = await connected()
    for (const days of [1, 2, 3]) polar.record(polarUser, twentyMinutes(Date.now() - days * 24 * HOUR_MS))
    await readConnection(connectionId)
    expect(await activitiesOf(personId)).toHaveLength(3)
    const before = polar.emulator.calls.length
    await readConnection(connectionId)
    expect(polar.emulator.calls.slice(before).map(({ path }) => path)).toEqual(['/v3/exercises'])
  })

  it('says in the person’s own words what stands in the way, and reads on when it is gone', async () => {
    const { personId, polarUser, connectionId } = await connected()
    const problem = async () => (await listConnections(personId)).find(({ provider }) => provider === 'polar')?.connection
    polar.emulator.fault({ path: polar.readPath, answer: { status: 503 } })
    expect(await readDue(connectionId)).toMatchObject({ outcome: 'later' })
    expect(await problem()).toMatchObject({ status: 'active', problem: 'away' })
    polar.withdrawConsent(polarUser)
    await readDue(connectionId)
    expect(await problem()).toMatchObject({ status: 'active', problem: 'consent_missing' })
    polar.revokeThere(polarUser)
    await readDue(connectionId)
    expect(await problem()).toMatchObject({ status: 'needs_reconnect', problem: 'reconnect' })
  })
})

describe('the page of connections', () => {
  it('names the trainers who see what came from a source, none where its owner took it back, and never one of Strava’s', async () => {
    const ana = await makeAccount('Ana')
    const { personId } = ana
    const [mara, otto] = [await makeAccount('Mara'), await makeAccount('Otto')]
    for (const trainer of [mara, otto]) await joinClass((await makeClass(trainer.personId)).classId, { kind: 'account', ...ana }, { name: 'Ana', cameraReach: 'trainer' })
    const shared = async () => Object.fromEntries((await listConnections(personId)).map(({ provider, sharedWith }) => [provider, sharedWith]))
    expect(await shared()).toEqual({ polar: [], strava: null, google_health: [], garmin: [] })
    const before = Date.now()
    await sayHistoryShare(personId, mara.personId, true)
    await sayHistoryShare(personId, otto.personId, true)
    await sayHistoryShare(personId, otto.personId, false)
    const { polar: held, strava } = await shared()
    const [said, ...more] = held ?? []
    expect(said).toMatchObject({ trainerId: mara.personId, name: 'Mara' })
    expect(said?.since).toBeGreaterThanOrEqual(before)
    expect([more, strava]).toEqual([[], null])
  })
})

describe('disconnecting', () => {
  it('ends our access there, forgets the tokens, and keeps or deletes what came, as chosen', async () => {
    for (const erase of [false, true]) {
      const { personId, polarUser, connectionId } = await connected()
      polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS))
      await readConnection(connectionId)
      await disconnect(personId, connectionId, erase)
      expect(polar.tokensAlive(polarUser)).toBe(0)
      expect(await db.connection.findUniqueOrThrow({ where: { id: connectionId } })).toMatchObject({ status: 'revoked', tokens: null, externalUserId: null, purposes: [] })
      expect(await activitiesOf(personId)).toHaveLength(erase ? 0 : 1)
      expect(await db.providerPayload.count({ where: { personId } })).toBe(0)
      const [card] = await listConnections(personId)
      expect(card?.connection?.status).toBe('ended')
      if (erase) expect(card?.certificate).toMatchObject({ completedAt: expect.any(Number), counts: { activities: 1, payloads: 2, webhooks: 0 } })
      else expect(card?.certificate).toBeNull()
      await expect(disconnect(personId, connectionId, erase)).rejects.toMatchObject({ code: 'not_found' })
      expect(await connectPolar(personId, polar.person()), 'and may begin anew, with another account').toMatchObject({ outcome: 'connected' })
    }
  })

  it('asks again when the provider was away, and uses the tokens for nothing else meanwhile', async () => {
    const { personId, polarUser, connectionId } = await connected()
    polar.emulator.fault({ path: /^DELETE /, answer: { status: 500 } })
    await disconnect(personId, connectionId, false)
    expect(polar.tokensAlive(polarUser)).toBe(1)
    expect((await listConnections(personId))[0]?.connection?.status).toBe('ending')
    await expect(readConnection(connectionId)).rejects.toMatchObject({ code: 'not_found' })
    await finishEndings()
    expect(polar.tokensAlive(polarUser)).toBe(0)
    expect((await listConnections(personId))[0]?.connection?.status).toBe('ended')
  })

  it('completes a deletion that was interrupted', async () => {
    const { personId, polarUser, connectionId } = await connected()
    polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS))
    await readConnection(connectionId)
    const id = newId('cer')
    await db.deletionCertificate.create({ data: { id, personId, provider: 'polar', reason: 'disconnected', counts: {}, requestedAt: new Date() } })
    await finishEndings()
    expect(await db.deletionCertificate.findUniqueOrThrow({ where: { id } })).toMatchObject({ counts: { activities: 1, payloads: 2, webhooks: 0 }, completedAt: expect.any(Date) })
    expect(await activitiesOf(personId)).toHaveLength(0)
  })

  it('comes first when the account is deleted', async () => {
    const { personId, polarUser } = await connected()
    await erasePerson(personId)
    expect(polar.tokensAlive(polarUser)).toBe(0)
    expect(await db.connection.count({ where: { personId } })).toBe(0)
  })

  it('keeps what is the person’s own when they ended it there', async () => {
    const { personId, polarUser, connectionId } = await connected()
    polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS))
    await readConnection(connectionId)
    await endFromThere(connectionId)
    expect(await activitiesOf(personId)).toHaveLength(1)
    expect(await connectionOf(personId)).toMatchObject({ status: 'revoked', tokens: null })
  })
})

describe('what is kept for a time', () => {
  it('goes when its time is over', async () => {
    const { personId, polarUser, connectionId } = await connected()
    polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS))
    await readConnection(connectionId)
    await db.providerPayload.updateMany({ where: { personId, kind: 'fit' }, data: { keepUntil: new Date(Date.now() - 1) } })
    await purgeSync()
    expect((await db.providerPayload.findMany({ where: { personId } })).map(({ kind }) => kind)).toEqual(['exercise'])
  })

  it('the webhook that slept is awake after the daily look, and one whose secret is lost is made anew', async () => {
    polar.sleep()
    await tendSubscriptions()
    expect(polar.webhook()?.active).toBe(true)
    const before = polar.webhook()?.secret
    await db.providerSubscription.update({ where: { provider: 'polar' }, data: { secret: null } })
    await tendSubscriptions()
    expect(polar.webhook()?.secret).not.toBe(before)
    const { polarUser } = await connected()
    const [delivery] = polar.deliveries(polarUser, 'recorded', polar.record(polarUser, twentyMinutes(Date.now() - HOUR_MS)))
    expect(delivery && (await post(delivery))).toBe(200)
  })
})
