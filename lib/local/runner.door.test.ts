import { type FailureEventArgs, type InngestFunction, NonRetriableError, RetryAfterError } from 'inngest'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type App, type DatabaseServer, HOST, type RunRow, endedRun, openApp, openDatabaseServer, runsOf } from '@/tests/runner-world'
import { type Runner, type RunnerOptions, startRunner } from './runner.server'

let databases: DatabaseServer
let app: App
let runner: Runner
const cleanUps: (() => Promise<void>)[] = []

beforeAll(async () => void (databases = await openDatabaseServer()))
afterAll(() => databases.close())
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

type Make = (inngest: App['inngest']) => InngestFunction.Any[]

async function boot(make: Make, options: Partial<RunnerOptions> = {}): Promise<void> {
  const keys = options.signingKey === undefined ? undefined : { signingKey: options.signingKey, eventKey: options.eventKey ?? '' }
  app = await openApp(keys)
  cleanUps.push(() => app.close())
  app.serve(make(app.inngest))
  const databaseUrl = await databases.newDatabase()
  runner = await startRunner({ port: app.runnerPort, host: HOST, databaseUrl, appUrl: app.url, backoff: () => 50, ...options })
  cleanUps.push(() => runner.close())
  await runner.sync()
}

async function send(name: string, data: Record<string, unknown> = {}, id?: string): Promise<string> {
  const { ids } = await app.inngest.send({ name, data, id })
  return ids[0] ?? ''
}
const outputOf = async (eventId: string): Promise<unknown> => (await endedRun(app, eventId)).output
const allRuns = async (): Promise<RunRow[]> =>
  ((await (await fetch(`http://${HOST}:${app.runnerPort}/v1/runs`)).json()) as { data: RunRow[] }).data

describe('steps', () => {
  it('run once each, in order, with what the one before gave', async () => {
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'steps', triggers: [{ event: 'go' }] }, async ({ event, step }) => {
        const a = await step.run('a', () => (ran.push('a'), Number(event.data.n) + 1))
        await step.sleep('rest', '1s')
        const b = await step.run('b', () => (ran.push('b'), a * 2))
        return { a, b }
      }),
    ])
    const startedAt = Date.now()
    expect(await outputOf(await send('go', { n: 4 }))).toEqual({ a: 5, b: 10 })
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000)
    expect(ran).toEqual(['a', 'b'])
  })

  it('run side by side, once each, with a race and a sleep between', async () => {
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'parallel', triggers: [{ event: 'go' }] }, async ({ step }) => {
        const work = (name: string): Promise<string> => step.run(name, () => (ran.push(name), name))
        const three = await Promise.all([work('a'), work('b'), step.sleep('nap', '1s').then(() => work('c'))])
        const first = await Promise.race([work('d'), step.sleep('slow', '2s').then(() => 'late')])
        return [...three, first]
      }),
    ])
    expect(await outputOf(await send('go'))).toEqual(['a', 'b', 'c', 'd'])
    expect(ran.sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('are retried until they succeed, each attempt counted, the others not run again', async () => {
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'flaky', triggers: [{ event: 'go' }], retries: 4 }, async ({ step }) => {
        await step.run('before', () => void ran.push('before'))
        return step.run('flaky', () => {
          ran.push('flaky')
          if (ran.filter((name) => name === 'flaky').length < 3) throw new Error('not yet')
          return 'ok'
        })
      }),
    ])
    expect(await outputOf(await send('go'))).toBe('ok')
    expect(ran).toEqual(['before', 'flaky', 'flaky', 'flaky'])
  })

  it('that fail for good can be caught; NonRetriableError is not retried; RetryAfterError says when', async () => {
    const ran: number[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'caught', triggers: [{ event: 'go' }], retries: 5 }, async ({ step }) => {
        const caught = await step
          .run('never', () => {
            throw new NonRetriableError('no such class')
          })
          .catch((error: unknown) => (error instanceof Error ? error.message : 'odd'))
        await step.run('later', () => {
          ran.push(Date.now())
          if (ran.length === 1) throw new RetryAfterError('busy', '1s')
        })
        return caught
      }),
    ])
    expect(await outputOf(await send('go'))).toBe('no such class')
    expect(ran).toHaveLength(2)
    expect((ran[1] ?? 0) - (ran[0] ?? 0)).toBeGreaterThanOrEqual(900)
  })
})

