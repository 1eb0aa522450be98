import 'server-only'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'
import { commandOf, endProcess, isAlive } from './process.server'

const Run = z.object({
  pid: z.number().int().positive(),
  address: z.string(),
  /** What this run started, so that the next one can clear up after a kill: `mark` is a piece of its command line. */
  children: z.array(z.object({ pid: z.number().int().positive(), mark: z.string().min(8) })),
})
type Run = z.infer<typeof Run>

export interface RunLock {
  addChild(pid: number, mark: string): void
  release(): void
}

/** Every program that may hold the lock has this in its command line. */
const OURS = /lib\/local\/(start|migrate)\.ts/

/**
 * One start at a time owns a data folder: `<dataDir>/run.json` names it. What a killed start left behind is ended first, if it is
 * verifiably that.
 * @throws AppError `conflict` naming the process and the address of the run that owns it.
 */
export async function lockData(dataDir: string, address: string): Promise<RunLock> {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const file = join(dataDir, 'run.json')
  const run: Run = { pid: process.pid, address, children: [] }
  for (let attempt = 0; !create(file, run); attempt++) {
    const text = read(file)
    const other = Run.safeParse(parse(text)).data
    // In a container the same small ids come back: our own and our parent's are never another run.
    const holds = other && other.pid !== process.pid && other.pid !== process.ppid && isAlive(other.pid) && OURS.test(commandOf(other.pid))
    if (holds || attempt === 5) throw taken(dataDir, other)
    const stale = `${file}.${process.pid}`
    try {
      renameSync(file, stale)
    } catch {
      continue // another start was faster; look again
    }
    if (read(stale) !== text) {
      renameSync(stale, file) // it had just become another start's
      continue
    }
    for (const child of other?.children ?? []) {
      if (isAlive(child.pid) && commandOf(child.pid).includes(child.mark)) await endProcess(child.pid, ['SIGTERM', 'SIGKILL'], 3_000)
    }
    rmSync(stale, { force: true })
  }
  return {
    addChild(pid, mark) {
      run.children.push({ pid, mark })
      writeFileSync(`${file}.new`, JSON.stringify(run), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
    release: () => rmSync(file, { force: true }),
  }
}

function taken(dataDir: string, other: Run | undefined): AppError {
  const who = other ? `process ${other.pid}, ${other.address}` : 'another start'
  const end = other ? `stop it (Ctrl-C there, or kill ${other.pid})` : 'stop it'
  return new AppError('conflict', `Pulseroom already runs on ${dataDir} (${who}): use that one, ${end}, or start a second on other data: PULSEROOM_DATA=.data2 PORT=3001 npm start`)
}

/** Written beside and linked into place: nobody ever reads half of it. */
function create(file: string, run: Run): boolean {
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, JSON.stringify(run), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
