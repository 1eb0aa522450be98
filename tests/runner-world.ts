import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { type RequestListener, createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Inngest, type InngestFunction } from 'inngest'
import { serve } from 'inngest/node'
import { vi } from 'vitest'
import { listen, stopListening } from '@/lib/local/listen.server'
import { freePort } from '@/lib/local/port.server'
import { withClient } from '@/lib/local/postgres-client.server'
import { startPostgres } from '@/lib/local/postgres.server'

export const HOST = '127.0.0.1'
export type RunRow = { run_id: string; function_id: string; event_id: string; status: string; output: unknown }

export type DatabaseServer = { newDatabase(): Promise<string>; close(): Promise<void> }

/** A throw-away PostgreSQL with a fresh database for each test. */
export async function openDatabaseServer(): Promise<DatabaseServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pulseroom-runner-'))
  chmodSync(dataDir, 0o711)
  const postgres = await startPostgres({ dataDir, throwAway: true })
  let count = 0
  return {
    newDatabase: async () => {
      const name = `runner_${(count += 1)}`
      await withClient(postgres.url('postgres'), (client) => client.query(`create database ${name}`))
      return postgres.url(name)
    },
    close: async () => {
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type App = {
  url: string
  runnerPort: number
  inngest: Inngest
  serve(functions: readonly InngestFunction.Any[]): void
  /** Refuses connections until `open` is called, as an app that restarts does. */
  shut(): Promise<void>
  open(): Promise<void>
  close(): Promise<void>
}

/** An app as the vendor's SDK serves it, over real HTTP; the runner's port is chosen first, because the app must know it. */
export async function openApp(keys?: { eventKey: string; signingKey: string }): Promise<App> {
  const runnerPort = await freePort()
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  const base = { id: 'app', baseUrl: `http://${HOST}:${runnerPort}`, logger: silent }
  const inngest = new Inngest(keys === undefined ? { ...base, isDev: true } : { ...base, isDev: false, ...keys })
  let listener: RequestListener = (_, response) => response.writeHead(503).end()
  const create = () => createServer((request, response) => listener(request, response))
  let server = create()
  const port = await listen(server, 0, HOST)
  return {
    url: `http://${HOST}:${port}/api/inngest`,
    runnerPort,
    inngest,
    serve: (functions) => void (listener = serve({ client: inngest, functions, servePath: '/api/inngest' })),
    shut: () => stopListening(server),
    open: async () => {
      server = create()
      await listen(server, port, HOST)
    },
    close: () => stopListening(server),
  }
}

export async function runsOf(app: App, eventId: string): Promise<RunRow[]> {
  const response = await fetch(`http://${HOST}:${app.runnerPort}/v1/events/${eventId}/runs`)
  return ((await response.json()) as { data: RunRow[] }).data
}

/** The run that an event started, when it has ended. */
export async function endedRun(app: App, eventId: string, functionId?: string, timeout = 15_000): Promise<RunRow> {
  return vi.waitFor(
    async () => {
      const run = (await runsOf(app, eventId)).find((row) => functionId === undefined || row.function_id === functionId)
      if (run === undefined || run.status === 'Running') throw new Error(`still ${run?.status ?? 'not started'}`)
      return run
    },
    { timeout, interval: 30 },
  )
}
