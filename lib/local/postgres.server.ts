import 'server-only'
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/lib/platform/app-error'
import { freePort } from './port.server'
import { findPostgres, type PostgresBinaries } from './postgres-binaries.server'
import { sqlState, withClient } from './postgres-client.server'
import { openPostgresFolder, type PostgresFolder } from './postgres-folder.server'
import { explainPostgres, type PostgresTrouble } from './postgres-trouble'
import { commandOf, endProcess, isAlive, until } from './process.server'

const USER = 'pulseroom'
const READY_MS = 120_000 // recovery after a kill or a power cut replays the log first

export interface PostgresOptions {
  /** The folder that holds everything; PostgreSQL's files go to `<dataDir>/postgres`. Only one start at a time may own it. */
  readonly dataDir: string
  /** Must be this port; without it a free one is chosen and kept. */
  readonly port?: number
  /** For tests only: speed instead of durability. */
  readonly throwAway?: boolean
}

export interface Postgres {
  /** The address of one database, password included: never logged. */
  url(database: string): string
  stop(): Promise<void>
  /** Settles when the server ends without `stop()`, with a sentence. */
  readonly crashed: Promise<AppError>
  readonly pid: number
  /** What the person should know about where files went. */
  readonly notes: readonly string[]
  readonly timings: { readonly initdbMs?: number; readonly startMs: number }
}

