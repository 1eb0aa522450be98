import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { saveActivity } from '@/lib/activities/save-activity.server'
import { freePort } from '@/lib/local/port.server'
import { type Runner, startRunner } from '@/lib/local/runner.server'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { newId } from '@/lib/platform/id'
import { beginConnecting, finishConnecting } from '@/lib/sync/connect.server'
import { listConnections } from '@/lib/sync/connections-page.server'
import type { ProviderName, Purpose } from '@/lib/sync/provider'
import { askForPast, askToRead } from '@/lib/sync/read-connection.server'
import { askToSend, listSendTargets } from '@/lib/sync/send-recording.server'
import { openTokens, sealTokens } from '@/lib/sync/tokens.server'
import { makeAccount } from '@/tests/people'
import { startGoogleHealth } from '@/tests/providers/google-health'
import { startStrava } from '@/tests/providers/strava'
import { type ProviderWorld, twentyMinutes } from '@/tests/providers/world'
import { pulse } from '@/tests/recordings'

// The job client reads its runner's address when it is loaded, which is before anything below runs.
const runnerPort = await vi.hoisted(async () => {
  const { freePort: free } = await import('@/lib/local/port.server')
  const port = await free()
  vi.stubEnv('INNGEST_BASE_URL', `http://127.0.0.1:${port}`)
  return port
})

const DAY_MS = 86_400_000
const WAIT = { timeout: 60_000, interval: 25 }
let google: Awaited<ReturnType<typeof startGoogleHealth>>
let strava: Awaited<ReturnType<typeof startStrava>>
let runner: Runner
let appPort: number
let app: ChildProcess

/** The product as far as it runs jobs, in a process that a test may kill. */
async function startApp(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/fixtures/sync-app.ts', String(appPort)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  app = child
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}`)))
  })
}
async function killApp(): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return
  const ended = new Promise((resolve) => app.once('exit', resolve))
  app.kill('SIGKILL')
  await ended
}
beforeAll(async () => {
  google = await startGoogleHealth()
  strava = await startStrava()
  const settings = { ...google.settings, ...strava.settings, TSX_TSCONFIG_PATH: 'tsconfig.node.json' }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  appPort = await freePort()
  await startApp()
  runner = await startRunner({ port: runnerPort, host: '127.0.0.1', databaseUrl: env().DATABASE_URL, appUrl: `http://127.0.0.1:${appPort}/api/inngest`, backoff: () => 200 })
  await runner.sync()
})
afterAll(async () => {
  await runner.close()
  await killApp()
  await google.emulator.close()
  await strava.emulator.close()
})