describe('functions', () => {
  it('that fail are retried as often as they say, then end as failed and onFailure hears of it', async () => {
    const attempts: number[] = []
    const failures: unknown[] = []
    await boot((inngest) => [
      inngest.createFunction(
        {
          id: 'failing',
          triggers: [{ event: 'go' }],
          retries: 2,
          onFailure: ({ event, error }: FailureEventArgs) =>
            void failures.push({ message: error.message, n: event.data.event.data.n, functionId: event.data.function_id }),
        },
        async ({ attempt }) => {
          attempts.push(attempt)
          throw new Error('broken')
        },
      ),
    ])
    const run = await endedRun(app, await send('go', { n: 7 }))
    expect(run).toMatchObject({ status: 'Failed', output: { message: 'broken' } })
    expect(attempts).toEqual([0, 1, 2])
    await vi.waitFor(() => expect(failures).toEqual([{ message: 'broken', n: 7, functionId: 'app-failing' }]), 5_000)
  })

  it('invoke each other, have the result or the error, and send events', async () => {
    await boot((inngest) => {
      const double = inngest.createFunction({ id: 'double', triggers: [{ event: 'double' }] }, ({ event }) => ({
        doubled: Number(event.data.n) * 2,
      }))
      const broken = inngest.createFunction({ id: 'broken', triggers: [{ event: 'break' }], retries: 0 }, () => {
        throw new Error('cannot')
      })
      const slow = inngest.createFunction({ id: 'slow', triggers: [{ event: 'slow' }] }, ({ step }) => step.sleep('long', '1h'))
      const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'odd')
      return [
        double,
        broken,
        slow,
        inngest.createFunction({ id: 'caller', triggers: [{ event: 'go' }] }, async ({ step }) => {
          const result = (await step.invoke('double', { function: double, data: { n: 21 } })) as unknown
          const error = await step.invoke('break', { function: broken, data: {} }).catch(messageOf)
          const late = await step.invoke('slow', { function: slow, data: {}, timeout: '1s' }).catch(messageOf)
          const { ids } = await step.sendEvent('tell', { name: 'told', data: {} })
          return { result, error, late, sent: ids.length }
        }),
        inngest.createFunction({ id: 'listener', triggers: [{ event: 'told' }] }, () => 'heard'),
      ]
    })
    expect(await outputOf(await send('go'))).toEqual({
      result: { doubled: 42 },
      error: 'cannot',
      late: expect.stringContaining('in time') as unknown,
      sent: 1,
    })
    await vi.waitFor(
      async () => expect((await allRuns()).find(({ function_id: id }) => id === 'app-listener')?.output).toBe('heard'),
      5_000,
    )
  })

  it('wait for an event that matches, or for the time to run out', async () => {
    await boot((inngest) => [
      inngest.createFunction({ id: 'waits', triggers: [{ event: 'ordered' }] }, async ({ step }) => {
        const paid = await step.waitForEvent('paid', {
          event: 'paid',
          if: 'async.data.order == event.data.order && async.data.amount >= 10',
          timeout: '1h',
        })
        const never = await step.waitForEvent('never', { event: 'shipped', match: 'data.order', timeout: '1s' })
        return { amount: paid?.data.amount as unknown, never }
      }),
    ])
    const eventId = await send('ordered', { order: 'o-1' })
    const waits = async (): Promise<void> => expect((await runsOf(app, eventId))[0]?.status).toBe('Running')
    await vi.waitFor(waits)
    // wait until the runner has written the wait down: an event before that is not for it, as in production
    await vi.waitFor(async () => {
      await send('paid', { order: 'o-2', amount: 99 })
      await send('paid', { order: 'o-1', amount: 5 })
      await send('paid', { order: 'o-1', amount: 12 })
      expect((await endedRun(app, eventId, undefined, 2_500)).output).toEqual({ amount: 12, never: null })
    }, 15_000)
  })

  it('are chosen by the trigger’s expression and by a name’s beginning', async () => {
    await boot((inngest) => [
      inngest.createFunction({ id: 'big', triggers: [{ event: 'class/ended', if: 'event.data.members > 10' }] }, () => 'big'),
      inngest.createFunction({ id: 'any', triggers: [{ event: 'class/*' }] }, () => 'any'),
    ])
    const small = await send('class/ended', { members: 3 })
    const large = await send('class/ended', { members: 30 })
    await endedRun(app, large, 'app-big')
    await endedRun(app, small, 'app-any')
    expect((await runsOf(app, small)).map(({ function_id: id }) => id)).toEqual(['app-any'])
    expect((await runsOf(app, large)).map(({ function_id: id }) => id).sort()).toEqual(['app-any', 'app-big'])
  })

  it('tick by cron', async () => {
    const ticks: number[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'sweep', triggers: [{ cron: '* * * * * *' }] }, () => void ticks.push(Date.now())),
    ])
    await vi.waitFor(() => expect(ticks.length).toBeGreaterThanOrEqual(2), 5_000)
    expect((ticks[1] ?? 0) - (ticks[0] ?? 0)).toBeGreaterThan(500)
    expect((await allRuns()).every(({ function_id: id }) => id === 'app-sweep')).toBe(true)
  })
})