/**
 * Starts the real PostgreSQL that came from npm, on loopback only, with a password, data under `<dataDir>/postgres`. A server left over
 * from a start that was killed is stopped first, cleanly: its acknowledged rows are on disk.
 * @throws AppError with one sentence that says what to do: full disk, corrupt or foreign data, taken port, no binaries.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const folder = openPostgresFolder(options.dataDir)
  const binaries = findPostgres(folder.account)
  await stopOrphan(folder)

  const begin = performance.now()
  const fresh = !existsSync(folder.cluster)
  if (fresh) await initialise(folder, binaries, options.throwAway === true)
  const initialised = performance.now()
  const { child, port, logStart } = await launch(folder, binaries, options)

  let stopping = false
  const url = (database: string): string => `postgresql://${USER}:${folder.password}@127.0.0.1:${port}/${database}`
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const crashed = new Promise<AppError>((resolve) => {
    void ended.then(() => {
      if (!stopping) resolve(explainPostgres({ ...troubleOf(folder, logStart), ran: true }))
    })
  })
  const pid = child.pid ?? 0
  await checkPassword(url('postgres'), folder)
  return {
    url,
    crashed,
    pid,
    notes: [folder.note, binaries.note].filter((note) => note !== undefined),
    timings: { ...(fresh && { initdbMs: initialised - begin }), startMs: performance.now() - initialised },
    async stop() {
      stopping = true
      // INT: end transactions and write a checkpoint. QUIT: stop at once, recover at the next start.
      if (child.exitCode === null && child.signalCode === null) await endProcess(pid, ['SIGINT', 'SIGQUIT'], 15_000)
    },
  }
}

/** Into a folder beside and then renamed, so that an interrupted first start is not mistaken for corrupt data. */
async function initialise(folder: PostgresFolder, binaries: PostgresBinaries, throwAway: boolean): Promise<void> {
  const half = `${folder.cluster}.new`
  rmSync(half, { recursive: true, force: true })
  const collation = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] // the same on every machine
  const access = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${join(folder.path, 'password')}`]
  const args = ['-D', half, ...collation, ...access, '--no-instructions', ...(throwAway ? ['--no-sync'] : [])]
  const log = openSync(folder.log, 'w', 0o600)
  const child = spawn(binaries.initdb, args, { cwd: '/', env: environment(), stdio: ['ignore', log, log], ...folder.account })
  closeSync(log)
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve))
  if (code !== 0) {
    const trouble = troubleOf(folder, 0)
    rmSync(half, { recursive: true, force: true })
    throw explainPostgres(trouble)
  }
  renameSync(half, folder.cluster)
}

async function launch(folder: PostgresFolder, binaries: PostgresBinaries, options: PostgresOptions): Promise<{ child: ChildProcess; port: number; logStart: number }> {
  let port = options.port ?? (await keptPort(folder))
  const giveUpAt = performance.now() + 20_000
  for (;;) {
    const { child, logStart } = spawnServer(folder, binaries, port, options.throwAway === true)
    const failure = new Promise<Error>((resolve) => child.once('error', resolve))
    const ready = await Promise.race([failure, untilReady(child, folder)])
    if (ready === true) {
      writeFileSync(join(folder.path, 'port'), String(port), { mode: 0o600 })
      return { child, port, logStart }
    }
    if (ready instanceof Error) throw new AppError('unavailable', `PostgreSQL cannot be run here: ${ready.message}.`)
    const trouble = { ...troubleOf(folder, logStart), port }
    const error = explainPostgres(trouble)
    const portTaken = /Address already in use/.test(trouble.log)
    // The last processes of a server that was killed may hold its memory for a moment longer.
    const lingering = /pre-existing shared memory|lock file ".*" already exists/.test(trouble.log)
    if (performance.now() > giveUpAt || !(lingering || (portTaken && !options.port))) throw error
    if (portTaken) port = await freePort()
    else await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

function spawnServer(folder: PostgresFolder, binaries: PostgresBinaries, port: number, throwAway: boolean): { child: ChildProcess; logStart: number } {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '', // their paths have a length limit that deep folders break; loopback and a password do
    max_connections: 80,
    shared_buffers: '64MB',
    log_checkpoints: 'off', // the log is for people with a problem
    cluster_name: 'pulseroom',
    ...(throwAway && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const size = statSync(folder.log, { throwIfNoEntry: false })?.size ?? 0
  if (size > 5_000_000) renameSync(folder.log, `${folder.log}.1`)
  const log = openSync(folder.log, 'a', 0o600)
  // Its own process group: Ctrl-C in the terminal must not end it before the processes that use it.
  const options = { cwd: '/', env: environment(), detached: true, stdio: ['ignore', log, log] as const, ...folder.account }
  const child = spawn(binaries.postgres, ['-D', folder.cluster, ...args], { ...options, stdio: [...options.stdio] })
  closeSync(log)
  return { child, logStart: size > 5_000_000 ? 0 : size }
}

/** Nothing of ours: PGDATA and the like would be believed. macOS needs a locale, or refuses to start ("became multithreaded"). */
const environment = (): NodeJS.ProcessEnv => ({ NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C' })

/** True once postmaster.pid says `ready` for this very process; false when it ended first. */
async function untilReady(child: ChildProcess, folder: PostgresFolder): Promise<boolean> {
  const over = (): boolean => child.exitCode !== null || child.signalCode !== null
  const ready = (): boolean => {
    const owner = readOwner(folder)
    return owner?.pid === child.pid && owner?.ready === true
  }
  await until(() => over() || ready(), READY_MS)
  if (over() || ready()) return !over()
  await endProcess(child.pid ?? 0, ['SIGINT', 'SIGQUIT'], 5_000)
  return false
}

function readOwner(folder: PostgresFolder): { pid: number; ready: boolean } | undefined {
  const file = join(folder.cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), ready: lines[7]?.startsWith('ready') === true }
}

/** Ends a server that a killed start left behind on this very cluster, and clears the mark of one that is gone. */
async function stopOrphan(folder: PostgresFolder): Promise<void> {
  const owner = readOwner(folder)
  if (!owner) return
  const ours = owner.pid > 1 && isAlive(owner.pid) && commandOf(owner.pid).includes(`-D ${folder.cluster} `)
  if (ours && !(await endProcess(owner.pid, ['SIGINT', 'SIGQUIT'], 15_000))) {
    throw new AppError('conflict', `An earlier PostgreSQL (process ${owner.pid}) still holds ${folder.cluster} and does not stop: end that process, then start again.`)
  }
  rmSync(join(folder.cluster, 'postmaster.pid'), { force: true })
}

async function keptPort(folder: PostgresFolder): Promise<number> {
  const file = join(folder.path, 'port')
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  return Number.isInteger(kept) && kept > 1023 && kept < 65_536 ? kept : freePort()
}

async function checkPassword(url: string, folder: PostgresFolder): Promise<void> {
  try {
    await withClient(url, (client) => client.query('select 1'))
  } catch (error) {
    if (sqlState(error) !== '28P01') throw error
    throw new AppError('unavailable', `The database in ${folder.cluster} does not accept the password in ${folder.path}: put both back from the same copy.`)
  }
}

function troubleOf(folder: PostgresFolder, from: number): PostgresTrouble {
  const log = existsSync(folder.log) ? readFileSync(folder.log).subarray(from).subarray(-20_000).toString('utf8') : ''
  return { folder: folder.path, logFile: folder.log, log }
}
