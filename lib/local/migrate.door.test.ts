import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, runPrisma } from './migrate.server'
import { type Postgres, startPostgres } from './postgres.server'
import { withClient } from './postgres-client.server'

const dataDir = mkdtempSync(join(tmpdir(), 'pulseroom-door-'))
const names = readdirSync('prisma/migrations').filter((name) => !name.endsWith('.toml')).sort()
let postgres: Postgres

beforeAll(async () => {
  chmodSync(dataDir, 0o711)
  postgres = await startPostgres({ dataDir, throwAway: true })
})
afterAll(async () => {
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Everything the migrations make, as text, whoever made it. */
const shapeOf = (database: string): Promise<string[]> =>
  withClient(postgres.url(database), async (client) => {
    const { rows } = await client.query<{ line: string }>(`
      select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as line
        from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'
      union all select format('%s %s', conname, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = 'public'::regnamespace and conrelid::regclass::text <> '_prisma_migrations'
      union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> '_prisma_migrations'
      order by 1`)
    return rows.map((row) => row.line)
  })

describe('migrate', () => {
  it('makes the database, applies every migration in order, and has nothing to do the next time', async () => {
    expect(await migrate(postgres.url('fresh'))).toEqual(names)
    expect(await migrate(postgres.url('fresh'))).toEqual([])
    const { code, output } = await runPrisma(['migrate', 'status'], postgres.url('fresh'))
    expect(output).toContain('Database schema is up to date')
    expect(code).toBe(0)
  })

  it('leads to the schema, with no drift', async () => {
    const { code, output } = await runPrisma(['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema', '--exit-code'], postgres.url('fresh'))
    expect(output).toContain('No difference detected')
    expect(code).toBe(0)
  })

  it('agrees with the plain SQL that the tests\' template is made of', async () => {
    await withClient(postgres.url('postgres'), (client) => client.query('CREATE DATABASE plain'))
    await withClient(postgres.url('plain'), async (client) => {
      for (const name of names) await client.query(readFileSync(join('prisma/migrations', name, 'migration.sql'), 'utf8'))
    })
    const shape = await shapeOf('fresh')
    expect(shape.length).toBeGreaterThan(100)
    expect(await shapeOf('plain')).toEqual(shape)
  })

  it('says in the database\'s own words why a migration cannot be applied', async () => {
    await withClient(postgres.url('postgres'), (client) => client.query('CREATE DATABASE occupied'))
    await withClient(postgres.url('occupied'), (client) => client.query('CREATE TABLE people (id int)'))
    await expect(migrate(postgres.url('occupied'))).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/could not be brought up to date.*P3005|not empty/s) })
  })
})
