import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Postgres, startPostgres } from './postgres.server'
import { withClient } from './postgres-client.server'
import { isAlive, until } from './process.server'

const root = process.getuid?.() === 0
let parent = ''
let dataDir = ''
const running: Postgres[] = []
const children: ChildProcess[] = []
const start = async (options: { port?: number } = {}): Promise<Postgres> => {
  const postgres = await startPostgres({ dataDir, ...options })
  running.push(postgres)
  return postgres
}
const count = (postgres: Postgres): Promise<number> =>
  withClient(postgres.url('postgres'), async (client) => (await client.query<{ n: number }>('select count(*)::int as n from rows')).rows[0]?.n ?? -1)

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'pulseroom-door-'))
  chmodSync(parent, 0o711)
  dataDir = join(parent, '.data')
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const postgres of running.splice(0)) await postgres.stop()
  const link = lstatSync(join(dataDir, 'postgres'), { throwIfNoEntry: false })
  if (link?.isSymbolicLink() && existsSync(join(dataDir, 'postgres'))) rmSync(realpathSync(join(dataDir, 'postgres')), { recursive: true, force: true })
  rmSync(parent, { recursive: true, force: true })
})

/** Another process that starts PostgreSQL and writes; killed once `rows` of its rows were acknowledged. */
async function killInTheMiddle(rows: number): Promise<{ acknowledged: number; pid: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/write-rows.ts', dataDir], {
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.node.json' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  const last = (): number => Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1))
  expect(await until(() => last() >= rows, 60_000)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'close')
  return { acknowledged: last(), pid: Number(/pid (\d+)/.exec(output)?.[1]) }
}

describe('data', () => {
  it('is there again after a stop, on the port that was kept', async () => {
    const first = await start()
    expect(first.timings.initdbMs).toBeGreaterThan(0)
    await withClient(first.url('postgres'), (client) => client.query('create table rows as select generate_series(1, 10) as id'))
    await first.stop()
    expect(isAlive(first.pid)).toBe(false)
    const second = await start()
    expect(second.timings.initdbMs).toBeUndefined()
    expect(new URL(second.url('x')).port).toBe(new URL(first.url('x')).port)
    expect(await count(second)).toBe(10)
  })

  it('survives kill -9 of whoever started it: the server left over is found and ended, every acknowledged row is there', async () => {
    const { acknowledged, pid } = await killInTheMiddle(200)
    expect(isAlive(pid)).toBe(true)
    const postgres = await start()
    expect(isAlive(pid)).toBe(false)
    const rows = await count(postgres)
    expect(rows).toBeGreaterThanOrEqual(acknowledged)
    expect(rows).toBeLessThanOrEqual(acknowledged + 1)
  })

  it('survives kill -9 of the server too', async () => {
    const { acknowledged, pid } = await killInTheMiddle(200)
    process.kill(pid, 'SIGKILL')
    const postgres = await start()
    expect(await count(postgres)).toBeGreaterThanOrEqual(acknowledged)
  })

  it('is only for those who have the password, which only its owner can read', async () => {
    const postgres = await start()
    const url = new URL(postgres.url('postgres'))
    url.password = 'wrong'
    await expect(withClient(url.href, (client) => client.query('select 1'))).rejects.toMatchObject({ code: '28P01' })
    expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o077).toBe(0)
    const settings = await withClient(postgres.url('postgres'), (client) => client.query(`select name, setting from pg_settings where name in ('fsync', 'listen_addresses') order by name`))
    expect(settings.rows).toEqual([{ name: 'fsync', setting: 'on' }, { name: 'listen_addresses', setting: '127.0.0.1' }])
  })
})

describe('one clear sentence', () => {
  it('when its own end comes unasked', async () => {
    const postgres = await start()
    process.kill(postgres.pid, 'SIGQUIT')
    expect((await postgres.crashed).message).toMatch(/^PostgreSQL ended by itself .+: start again; what was saved is in /)
  })

  it('for a port that is taken, when it must be that one; without must, another is found', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await expect(start({ port })).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(new RegExp(`Port ${port} is taken by another program`)) })
    writeFileSync(join(dataDir, 'postgres', 'port'), String(port))
    const postgres = await start()
    expect(new URL(postgres.url('x')).port).not.toBe(String(port))
    other.close()
  })

  it('for data that is damaged, and it leaves the files as they are', async () => {
    await (await start()).stop()
    const control = join(dataDir, 'postgres', 'cluster', 'global', 'pg_control')
    writeFileSync(control, Buffer.alloc(8192, 7))
    await expect(start()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/does not start \(.+\): put a copy of that folder back, or move it away to start with an empty database/) })
    expect(readFileSync(control)).toEqual(Buffer.alloc(8192, 7))
    rmSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))
    await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('put a copy of that folder back') })
  })

  it('for a password that is gone or does not fit', async () => {
    await (await start()).stop()
    const file = join(dataDir, 'postgres', 'password')
    writeFileSync(file, 'another')
    await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('does not accept the password') })
    rmSync(file)
    await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('has lost its password file') })
  })

  it('for a link that leads nowhere', async () => {
    const elsewhere = join(parent, 'elsewhere')
    mkdirSync(dataDir, { mode: 0o711 })
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(dataDir, 'postgres'))
    rmSync(elsewhere, { recursive: true })
    await expect(start()).rejects.toMatchObject({ message: expect.stringContaining('which is gone: bring it back') })
  })
})

describe('a first start that was interrupted', () => {
  it('is begun again', async () => {
    mkdirSync(join(dataDir, 'postgres', 'cluster.new'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres', 'cluster.new', 'half'), 'made')
    chmodSync(dataDir, 0o711)
    const postgres = await start()
    expect(postgres.timings.initdbMs).toBeGreaterThan(0)
  })
})

describe('a folder that others cannot enter', () => {
  it('holds the files for an ordinary user; for root they are linked from /var/lib/pulseroom, and the start says so', async () => {
    chmodSync(parent, 0o700)
    const postgres = await start()
    const home = join(dataDir, 'postgres')
    expect(lstatSync(home).isSymbolicLink()).toBe(root)
    if (root) {
      expect(realpathSync(home)).toMatch(/^\/var\/lib\/pulseroom\/[0-9a-f]{16}$/)
      expect(postgres.notes).toContainEqual(expect.stringContaining(`PostgreSQL's files are in ${realpathSync(home)}, linked from ${home}`))
    } else {
      expect(postgres.notes).toEqual([])
    }
    expect(statSync(join(home, 'cluster')).uid).not.toBe(0)
    await withClient(postgres.url('postgres'), (client) => client.query('create table rows as select 1 as id'))
    await postgres.stop()
    expect(await count(await start())).toBe(1)
  })
})
