import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '@/lib/local/postgres.server'
import { withClient } from '@/lib/local/postgres-client.server'
import { commandOf, endProcess, isAlive } from '@/lib/local/process.server'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The throw-away cluster's own database; `tests/setup-database.ts` makes one for each test file beside it. */
    databaseServer: string
  }
}

import { TEMPLATE } from './database-template'
const PREFIX = 'pulseroom-test-'

/** For the tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster({ throwAway: true })
  project.provide('databaseServer', cluster.server)
  return cluster.stop
}

/**
 * One cluster a run, so that runs may go on side by side, gone with it; one migrated template database in it. `throwAway`: it need not
 * survive a crash, so its commits wait for no disk.
 */
export async function startCluster({ throwAway }: { throwAway: boolean }): Promise<{ server: string; crash(): Promise<void>; stop(): Promise<void> }> {
  await clearLeftovers()
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX))
  chmodSync(dataDir, 0o711) // as root, PostgreSQL runs as nobody and must get in
  writeFileSync(join(dataDir, 'owner'), String(process.pid))
  let postgres = await startPostgres({ dataDir, throwAway })
  await withClient(postgres.url('postgres'), (client) => client.query(`CREATE DATABASE ${TEMPLATE}`))
  // The same SQL that `prisma migrate deploy` runs; lib/local/migrate.door.test.ts proves that the two agree.
  await withClient(postgres.url(TEMPLATE), async (client) => {
    for (const folder of readdirSync('prisma/migrations').sort()) {
      if (!folder.endsWith('.toml')) await client.query(readFileSync(join('prisma/migrations', folder, 'migration.sql'), 'utf8'))
    }
  })
  return {
    server: postgres.url('postgres'),
    /** Down at once, without a checkpoint; and up again, recovered, at the same address. */
    crash: async () => {
      process.kill(postgres.pid, 'SIGQUIT')
      await postgres.crashed
      postgres = await startPostgres({ dataDir, throwAway })
    },
    stop: async () => {
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** A run that was killed could not tidy up after itself. */
async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name)
    try {
      if (isAlive(Number(readFileSync(join(dataDir, 'owner'), 'utf8')))) continue
      const pid = Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
      if (commandOf(pid).includes(dataDir)) await endProcess(pid, ['SIGQUIT'], 10_000)
    } catch {
      continue // half made, half removed, or another user's: not ours to judge
    }
    rmSync(dataDir, { recursive: true, force: true })
  }
}
