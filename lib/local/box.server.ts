import 'server-only'
import { join } from 'node:path'
import { db, pool } from '@/lib/platform/db.server'
import { lanAddresses, lanNames } from './addresses.server'
import { startAppProcess } from './app-process.server'
import { build, buildIsDue, requireSpace } from './build.server'
import { keepCertificate } from './certificate.server'
import { startFrontDoor } from './front-door.server'
import { type CaughtMail, startMailDoor } from './mail-door.server'
import { migrate } from './migrate.server'
import { portAnswers, reservePort } from './port.server'
import { startPostgres } from './postgres.server'
import { startRealtimeDoor } from './realtime.server'
import { startRedisDoor } from './redis.server'
import { lockData } from './run-lock.server'
import { startRunner } from './runner.server'
import { keepSecrets } from './secrets.server'
import { demoSignInLink, seedDemoTrainer } from './seed.server'
import { REALTIME_APP_ID, settingsOf, signingKey } from './settings'
import type { StartOptions } from './start-options'
import { portTaken } from './start-trouble'

const host = '127.0.0.1'

/** What is told while it starts; `step` measures and prints one line. */
export interface Teller {
  step<T>(name: string, work: () => Promise<T>, words?: (result: T) => string): Promise<T>
  note(text: string): void
  mail(mail: CaughtMail): void
  line(text: string): void
}

export interface Box {
  readonly origin: string
  readonly signInLink: string | undefined
  /** Set when other devices can come in over our own certificate. */
  readonly lan?: { readonly freshCertificate: boolean; readonly addresses: readonly string[] }
  /** Settles when something that cannot be brought back has ended. */
  readonly failed: Promise<Error>
}

/**
 * Boots every door, builds and starts the application. Each thing that started is handed to `opened`, with how to stop it, in reverse order,
 * so that a start that fails leaves nothing behind. After `signal` aborts it begins nothing new and rejects soon: stop then.
 */
export async function openBox(options: StartOptions, tell: Teller, opened: (stop: () => Promise<unknown>) => void, signal: AbortSignal): Promise<Box> {
  const { dataDir } = options
  const step: Teller['step'] = (name, work, words) => {
    signal.throwIfAborted()
    return tell.step(name, work, words)
  }
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  aborted.catch(() => {}) // most starts are never aborted, and most aborts come when nobody waits here
  const addresses = options.lan ? lanAddresses() : []
  const own = options.lan ? `https://${addresses[0] ?? lanNames().at(-1)}` : 'http://localhost'
  const origin = options.url ?? `${own}:${options.port}`

  const lock = await lockData(dataDir, origin)
  opened(async () => lock.release())
  requireSpace(dataDir, 150)
  const secrets = keepSecrets(dataDir)

  // A browser asks ::1 for localhost too, and would find the other program.
  if (await portAnswers(options.port, '::1')) throw portTaken(options.port)
  // The port is taken before the slow part, so that a taken one is known at once; until the application answers, it says so.
  const [{ port: appPort, release: releaseAppPort }, realtime] = await Promise.all([reservePort(), startRealtimeDoor({ port: 0, host, appId: REALTIME_APP_ID, key: secrets.realtimeKey, secret: secrets.realtime })])
  opened(() => realtime.close())
  opened(() => releaseAppPort())
  const certificate = options.lan ? await keepCertificate(join(dataDir, 'certificate'), [...lanNames(), host, ...addresses]) : undefined
  const front = await startFrontDoor({
    port: options.port,
    host: options.lan ? '0.0.0.0' : host,
    app: { host, port: appPort },
    realtime: { host, port: realtime.port },
    ...(certificate && { certificate }),
    ...(options.url !== undefined && { behind: options.url }),
  })

  const postgres = await step('database', () => startPostgres({ dataDir }), ({ timings }) => (timings.initdbMs === undefined ? '' : `initdb ${seconds(timings.initdbMs)}, start ${seconds(timings.startMs)}`))
  opened(() => postgres.stop())
  lock.addChild(postgres.pid, 'native/bin/postgres')
  for (const note of postgres.notes) tell.note(note)
  const databaseUrl = postgres.url('pulseroom')
  await step('migrate', () => migrate(databaseUrl), (applied) => (applied.length > 0 ? `${applied.length} applied` : 'up to date'))

  const { redis, mail, runner } = await step('doors', async () => {
    const redis = await startRedisDoor({ port: 0, host, token: secrets.redis })
    opened(() => redis.close())
    const mail = await startMailDoor({ port: 0, host, folder: join(dataDir, 'mail'), onMail: tell.mail })
    opened(() => mail.close())
    const runner = await startRunner({ port: 0, host, databaseUrl, appUrl: `http://${host}:${appPort}/api/inngest`, eventKey: secrets.jobEvents, signingKey: signingKey(secrets) })
    opened(() => runner.close())
    return { redis, mail, runner }
  })
  const settings = settingsOf(origin, secrets, { databaseUrl, realtimePort: realtime.port, redisPort: redis.port, runnerPort: runner.port, mailPort: mail.port })

  if (!options.dev && buildIsDue()) await step('build', () => build(signal), () => 'done again only when the code changes')
  // Only now: while the database starts and the code is built, nobody else may take the port.
  await releaseAppPort()
  const app = startAppProcess({ dev: options.dev, port: appPort, settings, onLine: tell.line, onStart: (pid, mark) => lock.addChild(pid, mark) })
  opened(() => app.stop())
  opened(() => front.close()) // last here, first to stop: nobody new comes in
  await step('app', () => Promise.race([app.ready(), aborted]))
  await step('jobs', () => Promise.race([runner.sync(), aborted]))

  Object.assign(process.env, settings)
  await seedDemoTrainer()
  const signInLink = await demoSignInLink()
  await db.$disconnect()
  await pool().end()
  return {
    origin,
    signInLink,
    ...(certificate && { lan: { freshCertificate: certificate.fresh, addresses } }),
    failed: Promise.race([app.failed, postgres.crashed]),
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
