import 'server-only'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Whether a process with this id runs; one that belongs to somebody else counts, one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  // An orphan's new parent may never reap it (a container whose first process is no init): dead, though its id is still taken.
  return !existsSync('/proc/self/stat') || !/^\d+ \(.*\) [ZX]/s.test(readOrEmpty(`/proc/${pid}/stat`))
}

/** The command line of a process, or `''`. Read before any kill: process ids are reused, and only what is verifiably ours may be ended. */
export function commandOf(pid: number): string {
  if (existsSync('/proc/self/cmdline')) return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Waits until `done` says so, asking every 25 ms; false when `timeoutMs` passed first. */
export async function until(done: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    if (await done()) return true
    if (performance.now() > giveUpAt) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Sends each signal in turn, `graceMs` apart, until the process is gone. Returns whether it is. */
export async function endProcess(pid: number, signals: readonly NodeJS.Signals[], graceMs: number): Promise<boolean> {
  for (const signal of signals) {
    try {
      process.kill(pid, signal)
    } catch {
      return !isAlive(pid)
    }
    if (await until(() => !isAlive(pid), graceMs)) return true
  }
  return false
}

function parentOf(pid: number): number {
  if (existsSync('/proc/self/stat')) return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readOrEmpty(`/proc/${pid}/stat`))?.[1] ?? 0)
  return Number(spawnSync('ps', ['-p', String(pid), '-o', 'ppid='], { encoding: 'utf8' }).stdout ?? 0)
}

/**
 * Calls once when one of the programs that only pass us on (npm, a shell for it, the script runner) is gone: whoever killed it meant us.
 * Nothing above them counts, so that a start outlives the terminal it was typed in when it was told to.
 */
export function whenLauncherDies(call: () => void): void {
  const launchers: number[] = []
  for (let pid = process.ppid; pid > 1 && /^npm |\bnpm-cli\b|\btsx\b/.test(commandOf(pid)); pid = parentOf(pid)) launchers.push(pid)
  if (launchers.length === 0) return
  const timer = setInterval(() => {
    if (launchers.every(isAlive)) return
    clearInterval(timer)
    call()
  }, 1_000)
  timer.unref()
}
