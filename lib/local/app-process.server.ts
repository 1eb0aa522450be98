import 'server-only'
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { AppError } from '@/lib/platform/app-error'
import { endProcess, until } from './process.server'
import { LEAVE_WITH_PARENT, NEXT, PARENT, ROOT } from './root.server'

const READY_MS = 180_000 // `next dev` compiles on the first request
/** This many crashes within this time are not bad luck. */
const CRASHES = 5
const CRASH_WINDOW_MS = 60_000
/** Longer than the front door keeps an idle connection: one that Next closes just as a request is sent on it would be a 502. */
const KEEP_ALIVE = ['--keepAliveTimeout', '65000']

export interface AppProcessOptions {
  readonly dev: boolean
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
  /** What the application writes, line by line, without Next's own greeting. */
  onLine(line: string): void
  onStart(pid: number, mark: string): void
}

export interface AppProcess {
  /** Resolves once /api/health says that everything answers. @throws AppError saying which part does not. */
  ready(): Promise<void>
  /** Settles when it keeps crashing. */
  readonly failed: Promise<AppError>
  stop(): Promise<void>
}

/** Next as a child on loopback, started again when it crashes. */
export function startAppProcess(options: AppProcessOptions): AppProcess {
  let child: ChildProcess | undefined
  let stopping = false
  const crashes: number[] = []
  let fail: (error: AppError) => void = () => {}
  const failed = new Promise<AppError>((resolve) => (fail = resolve))
  let lastLines: string[] = []

  const run = (): void => {
    const args = [...LEAVE_WITH_PARENT, NEXT, options.dev ? 'dev' : 'start', '-H', '127.0.0.1', '-p', String(options.port), ...(options.dev ? [] : KEEP_ALIVE)]
    const env: NodeJS.ProcessEnv = { LOG_LEVEL: options.dev ? 'info' : 'warn', ...process.env, ...options.settings, ...PARENT, NODE_ENV: options.dev ? 'development' : 'production' }
    // Its own group: Ctrl-C in the terminal reaches us only, and we end things in order.
    const started = spawn(process.execPath, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child = started
    if (started.pid) options.onStart(started.pid, NEXT)
    for (const stream of [started.stdout, started.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        if (isGreeting(line)) return
        lastLines = [...lastLines, line].slice(-20)
        options.onLine(line)
      })
    }
    started.once('error', (error) => fail(new AppError('unavailable', `The application cannot be run: ${error.message}.`)))
    started.once('exit', (code, signal) => {
      if (stopping) return
      const nowMs = performance.now()
      crashes.push(nowMs)
      if (crashes.filter((at) => at > nowMs - CRASH_WINDOW_MS).length >= CRASHES) {
        fail(new AppError('unavailable', `The application ended ${CRASHES} times within a minute (${signal ?? `exit code ${code}`}). Its last words:\n${lastLines.join('\n')}`))
        return
      }
      options.onLine(`The application ended (${signal ?? `exit code ${code}`}); it starts again.`)
      setTimeout(() => {
        if (!stopping) run()
      }, Math.min(250 * 2 ** crashes.length, 4_000))
    })
  }
  run()

  return {
    failed,
    async ready() {
      let last = 'it does not answer'
      const ready = await until(async () => {
        if (crashes.length >= CRASHES) return true
        const response = await fetch(`http://127.0.0.1:${options.port}/api/health`, { signal: AbortSignal.timeout(60_000) }).catch(() => undefined)
        if (response) last = `it says ${(await response.text()).slice(0, 300)}`
        return response?.ok === true
      }, READY_MS)
      if (crashes.length >= CRASHES) throw await failed
      if (!ready) throw new AppError('unavailable', `The application did not become ready within ${READY_MS / 1_000} s: ${last}.`)
    },
    async stop() {
      stopping = true
      if (child?.pid && child.exitCode === null && child.signalCode === null) await endProcess(child.pid, ['SIGTERM', 'SIGKILL'], 4_000)
    },
  }
}

/** "▲ Next.js …", "- Local: …", "✓ Ready in …": the inner address would only mislead. */
const isGreeting = (line: string): boolean => /^\s*(▲ Next\.js|- (Local|Network|Environments|Experiments)|✓ (Starting|Ready|Running next\.config))|^(\s|\x1b\[\?25h)*$/.test(line)
