import 'server-only'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { now } from '@/lib/platform/clock'
import { listen, stopListening } from './listen.server'
import { answerRunnerApi } from './runner-api.server'
import { RunnerDatabase } from './runner-database.server'
import { nextTick, readFunction } from './runner-function.server'
import { RunnerLoop } from './runner-loop.server'
import type { FunctionConfig } from './runner-protocol'

export type RunnerOptions = {
  /** 0: any free port. */
  port: number
  /** A loopback address: whoever reaches the runner can start the app's jobs. */
  host: string
  databaseUrl: string
  /** Where the app serves the Inngest SDK, such as `http://127.0.0.1:3000/api/inngest`. */
  appUrl: string
  /** As in production: with it, requests to the app are signed and registrations must be. An even number of hex digits after `signkey-x-`. */
  signingKey?: string
  /** With it, only events sent with this key are taken. */
  eventKey?: string
  maxCalls?: number
  callTimeoutMs?: number
  /** ms to wait before the retry that follows attempt n (from 0). Default: 2 s, doubled each time, at most 1 h. */
  backoff?: (attempt: number) => number
}

export type Runner = {
  port: number
  /** Makes the app register its functions, and again until it does. @throws Error that names the function and option it cannot serve. */
  sync(withinMs?: number): Promise<void>
  close(): Promise<void>
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
const doubling = (attempt: number): number => Math.min(2_000 * 2 ** attempt, 3_600_000)

/**
 * The job runner: executes the app's Inngest functions by the Inngest SDK's HTTP protocol (4.24), durable in PostgreSQL. A product for one
 * machine: events, runs, step results, sleeps, waits and retries survive `kill -9`; a step whose answer was lost with the runner is asked
 * for again, so steps are idempotent. It waits for an app that is not up. Bounded: `maxCalls` requests at once (8), output 4 MB, history
 * 7 days. What it does not offer is refused at `sync`: see `runner-function.server.ts`. `GET /health` answers 200 while its database does.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  if (!LOOPBACK.includes(options.host)) throw new Error('The job runner listens on loopback only.')
  const database = await RunnerDatabase.open(options.databaseUrl)
  const functions = new Map<string, FunctionConfig>()
  const loop = new RunnerLoop({
    database,
    functions,
    appUrl: options.appUrl,
    signingKey: options.signingKey,
    maxCalls: options.maxCalls ?? 8,
    callTimeoutMs: options.callTimeoutMs ?? 300_000,
    backoff: options.backoff ?? doubling,
  })
  let registered = 0
  let refused: string | null = null

  /** The new functions replace the old; a tick that is still due stays due. */
  async function register(inputs: readonly unknown[]): Promise<void> {
    let configs: FunctionConfig[]
    try {
      configs = inputs.map(readFunction)
    } catch (error) {
      refused = error instanceof Error ? error.message : String(error)
      throw error
    }
    const ticks = configs.flatMap(({ id, triggers }) =>
      triggers.flatMap((trigger) => ('cron' in trigger ? [{ key: `cron:${id}:${trigger.cron}`, id, cron: trigger.cron }] : [])),
    )
    await database.change(async (transaction) => {
      await transaction.query('delete from runner.functions')
      for (const config of configs)
        await transaction.query('insert into runner.functions (id, config) values ($1, $2)', [config.id, JSON.stringify(config)])
      await transaction.query(`delete from runner.jobs where kind = 'cron' and not (key = any($1::text[]))`, [ticks.map(({ key }) => key)])
      for (const { key, id, cron } of ticks) {
        const at = nextTick(cron, now())
        if (at === null) continue
        await transaction.query(
          `insert into runner.jobs (kind, key, due_at, function_id, payload) values ('cron', $1, $2, $3, $4) on conflict (key) do nothing`,
          [key, new Date(at), id, JSON.stringify({ cron })],
        )
      }
    })
    functions.clear()
    for (const config of configs) functions.set(config.id, config)
    registered += 1
    loop.nudge()
  }

  async function sync(withinMs = 120_000): Promise<void> {
    const [before, untilMs] = [registered, now() + withinMs]
    refused = null
    for (;;) {
      const response = await fetch(options.appUrl, { method: 'PUT' }).catch(() => null)
      await response?.body?.cancel()
      if (registered > before) return
      if (refused !== null) throw new Error(refused)
      if (now() > untilMs)
        throw new Error(
          `The app did not register its jobs: ${response === null ? 'it does not answer' : `it answered ${response.status}`}.`,
        )
      await delay(250)
    }
  }

  try {
    for (const { config } of await database.read<{ config: unknown }>('select config from runner.functions')) {
      const known = readFunction(config)
      functions.set(known.id, known)
    }
    const api = { database, functions, register, eventKey: options.eventKey, signingKey: options.signingKey, nudge: () => loop.nudge() }
    const server = createServer((request, response) => {
      answerRunnerApi(api, request, response).catch(() => response.destroy())
    })
    server.requestTimeout = 30_000
    const port = await listen(server, options.port, options.host)
    await loop.start()
    return {
      port,
      sync,
      close: async () => {
        await stopListening(server)
        await loop.close(5_000)
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
