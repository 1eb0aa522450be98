import { withClient } from '@/lib/local/postgres-client.server'
import { pool } from '@/lib/platform/db.server'
import { startCluster } from '@/tests/database-cluster'
import { SETTINGS } from '@/tests/settings'
import { TEMPLATE } from '@/tests/database-template'

/** A PostgreSQL of our own for one run, durable as in production: a commit waits for the disk. Returns how to end it. */
export async function startWorld(): Promise<{ version: string; stop(): Promise<void> }> {
  const cluster = await startCluster({ throwAway: false })
  await withClient(cluster.server, (client) => client.query(`CREATE DATABASE bench TEMPLATE ${TEMPLATE}`))
  const address = new URL(cluster.server)
  address.pathname = '/bench'
  Object.assign(process.env, SETTINGS, { DATABASE_URL: address.href })
  const { rows } = await pool().query<{ server_version: string }>('SHOW server_version')
  return {
    version: rows[0]?.server_version ?? 'unknown',
    stop: async () => {
      await pool().end()
      await cluster.stop()
    },
  }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

/** One after the other. */
export async function times(count: number, work: (turn: number) => Promise<number>): Promise<number[]> {
  const all: number[] = []
  for (let turn = 0; turn < count; turn++) all.push(await work(turn))
  return all
}
