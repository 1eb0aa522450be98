import 'server-only'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { AppError } from '@/lib/platform/app-error'
import { until } from './process.server'
import { LEAVE_WITH_PARENT, NEXT, PARENT, ROOT } from './root.server'
import { lockData, type RunLock } from './run-lock.server'

/** What a build is made of. Tests, docs and this box are not. */
const SOURCES = ['app', 'components', 'inngest', 'lib', 'public', 'prisma/schema', 'instrumentation.ts', 'instrumentation-client.ts', 'proxy.ts', 'next.config.ts', 'package-lock.json', 'postcss.config.mjs', 'tsconfig.json']
const NOT_BUILT = /(\.test\.tsx?$)|(^lib\/local\/)/
const STAMP = join(ROOT, '.next', 'pulseroom-sources')

/** A digest of every source's name and content: the same sources, the same digest, on any machine. */
export function digestOfSources(root = ROOT): string {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '')
  for (const file of SOURCES.flatMap((source) => filesUnder(join(root, source))).sort()) {
    const name = relative(root, file)
    if (!NOT_BUILT.test(name)) hash.update(`\0${name}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Whether the last build was of other sources, or was not finished: the stamp goes first and is written last. */
export function buildIsDue(): boolean {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digestOfSources()
}

/**
 * `next build`, for whoever comes first of several starts in one checkout; the others wait for it. Ends soon when `signal` aborts.
 * @throws AppError with the end of what the build said.
 */
export async function build(signal: AbortSignal): Promise<void> {
  requireSpace(ROOT, 400)
  const lock = await lockBuild(signal)
  try {
    if (!buildIsDue()) return
    rmSync(STAMP, { force: true })
    const digest = digestOfSources()
    const env = { ...process.env, ...PARENT, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
    const child = spawn(process.execPath, [...LEAVE_WITH_PARENT, NEXT, 'build'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], signal })
    if (child.pid) lock.addChild(child.pid, NEXT)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-50_000)))
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    if (/ENOSPC|No space left/.test(output)) throw new AppError('unavailable', `The disk that holds ${ROOT} filled up during the build: free 500 MB, then start again.`)
    if (code !== 0) throw new AppError('unavailable', `The application could not be built:\n${stripVTControlCharacters(output).trim().split('\n').slice(-40).join('\n')}`)
    writeFileSync(STAMP, digest)
  } finally {
    lock.release()
  }
}

/** Not inside `.next`, which a build empties. */
async function lockBuild(signal: AbortSignal): Promise<RunLock> {
  let lock: RunLock | undefined
  const got = await until(async () => {
    signal.throwIfAborted()
    lock = await lockData(join(ROOT, 'node_modules', '.cache', 'pulseroom-build'), 'building').catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'conflict') return undefined
      throw error
    })
    return lock !== undefined
  }, 600_000)
  if (!got || !lock) throw new AppError('conflict', 'Another start has been building the application for ten minutes: stop it, then start again.')
  return lock
}

/** Better said before than by whoever meets the end of the disk first. */
export function requireSpace(folder: string, megabytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free < megabytes) throw new AppError('unavailable', `The disk that holds ${folder} is nearly full (${free} MB left, ${megabytes} MB needed): free some space, then start again.`)
}
