import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from './port.server'
import { endProcess, isAlive, until } from './process.server'

// The command itself, as a process of its own, up to the point where the application is started; the end-to-end tests go on from there.
let parent = ''
let dataDir = ''
let port = 0
const runs: Run[] = []
type Run = { child: ChildProcess; output(): string; ended: Promise<number | null> }

function run(words: string[] = ['--dev'], environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/local/start.ts', ...words], {
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.node.json', PORT: String(port), PULSEROOM_DATA: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()))
  const made = { child, output: () => output, ended: once(child, 'close').then(() => child.exitCode) }
  runs.push(made)
  return made
}
const says = (made: Run, words: RegExp): Promise<boolean> => until(() => words.test(made.output()), 60_000)
const children = (): number[] => {
  const kept: unknown = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8'))
  return [...JSON.stringify(kept).matchAll(/"pid":(\d+),"mark"/g)].map(([, pid]) => Number(pid))
}

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'pulseroom-start-'))
  chmodSync(parent, 0o711)
  dataDir = join(parent, '.data')
  port = await freePort()
})
afterEach(async () => {
  const left = existsSync(join(dataDir, 'run.json')) ? children() : []
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  for (const pid of left) await endProcess(pid, ['SIGTERM', 'SIGKILL'], 5_000)
  rmSync(parent, { recursive: true, force: true })
})

describe('Ctrl-C', () => {
  it('in the middle of a start ends everything that was started, and leaves the folder free', async () => {
    const first = run()
    expect(await says(first, /doors +\d/)).toBe(true)
    const started = children()
    expect(started.length).toBeGreaterThan(0)
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(started.filter(isAlive)).toEqual([])
    expect(readdirSync(dataDir).sort()).toEqual(['mail', 'postgres', 'secrets.json'])
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0)
  })

  it('at the very first moment does too', async () => {
    const first = run()
    expect(await until(() => existsSync(join(dataDir, 'postgres')), 60_000)).toBe(true)
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(existsSync(join(dataDir, 'run.json'))).toBe(false)
    expect(existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false)
  })
})

describe('one clear sentence, and nothing touched', () => {
  it('for a second copy: who runs, where, and what to do', async () => {
    const first = run()
    expect(await says(first, /doors +\d/)).toBe(true)
    const second = run()
    expect(await second.ended).toBe(1)
    expect(second.output()).toMatch(new RegExp(`already runs on ${dataDir} \\(process ${first.child.pid}, http://localhost:${port}\\): use that one, stop it`))
    expect(isAlive(first.child.pid ?? 0)).toBe(true)
    expect(children().every(isAlive)).toBe(true)
  })

  it('for a port that is taken, on either of the addresses that localhost may mean', async () => {
    for (const host of ['127.0.0.1', '::1']) {
      const other = createServer()
      other.listen(0, host)
      const listening = await Promise.race([once(other, 'listening').then(() => true), once(other, 'error').then(() => false)])
      if (!listening) continue // a machine without IPv6
      port = (other.address() as AddressInfo).port
      const made = run()
      expect(await made.ended).toBe(1)
      expect(made.output()).toContain(`Port ${port} is taken by another program: stop it, or choose another port: PORT=${port + 1} npm start`)
      expect(existsSync(join(dataDir, 'run.json'))).toBe(false)
      other.close()
    }
  })

  it('for damaged secrets and for a file where the folder should be', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'secrets.json'), '{"app": "x"')
    const damaged = run()
    expect(await damaged.ended).toBe(1)
    expect(damaged.output()).toContain('secrets.json is damaged: put it back from a copy')
    dataDir = join(dataDir, 'secrets.json')
    const inTheWay = run()
    expect(await inTheWay.ended).toBe(1)
    expect(inTheWay.output()).toMatch(/a file is in the way: move it/)
    expect(inTheWay.output()).not.toMatch(/\n +at /)
    dataDir = join(parent, '.data')
  })

  it('for words that are no options', async () => {
    const made = run(['--lann'])
    expect(await made.ended).toBe(1)
    expect(made.output()).toContain('"--lann" is not an option')
  })
})

describe('kill -9', () => {
  it('of the start leaves what the next start clears up', async () => {
    const first = run()
    expect(await says(first, /doors +\d/)).toBe(true)
    const started = children()
    first.child.kill('SIGKILL')
    await first.ended
    const second = run()
    expect(await says(second, /doors +\d/)).toBe(true)
    expect(second.output()).toMatch(/migrate +\S+ s +up to date/)
    expect(started.filter(isAlive)).toEqual([])
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })
})
