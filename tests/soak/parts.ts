import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CaughtMail, startMailDoor } from '@/lib/local/mail-door.server'
import { freePort } from '@/lib/local/port.server'
import { withClient } from '@/lib/local/postgres-client.server'
import { LEAVE_WITH_PARENT, PARENT } from '@/lib/local/root.server'
import { db, pool } from '@/lib/platform/db.server'
import { startCluster } from '@/tests/database-cluster'
import { TEMPLATE } from '@/tests/database-template'
import { SETTINGS } from '@/tests/settings'

type Part = 'server' | 'runner' | 'realtime'
const HOST = '127.0.0.1'
const MOST_STARTS = 20
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** The parts of the product as processes, with how to kill each and bring it back at the same address. */
export type Parts = {
  readonly url: string
  readonly runnerUrl: string
  readonly mails: readonly CaughtMail[]
  /** `kill -9`, and the same part again after `downMs`. */
  kill(part: Part, downMs: number): Promise<void>
  /** PostgreSQL goes down without a checkpoint, as in a power cut, and recovers. */
  crashDatabase(): Promise<void>
  stop(): Promise<void>
}

export async function startParts(): Promise<Parts> {
  const cluster = await startCluster({ throwAway: false })
  await withClient(cluster.server, (client) => client.query(`CREATE DATABASE soak TEMPLATE ${TEMPLATE}`))
  const address = new URL(cluster.server)
  address.pathname = '/soak'
  const mailFolder = mkdtempSync(join(tmpdir(), 'pulseroom-soak-'))
  const mails: CaughtMail[] = []
  const mail = await startMailDoor({ port: 0, host: HOST, folder: mailFolder, onMail: (caught) => void mails.push(caught) })
  const ports: Record<Part, number> = { server: await freePort(), runner: await freePort(), realtime: await freePort() }
  const settings = {
    ...SETTINGS,
    DATABASE_URL: address.href,
    PUSHER_PORT: String(ports.realtime),
    INNGEST_BASE_URL: `http://${HOST}:${ports.runner}`,
    MAIL_URL: `smtp://${HOST}:${mail.port}`,
  }
  Object.assign(process.env, settings)
  const url = `http://${HOST}:${ports.server}`
  const children = new Map<Part, ChildProcess>()

  const down = new Set<string>()
  /** What is down cannot be killed: on a slow machine faults would wait in line, and the part never be there. */
  async function unlessDown(name: string, work: () => Promise<void>): Promise<void> {
    if (down.has(name)) return
    down.add(name)
    await work().finally(() => down.delete(name))
  }
  async function start(part: Part): Promise<void> {
    const args = [...LEAVE_WITH_PARENT, '--import', 'tsx', 'tests/soak/process.ts', part, String(ports[part]), `${url}/api/inngest`]
    const env = { ...process.env, ...settings, ...PARENT, TSX_TSCONFIG_PATH: 'tsconfig.node.json' }
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    children.set(part, child)
    await new Promise<void>((ready, fail) => {
      child.stdout?.once('data', () => ready())
      child.once('exit', (code, signal) => fail(new Error(`The ${part} ended with ${signal ?? code}.`)))
    })
  }
  async function end(part: Part): Promise<void> {
    const child = children.get(part)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
  }
  await Promise.all((['server', 'runner', 'realtime'] as const).map(start))
  const synced = await fetch(`${url}/api/inngest`, { method: 'PUT' })
  if (!synced.ok) throw new Error(`The jobs could not be registered: ${synced.status}.`)

  return {
    ...{ url, runnerUrl: settings.INNGEST_BASE_URL, mails },
    kill: (part, downMs) =>
      unlessDown(part, async () => {
        await end(part)
        await wait(downMs)
        // As whoever watches over it does: a part that finds no database is started again.
        for (let tries = 1; ; tries++) {
          const failed = await start(part).then(() => null, (error: unknown) => error)
          if (failed === null) return
          if (tries === MOST_STARTS) throw failed
          await wait(500)
        }
      }),
    crashDatabase: () => unlessDown('database', () => cluster.crash()),
    async stop() {
      await Promise.all([...children.keys()].map(end))
      await mail.close()
      await db.$disconnect()
      await pool().end()
      await cluster.stop()
      rmSync(mailFolder, { recursive: true, force: true })
    },
  }
}
