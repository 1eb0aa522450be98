import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type App, type DatabaseServer, HOST, type RunRow, endedRun, openApp, openDatabaseServer, runsOf } from '@/tests/runner-world'
import { withClient } from './postgres-client.server'

let databases: DatabaseServer
let databaseUrl: string
let app: App
let child: ChildProcess
const BACKOFF_MS = 2_000

beforeAll(async () => void (databases = await openDatabaseServer()))
afterAll(() => databases.close())
afterEach(async () => {
  await kill()
  await app.close()
})

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

async function start(): Promise<void> {
  const options = JSON.stringify({ port: app.runnerPort, databaseUrl, appUrl: app.url, backoffMs: BACKOFF_MS })
  child = spawn(process.execPath, ['--import', 'tsx', 'tests/fixtures/runner-process.ts', options], {
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.node.json' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the runner ended with ${code}`)))
  })
}

async function boot(make: (inngest: App['inngest']) => ReturnType<App['inngest']['createFunction']>[]): Promise<void> {
  app = await openApp()
  app.serve(make(app.inngest))
  databaseUrl = await databases.newDatabase()
  await start()
  expect((await fetch(app.url, { method: 'PUT' })).status).toBe(200)
}
const send = async (name: string, data: Record<string, unknown> = {}): Promise<string> =>
  (await app.inngest.send({ name, data })).ids[0] ?? ''

/** What PostgreSQL holds, read past the runner. */
const rows = (text: string): Promise<Record<string, unknown>[]> =>
  withClient(databaseUrl, async (client) => (await client.query<Record<string, unknown>>(text)).rows)

describe('after kill -9 and a restart', () => {
  it('a run that slept goes on, and each step has had its effect once', async () => {
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'sleeper', triggers: [{ event: 'go' }] }, async ({ step }) => {
        const a = await step.run('a', () => (ran.push('a'), 'kept'))
        await step.sleep('nap', '2s')
        await step.run('b', () => void ran.push('b'))
        return a
      }),
    ])
    const eventId = await send('go')
    await vi.waitFor(async () => expect(await rows(`select 1 from runner.steps where state = 'wait'`)).toHaveLength(1), 5_000)
    await kill()
    await start()
    expect(await endedRun(app, eventId)).toMatchObject({ status: 'Completed', output: 'kept' })
    expect(ran).toEqual(['a', 'b'])
  })

  it('a step that waited for its retry is tried again, with its attempts counted on', async () => {
    const attempts: number[] = []
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'retrier', triggers: [{ event: 'go' }], retries: 1 }, async ({ step, attempt }) => {
        await step.run('before', () => void ran.push('before'))
        return step.run('flaky', () => {
          attempts.push(attempt)
          if (attempts.length === 1) throw new Error('first')
          throw new Error('last')
        })
      }),
    ])
    const eventId = await send('go')
    await vi.waitFor(
      async () => expect(await rows(`select 1 from runner.jobs where kind = 'call' and attempt = 1 and leased_by is null`)).toHaveLength(1),
      5_000,
    )
    await kill()
    await start()
    expect(await endedRun(app, eventId)).toMatchObject({ status: 'Failed', output: { message: 'last' } })
    expect(attempts).toEqual([0, 1])
    expect(ran).toEqual(['before'])
  })

  it('a step whose answer was lost is asked for again; those before it are not', async () => {
    const ran: string[] = []
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await boot((inngest) => [
      inngest.createFunction({ id: 'cut', triggers: [{ event: 'go' }] }, async ({ step }) => {
        await step.run('a', () => void ran.push('a'))
        return step.run('b', async () => {
          ran.push('b')
          if (ran.filter((name) => name === 'b').length === 1) await held
          return 'done'
        })
      }),
    ])
    const eventId = await send('go')
    await vi.waitFor(() => expect(ran).toEqual(['a', 'b']), 5_000)
    await kill()
    await start()
    expect(await endedRun(app, eventId)).toMatchObject({ status: 'Completed', output: 'done' })
    release()
    expect(ran).toEqual(['a', 'b', 'b'])
  })

  it('events, waits, debounces, idempotency keys and invocations are as they were', async () => {
    const calm: unknown[] = []
    await boot((inngest) => {
      const child = inngest.createFunction({ id: 'child', triggers: [{ event: 'child' }] }, async ({ step }) => {
        await step.sleep('nap', '2s')
        return 'from the child'
      })
      return [
        child,
        inngest.createFunction({ id: 'waits', triggers: [{ event: 'go' }], idempotency: 'event.data.n' }, async ({ step }) => {
          const later = await step.waitForEvent('later', { event: 'later', match: 'data.n', timeout: '1h' })
          const told = (await step.invoke('child', { function: child, data: {} })) as unknown
          return { later: later?.data.text as unknown, told }
        }),
        inngest.createFunction(
          { id: 'calm', triggers: [{ event: 'changed' }], debounce: { period: '2s' } },
          ({ event }) => void calm.push(event.data.n),
        ),
      ]
    })
    const eventId = await send('go', { n: 1 })
    await send('changed', { n: 1 })
    await send('changed', { n: 2 })
    await vi.waitFor(async () => expect(await rows(`select 1 from runner.steps where event_name = 'later'`)).toHaveLength(1), 5_000)
    await kill()
    await start()
    expect(await runsOf(app, await send('go', { n: 1 }))).toEqual([])
    await send('later', { n: 1, text: 'hello' })
    await vi.waitFor(async () => expect(await rows(`select 1 from runner.runs where function_id = 'app-child'`)).toHaveLength(1), 5_000)
    await kill()
    await start()
    expect((await endedRun(app, eventId)).output).toEqual({ later: 'hello', told: 'from the child' })
    await vi.waitFor(() => expect(calm).toEqual([2]), 5_000)
  })

  it('ticks that were missed are made up for once', async () => {
    await boot((inngest) => [inngest.createFunction({ id: 'sweep', triggers: [{ cron: '0 0 1 1 *' }] }, () => 'swept')])
    await kill()
    await rows(`update runner.jobs set due_at = '2020-01-01' where kind = 'cron'`)
    await start()
    const runs = async (): Promise<RunRow[]> =>
      ((await (await fetch(`http://${HOST}:${app.runnerPort}/v1/runs`)).json()) as { data: RunRow[] }).data
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ function_id: 'app-sweep', status: 'Completed' }]), 5_000)
    const [next] = await rows(`select due_at from runner.jobs where kind = 'cron'`)
    expect(next?.due_at).toEqual(new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1)))
    expect(await runs()).toHaveLength(1)
  })

  it('a second runner on the same database is refused while the first lives', async () => {
    await boot(() => [])
    const { RunnerDatabase } = await import('./runner-database.server')
    await expect(RunnerDatabase.open(databaseUrl, 300)).rejects.toThrow('Another job runner works on this database.')
  })
})

describe('when PostgreSQL drops every connection', () => {
  it('the runner takes hold again and the run ends', async () => {
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'steady', triggers: [{ event: 'go' }] }, async ({ step }) => {
        await step.run('a', () => void ran.push('a'))
        await step.sleep('nap', '1s')
        await step.run('b', () => void ran.push('b'))
      }),
    ])
    const eventId = await send('go')
    await vi.waitFor(async () => expect(await rows(`select 1 from runner.steps where state = 'wait'`)).toHaveLength(1), 5_000)
    await rows('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
    expect((await endedRun(app, eventId)).status).toBe('Completed')
    expect(ran).toEqual(['a', 'b'])
    expect((await fetch(`http://${HOST}:${app.runnerPort}/health`)).status).toBe(200)
  })
})