describe('flow control', () => {
  it('takes an event id once and an idempotency key once', async () => {
    const seen: unknown[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'every', triggers: [{ event: 'go' }] }, ({ event }) => void seen.push(event.id)),
      inngest.createFunction(
        { id: 'once', triggers: [{ event: 'go' }], idempotency: 'event.data.classId' },
        ({ event }) => void seen.push(event.data.classId),
      ),
    ])
    await send('go', { classId: 'c-1' }, 'evt-1')
    await send('go', { classId: 'c-1' }, 'evt-1')
    await send('go', { classId: 'c-1' }, 'evt-2')
    await send('go', {}, 'evt-3') // the key cannot be read: the event still counts
    const last = await send('go', { classId: 'c-2' }, 'evt-4')
    await endedRun(app, last, 'app-once')
    await vi.waitFor(() => expect(seen.map(String).sort()).toEqual(['c-1', 'c-2', 'evt-1', 'evt-2', 'evt-3', 'evt-4', 'undefined']))
  })

  it('starts a debounced function once, with the last event, and not later than its timeout', async () => {
    const seen: unknown[] = []
    await boot((inngest) => [
      inngest.createFunction(
        { id: 'calm', triggers: [{ event: 'changed' }], debounce: { period: '1s', key: 'event.data.who' } },
        ({ event }) => void seen.push(event.data),
      ),
      inngest.createFunction(
        { id: 'bounded', triggers: [{ event: 'typed' }], debounce: { period: '1s', timeout: '2s' } },
        () => void seen.push('bounded'),
      ),
    ])
    for (const n of [1, 2, 3]) await send('changed', { who: 'ann', n })
    await send('changed', { who: 'bob', n: 4 })
    const startedAt = Date.now()
    await vi.waitFor(
      async () => {
        await send('typed')
        expect(seen).toContain('bounded')
      },
      { timeout: 10_000, interval: 200 },
    )
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_900)
    expect(seen).toEqual(expect.arrayContaining([{ who: 'ann', n: 3 }, { who: 'bob', n: 4 }, 'bounded']))
    expect(seen.filter((item) => item !== 'bounded')).toHaveLength(2)
  })

  it('keeps to a concurrency limit for each key, and starves no other function', async () => {
    const running = new Map<string, number>()
    const most = new Map<string, number>()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await boot(
      (inngest) => [
        inngest.createFunction(
          { id: 'limited', triggers: [{ event: 'go' }], concurrency: { limit: 1, key: 'event.data.who' } },
          async ({ event }) => {
            const who = String(event.data.who)
            running.set(who, (running.get(who) ?? 0) + 1)
            most.set(who, Math.max(most.get(who) ?? 0, running.get(who) ?? 0))
            await held
            running.set(who, (running.get(who) ?? 0) - 1)
          },
        ),
        inngest.createFunction({ id: 'free', triggers: [{ event: 'other' }] }, () => 'ran'),
      ],
      { maxCalls: 3 },
    )
    const events = []
    for (const who of ['ann', 'ann', 'ann', 'ann', 'bob', 'bob']) events.push(await send('go', { who }))
    await vi.waitFor(() =>
      expect([...running]).toEqual([
        ['ann', 1],
        ['bob', 1],
      ]),
    )
    // two of three places are held, four calls wait behind their limit, and this one passes
    expect(await outputOf(await send('other'))).toBe('ran')
    release()
    for (const event of events) await endedRun(app, event)
    expect([...most]).toEqual([
      ['ann', 1],
      ['bob', 1],
    ])
  })

  it('cancels runs by an event that matches, and what they were to do is gone', async () => {
    const ran: string[] = []
    await boot((inngest) => [
      inngest.createFunction(
        { id: 'reminder', triggers: [{ event: 'booked' }], cancelOn: [{ event: 'unbooked', match: 'data.seat' }] },
        async ({ event, step }) => {
          await step.sleep('until', '1s')
          await step.run('remind', () => void ran.push(String(event.data.seat)))
        },
      ),
    ])
    const [first, second] = [await send('booked', { seat: 1 }), await send('booked', { seat: 2 })]
    await send('unbooked', { seat: 1 })
    expect((await endedRun(app, first)).status).toBe('Cancelled')
    expect((await endedRun(app, second)).status).toBe('Completed')
    expect(ran).toEqual(['2'])
  })
})