async function connected(world: Omit<ProviderWorld, 'provider'>, provider: ProviderName, purposes: Purpose[] = ['import']) {
  const { personId } = await makeAccount('Ana')
  const userId = world.person()
  const connect = async () => {
    const { url } = await beginConnecting(personId, { provider, purposes })
    expect(await finishConnecting(personId, provider, world.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
  }
  await connect()
  const card = async () => (await listConnections(personId)).find((one) => one.provider === provider)?.connection
  // The job that connecting began has looked.
  await vi.waitFor(async () => expect((await card())?.lastSyncAt).not.toBeNull(), WAIT)
  return { personId, userId, connectionId: (await card())?.connectionId ?? '', connect, card }
}

describe('reading back', () => {
  it('goes on after kill -9 in the middle where it stopped, tells how far it is, and ends with everything once', async () => {
    const { personId, userId, connectionId, card } = await connected(google, 'google_health')
    // Two years, most of them in one slice of several pages.
    const days = [45, 50, 51, 52, 53, 54, 55, 56, 57, 58, 200, 400, 700]
    const ids = days.map((ago) => google.record(userId, twentyMinutes(Math.floor(Date.now() / 60_000) * 60_000 - ago * DAY_MS)))
    const fetched = () => google.emulator.calls.filter(({ path }) => path.endsWith(':exportExerciseTcx')).map(({ path }) => /dataPoints\/([^/:]+)/.exec(path)?.[1] ?? '')
    const [killAt, before] = [6, fetched().length]
    const died = new Promise<void>((resolve) => {
      google.emulator.fault({
        path: /:exportExerciseTcx$/,
        times: killAt,
        before: async () => {
          if (fetched().length - before < killAt) return
          await killApp()
          resolve()
        },
      })
    })
    await askForPast(personId, connectionId)
    await died
    const middle = (await card())?.past
    expect(middle).toMatchObject({ state: 'running', found: killAt - 1 })
    expect(middle?.reachedMs).toBeLessThan(middle?.toMs ?? 0)
    expect(middle?.reachedMs).toBeGreaterThan(middle?.fromMs ?? 0)
    expect(await db.activity.count({ where: { personId } })).toBe(killAt - 1)

    await startApp()
    const seen: number[] = []
    await vi.waitFor(async () => {
      const past = (await card())?.past
      seen.push(past?.reachedMs ?? 0)
      expect(past).toMatchObject({ state: 'done', found: days.length, page: null })
    }, WAIT)
    expect(new Set(seen).size, 'the page sees it move').toBeGreaterThan(2)
    expect([...seen].sort((one, other) => other - one)).toEqual(seen)
    expect((await db.activity.findMany({ where: { personId } })).map(({ externalId }) => externalId).sort()).toEqual([...ids].sort())
    // Only what was in the air is fetched again.
    expect(fetched().length - before).toBe(days.length + 1)
    expect(fetched().filter((id) => id === ids[killAt - 1])).toHaveLength(2)
  }, 120_000)
})

describe('a crash between a renewal there and our saving it', () => {
  /** Expired, and killed when the provider has the old token and has not answered. */
  async function crashed() {
    const one = await connected(strava, 'strava')
    const { personId, userId, connectionId, connect, card } = one
    strava.record(userId, twentyMinutes(Date.now() - 2 * DAY_MS))
    await connect()
    await vi.waitFor(async () => expect((await card())?.activities).toBe(1), WAIT)
    const row = await db.connection.findUniqueOrThrow({ where: { id: connectionId } })
    const held = openTokens(connectionId, row.tokens ?? new Uint8Array())
    strava.expireTokens(userId)
    await db.connection.update({ where: { id: connectionId }, data: { tokens: sealTokens(connectionId, { ...held, expiresAt: Date.now() - 1 }) } })
    const died = new Promise<void>((resolve) => {
      strava.emulator.fault({ path: strava.tokenPath, before: async () => (await killApp(), resolve()) })
    })
    strava.record(userId, twentyMinutes(Date.now() - DAY_MS))
    await askToRead(personId, connectionId)
    await died
    const kept = async () => openTokens(connectionId, (await db.connection.findUniqueOrThrow({ where: { id: connectionId } })).tokens ?? new Uint8Array())
    expect((await kept()).refresh, 'ours is the old one').toBe(held.refresh)
    await startApp()
    return { ...one, kept, old: held.refresh }
  }

  it('costs one tap where the old token has ended: the page says so, what was read stays, and reading goes on', async () => {
    const { card, connect } = await crashed()
    await vi.waitFor(async () => expect(await card()).toMatchObject({ status: 'needs_reconnect', problem: 'reconnect', activities: 1 }), WAIT)
    await connect()
    await vi.waitFor(async () => expect(await card()).toMatchObject({ status: 'active', problem: null, activities: 2 }), WAIT)
  }, 120_000)

  it('costs nothing where the provider still takes the old token', async () => {
    strava.giveGrace(true)
    const { card, kept, old } = await crashed()
    await vi.waitFor(async () => expect(await card()).toMatchObject({ status: 'active', problem: null, activities: 2 }), WAIT)
    expect((await kept()).refresh).not.toBe(old)
    strava.giveGrace(false)
  }, 120_000)
})

describe('sending a record of a class', () => {
  it('survives kill -9 while it is handed over, and is one activity there', async () => {
    const { personId, userId } = await connected(strava, 'strava', ['upload'])
    const recording = pulse(Date.now() - DAY_MS, Array.from({ length: 60 }, () => 120))
    const { activityId } = await saveActivity({ personId, source: 'class_recording', externalId: newId('cls'), recording })
    const died = new Promise<void>((resolve) => {
      strava.emulator.fault({ path: /^POST \/api\/v3\/uploads/, before: async () => (await killApp(), resolve()) })
    })
    await askToSend(personId, activityId, 'strava')
    await died
    await db.sending.updateMany({ where: { activityId }, data: { heldUntil: new Date(Date.now() + 1_500) } })
    await startApp()
    await vi.waitFor(async () => expect((await listSendTargets(personId, activityId))[0]?.sending).toMatchObject({ state: 'duplicate', url: expect.stringContaining('/activities/') }), WAIT)
    expect(strava.uploads.filter((one) => one.userId === userId)).toHaveLength(1)
  }, 120_000)
})
