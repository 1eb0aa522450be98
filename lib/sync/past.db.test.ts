import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { db, pool } from '@/lib/platform/db.server'
import { makeAccount } from '@/tests/people'
import { startGoogleHealth } from '@/tests/providers/google-health'
import { twentyMinutes } from '@/tests/providers/world'
import { beginConnecting, finishConnecting } from './connect.server'
import { listConnections } from './connections-page.server'
import { askForPast, readConnection, readPast, remindOfPasts } from './read-connection.server'
import { tendSubscriptions } from './tend.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let google: Awaited<ReturnType<typeof startGoogleHealth>>
beforeAll(async () => {
  google = await startGoogleHealth()
  Object.assign(process.env, google.settings)
  await tendSubscriptions()
})
afterAll(async () => {
  await google.emulator.close()
  await outside.close()
})

const DAY_MS = 86_400_000
const TCX = /:exportExerciseTcx$/
const DAYS = [40, 41, 42, 100, 500]

async function asked() {
  const { personId } = await makeAccount('Ana')
  const userId = google.person()
  const connect = async () => {
    const { url } = await beginConnecting(personId, { provider: 'google_health', purposes: ['import'] })
    expect(await finishConnecting(personId, 'google_health', google.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
  }
  await connect()
  const { id: connectionId } = await db.connection.findFirstOrThrow({ where: { personId } })
  const ids = DAYS.map((ago) => google.record(userId, twentyMinutes(Math.floor(Date.now() / 60_000) * 60_000 - ago * DAY_MS)))
  await askForPast(personId, connectionId)
  const card = async () => (await listConnections(personId)).find(({ provider }) => provider === 'google_health')?.connection
  return { personId, userId, connectionId, ids, connect, card }
}
/** As the job does: a slice after the other. */
async function readOn(connectionId: string): Promise<void> {
  for (let turn = 0; turn < 60; turn++) if ((await readPast(connectionId)).outcome === 'done') return
}
const told = (connectionId: string) => outside.events.filter(({ name, data }) => name === 'sync/past.asked' && (data as { connectionId: string }).connectionId === connectionId).length

it('keeps what it has and goes on when our own database failed in the middle', async () => {
  const { personId, connectionId, card } = await asked()
  const cut = async () => {
    await pool().query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
    await pool().query(`ALTER TABLE activities RENAME TO away`)
  }
  await readPast(connectionId) // the newest slice holds nothing
  google.emulator.fault({ path: TCX, before: cut })
  await expect(readPast(connectionId)).rejects.toThrow()
  await pool().query(`ALTER TABLE away RENAME TO activities`)
  const past = (await card())?.past
  expect(past).toMatchObject({ state: 'running', found: 0 })
  expect(past?.reachedMs).toBeLessThan(past?.toMs ?? 0)
  await readOn(connectionId)
  expect(await card()).toMatchObject({ past: { state: 'done', found: DAYS.length }, activities: DAYS.length })
  expect(await db.activity.count({ where: { personId } })).toBe(DAYS.length)
})

it('one training that nobody understands keeps none of the others', async () => {
  const { connectionId, ids, card } = await asked()
  google.emulator.fault({ path: new RegExp(`dataPoints/${ids[0]}$`), answer: { status: 200, body: '<html>' } })
  await readOn(connectionId)
  expect(await card()).toMatchObject({ past: { state: 'done', found: DAYS.length - 1 } })
})

it('one of the last weeks that nobody understands keeps none of the others, and is told', async () => {
  const { userId, connectionId, card } = await asked()
  const recent = [3, 2, 1].map((ago) => google.record(userId, twentyMinutes(Math.floor(Date.now() / 60_000) * 60_000 - ago * DAY_MS)))
  google.emulator.fault({ path: new RegExp(`dataPoints/${recent[1]}$`), answer: { status: 200, body: '<html>' } })
  await expect(readConnection(connectionId)).rejects.toMatchObject({ trouble: 'nonsense' })
  expect(await card()).toMatchObject({ activities: 2, problem: 'nonsense', lastSyncAt: expect.any(Number) })
  await readConnection(connectionId)
  expect(await card()).toMatchObject({ activities: 3, problem: null })
})

it('takes a job that is at it for alive, however long its slices take', async () => {
  const { connectionId } = await asked()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 17 * 60_000 })
  expect(await readPast(connectionId)).toEqual({ outcome: 'more' })
  const before = told(connectionId)
  await remindOfPasts()
  vi.useRealTimers()
  expect(told(connectionId)).toBe(before)
})

it('is forgotten where another try would meet the same, and can be asked for anew', async () => {
  const { personId, connectionId, card } = await asked()
  google.emulator.fault({ path: google.readPath, answer: { status: 400 } })
  expect(await readPast(connectionId)).toEqual({ outcome: 'done' })
  expect(await card()).toMatchObject({ status: 'active', past: null, problem: 'nonsense' })
  await askForPast(personId, connectionId)
  await readOn(connectionId)
  expect(await card()).toMatchObject({ past: { state: 'done', found: DAYS.length } })
})

it('waits for a provider that is busy, stops at one that lets us in no more, and the sweep goes on where it stopped', async () => {
  const { userId, connectionId, connect, card } = await asked()
  await readPast(connectionId)
  google.emulator.fault({ path: google.readPath, answer: { status: 429, headers: { 'retry-after': '3600' } } })
  const busy = await readPast(connectionId)
  expect(busy.outcome === 'later' && busy.at).toBeGreaterThan(Date.now() + 3_590_000)
  expect(await card()).toMatchObject({ past: { state: 'waiting' } })
  const before = told(connectionId)
  await remindOfPasts()
  expect(told(connectionId), 'its job waits, and wakes by itself').toBe(before)

  google.revokeThere(userId)
  expect(await readPast(connectionId)).toEqual({ outcome: 'done' })
  const stopped = await card()
  expect(stopped).toMatchObject({ status: 'needs_reconnect', past: { state: 'waiting' } })
  await connect()
  const later = Date.now() + 11 * 60_000
  vi.useFakeTimers({ toFake: ['Date'], now: later })
  await remindOfPasts()
  vi.useRealTimers()
  expect(told(connectionId)).toBe(before + 1)
  expect((await card())?.past?.reachedMs, 'nothing is read again').toBe(stopped?.past?.reachedMs)
  await readOn(connectionId)
  expect(await card()).toMatchObject({ status: 'active', past: { state: 'done', found: DAYS.length } })
})
