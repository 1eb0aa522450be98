import 'server-only'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/lib/platform/app-error'
import { sqlState, withClient } from './postgres-client.server'
import { ROOT } from './root.server'

/**
 * Brings the database to the newest migration, making it when it is not there; nothing when it already is. Returns what was applied.
 * @throws AppError with the words of the migration that failed.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const wanted = migrationNames()
  const applied = await appliedMigrations(databaseUrl)
  const missing = wanted.filter((name) => !applied.has(name))
  if (missing.length === 0) return []
  const { code, output } = await runPrisma(['migrate', 'deploy'], databaseUrl)
  if (code !== 0) throw new AppError('unavailable', `The database could not be brought up to date: ${output.trim().split('\n').slice(-6).join(' ')}`)
  return missing
}

const migrationNames = (): string[] =>
  readdirSync(join(ROOT, 'prisma', 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

/** Asked directly: the CLI takes seconds to say that there is nothing to do. */
async function appliedMigrations(databaseUrl: string): Promise<Set<string>> {
  try {
    const done = 'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null'
    const { rows } = await withClient(databaseUrl, (client) => client.query<{ name: string }>(done))
    return new Set(rows.map((row) => row.name))
  } catch (error) {
    if (sqlState(error) === '3D000' || sqlState(error) === '42P01') return new Set() // no such database, no such table: the first start
    throw error
  }
}

/** The standard CLI. Where no native schema engine is to be had, ours stands in for it: prisma/schema-engine.mjs. */
export async function runPrisma(args: readonly string[], databaseUrl: string): Promise<{ code: number; output: string }> {
  const engines = readdirSync(join(ROOT, 'node_modules', '@prisma', 'engines'))
  const native = process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? engines.find((name) => name.startsWith('schema-engine-'))
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATABASE_URL_UNPOOLED: databaseUrl,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1', // no word to Prisma about this machine
    ...(native === undefined && { PRISMA_SCHEMA_ENGINE_BINARY: join(ROOT, 'prisma', 'schema-engine.mjs') }),
  }
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', 'prisma', 'build', 'index.js'), ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-20_000)))
  const code = await new Promise<number>((resolve, reject) => child.once('error', reject).once('close', (exit) => resolve(exit ?? 1)))
  return { code, output }
}