describe('the runner', () => {
  it('waits for an app that restarts, at the cost of no attempt', async () => {
    const attempts: number[] = []
    await boot((inngest) => [
      inngest.createFunction({ id: 'patient', triggers: [{ event: 'go' }], retries: 0 }, ({ attempt }) => void attempts.push(attempt)),
    ])
    await app.shut()
    const eventId = await send('go')
    await vi.waitFor(async () => expect(await runsOf(app, eventId)).toHaveLength(1))
    await app.open()
    expect((await endedRun(app, eventId)).status).toBe('Completed')
    expect(attempts).toEqual([0])
  })

  it('refuses by name what it does not offer, and keeps what it had', async () => {
    await boot((inngest) => [inngest.createFunction({ id: 'good', triggers: [{ event: 'go' }] }, () => 'good')])
    const never = (): void => undefined
    const refusals: [string, (inngest: App['inngest']) => InngestFunction.Any][] = [
      [
        'app-f cannot be registered: the option `throttle` is not supported',
        (inngest) => inngest.createFunction({ id: 'f', triggers: [], throttle: { limit: 1, period: '1m' } }, never),
      ],
      ['`rateLimit`', (inngest) => inngest.createFunction({ id: 'f', triggers: [], rateLimit: { limit: 1, period: '1m' } }, never)],
      ['`batchEvents`', (inngest) => inngest.createFunction({ id: 'f', triggers: [], batchEvents: { maxSize: 5, timeout: '5s' } }, never)],
      ['`singleton`', (inngest) => inngest.createFunction({ id: 'f', triggers: [], singleton: { mode: 'skip' } }, never)],
      ['`priority`', (inngest) => inngest.createFunction({ id: 'f', triggers: [], priority: { run: '100' } }, never)],
      ['`timeouts`', (inngest) => inngest.createFunction({ id: 'f', triggers: [], timeouts: { finish: '1h' } }, never)],
      [
        'scope `env`',
        (inngest) => inngest.createFunction({ id: 'f', triggers: [], concurrency: { limit: 1, scope: 'env', key: '"all"' } }, never),
      ],
      ['is not a CEL expression', (inngest) => inngest.createFunction({ id: 'f', triggers: [], idempotency: 'event.data.' }, never)],
      ['is not a cron pattern', (inngest) => inngest.createFunction({ id: 'f', triggers: [{ cron: 'every day' }] }, never)],
    ]
    for (const [words, make] of refusals) {
      app.serve([make(app.inngest)])
      await expect(runner.sync()).rejects.toThrow(words)
    }
    const { functions } = (await (await fetch(`http://${HOST}:${app.runnerPort}/dev`)).json()) as { functions: { id: string }[] }
    expect(functions.map(({ id }) => id)).toEqual(['app-good'])
  })

  it('is alone on its database, listens on loopback only, and answers for its health', async () => {
    await boot(() => [])
    expect((await fetch(`http://${HOST}:${app.runnerPort}/health`)).status).toBe(200)
    await expect(startRunner({ port: 0, host: '0.0.0.0', databaseUrl: 'postgresql://nowhere', appUrl: app.url })).rejects.toThrow(
      'loopback',
    )
  })

  it('refuses events that are none', async () => {
    await boot(() => [])
    const post = async (body: string): Promise<number> =>
      (await fetch(`http://${HOST}:${app.runnerPort}/e/key`, { method: 'POST', body })).status
    expect(await post('{')).toBe(400)
    expect(await post('[{"data":{}}]')).toBe(400)
    expect(await post('{"name":"inngest/function.failed","data":{}}')).toBe(400)
    expect(await post(`{"name":"go","data":{"text":"${'x'.repeat(3_200_000)}"}}`)).toBe(413)
    expect(await post('{"name":"go","data":{"text":"a\\u0000b"}}')).toBe(200)
    expect((await fetch(`http://${HOST}:${app.runnerPort}/v1/runs/none`)).status).toBe(404)
  })

  it('signs its requests and takes only signed registrations, as production does', async () => {
    const keys = { signingKey: 'signkey-test-0123456789abcdef0123456789abcdef', eventKey: 'event-key' }
    await boot(
      (inngest) => [inngest.createFunction({ id: 'signed', triggers: [{ event: 'go' }] }, ({ step }) => step.run('a', () => 'known'))],
      keys,
    )
    const eventId = await send('go', { 'key ü': [1, { b: 2, a: 1 }] })
    const url = `http://${HOST}:${app.runnerPort}`
    const headers = { authorization: `Bearer ${keys.signingKey}` }
    await vi.waitFor(async () => {
      const { data } = (await (await fetch(`${url}/v1/events/${eventId}/runs`, { headers })).json()) as { data: RunRow[] }
      expect(data[0]).toMatchObject({ status: 'Completed', output: 'known' })
    }, 5_000)
    expect((await fetch(`${url}/v1/runs`)).status).toBe(401)
    expect((await fetch(`${url}/fn/register`, { method: 'POST', body: '{"functions":[]}' })).status).toBe(401)
    expect((await fetch(`${url}/e/guess`, { method: 'POST', body: '{"name":"go"}' })).status).toBe(401)
    expect(
      (await fetch(`${app.url}?fnId=app-signed&stepId=step`, { method: 'POST', body: '{"event":{},"events":[],"steps":{},"ctx":{}}' }))
        .status,
    ).toBe(401)
  })
})
