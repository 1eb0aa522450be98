#!/usr/bin/env node
// Stands where the Prisma CLI expects its native `schema-engine`, which it would download from a host that may be out of reach: the same
// arguments and the same JSON-RPC over stdio, answered by Prisma's own WebAssembly build of that engine and the pg driver.
// Set PRISMA_SCHEMA_ENGINE_BINARY to this file; lib/local/migrate.server.ts does. Migrations and their table are the standard ones.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'

const { command, datamodels, datasource } = readArguments(process.argv.slice(2))
if (command === 'version') {
  process.stdout.write('schema-engine-wasm\n')
  process.exit(0)
}
if (command) await answerCommand(command)
else await answerCalls()
process.exit(0)

/** @param {string[]} argv */
function readArguments(argv) {
  const found = { command: '', datamodels: /** @type {string[]} */ ([]), datasource: /** @type {{ url?: string, shadowDatabaseUrl?: string }} */ ({}) }
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--version' || argv[i] === '-V') found.command = 'version'
    else if (argv[i] === '--datamodels' || argv[i] === '-d') found.datamodels.push(argv[++i] ?? '')
    else if (argv[i] === '--datasource') found.datasource = JSON.parse(argv[++i] ?? '{}')
    else if (argv[i] === 'cli') found.command = argv[++i] ?? ''
  }
  return found
}

/** The database's address without Prisma's own parameters, and the schema they name. */
function target() {
  const url = new URL(datasource.url ?? 'postgresql://unset/unset')
  const schema = url.searchParams.get('schema') ?? undefined
  url.search = ''
  return { url, schema }
}

/** @param {URL} base @param {string} database */
function inDatabase(base, database) {
  const url = new URL(base)
  url.pathname = `/${database}`
  return url.href
}

/** @param {string} connectionString @param {string} [sql] */
async function runOnce(connectionString, sql) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  if (sql) await client.query(sql)
  await client.end()
}

/** `can-connect-to-database` and `create-database`: the exit code and one JSON line on stderr are the answer. */
async function answerCommand(/** @type {string} */ name) {
  // The CLI finds an error only behind an earlier line.
  process.stderr.write(`${JSON.stringify({ level: 'INFO', fields: { message: name }, target: 'schema_engine' })}\n`)
  const { url } = target()
  const database = decodeURIComponent(url.pathname.slice(1))
  try {
    if (name === 'can-connect-to-database') await runOnce(url.href)
    else if (name === 'create-database') await runOnce(inDatabase(url, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(database)}`)
    else throw new Error(`unknown command ${name}`)
  } catch (error) {
    const missing = error.code === '3D000'
    const message = missing ? `Database \`${database}\` does not exist` : `Can't reach database server at \`${url.host}\`: ${error.message}`
    const fields = { message, error_code: missing ? 'P1003' : 'P1001' }
    process.stderr.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine::logger' })}\n`)
    process.exit(1)
  }
}

async function answerCalls() {
  const shadows = /** @type {{ name: string, pool: pg.Pool }[]} */ ([])
  const engine = await loadEngine(shadows)
  const send = (/** @type {object} */ message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = line.trim() ? JSON.parse(line) : {}
    if (!method) continue // the CLI's answer to our own `print`
    try {
      const result = await call(engine, method, params ?? {})
      await dropShadows(shadows)
      if (method === 'diff' && typeof result?.stdout === 'string') send({ id: 1e6 + id, method: 'print', params: { content: result.stdout } })
      send({ id, result: result ?? {} })
    } catch (error) {
      await dropShadows(shadows).catch(() => {})
      send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data: describe(error) } })
    }
  }
}

/** @param {any} engine @param {string} method @param {any} params */
async function call(engine, method, params) {
  if (method === 'createDatabase') return { databaseName: '' }
  if (method === 'getDatabaseVersion') return engine.version(params)
  // The wasm build forgets the shadow-database factory in these two ("must be provided through an external factory"), but reads a cache
  // that a devDiagnostic on the same engine fills.
  if (method === 'evaluateDataLoss' || method === 'createMigration') await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters })
  return engine[method](params)
}

/** @param {{ name: string, pool: pg.Pool }[]} shadows */
async function loadEngine(shadows) {
  const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = await import('@prisma/driver-adapter-utils')
  const { PrismaPg } = await import('@prisma/adapter-pg')
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (/** @type {string} */ message) => void process.stderr.write(`PANIC ${message}\n`) }
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()

  const { url, schema } = target()
  const open = async (/** @type {string} */ connectionString) => {
    const pool = new pg.Pool({ connectionString, max: 1 })
    pool.on('error', () => {})
    return mended(await new PrismaPg(pool, { schema }).connect(), ColumnTypeEnum.Character)
  }
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(url.href),
    async connectToShadowDb() {
      if (datasource.shadowDatabaseUrl) return open(datasource.shadowDatabaseUrl)
      const name = `prisma_migrate_shadow_db_${randomUUID()}`
      await runOnce(url.href, `CREATE DATABASE "${name}"`)
      const shadow = await open(inDatabase(url, name))
      shadows.push({ name, pool: shadow.underlyingDriver() })
      shadow.dispose = async () => {}
      return shadow
    },
  })
  const files = datamodels.map((file) => [file, readFileSync(resolve(file), 'utf8')])
  return glue.SchemaEngine.new({ datamodels: files.length > 0 ? files : undefined }, () => {}, factory)
}

/** Two defects of adapter-pg that migrations meet. @param {any} adapter @param {number} character */
function mended(adapter, character) {
  const performIO = adapter.performIO.bind(adapter)
  const queryRaw = adapter.queryRaw.bind(adapter)
  // It knows no type 18, PostgreSQL's internal "char", which the engine reads as Character.
  let columns = /** @type {number[]} */ ([])
  adapter.performIO = async (/** @type {unknown} */ query) => {
    const result = await performIO(query)
    columns = []
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== 18) continue
      columns.push(index)
      field.dataTypeID = 25
    }
    return result
  }
  adapter.queryRaw = async (/** @type {unknown} */ query) => {
    const result = await queryRaw(query)
    for (const index of columns) result.columnTypes[index] = character
    return result
  }
  // It splits scripts at every semicolon, also inside $$ bodies; one simple query takes them whole.
  adapter.executeScript = async (/** @type {string} */ sql) => {
    try {
      await adapter.underlyingDriver().query(sql)
    } catch (error) {
      adapter.onError(error)
    }
  }
  return adapter
}

/** Before each answer, because the CLI kills its engine as soon as it has the last one. @param {{ name: string, pool: pg.Pool }[]} shadows */
async function dropShadows(shadows) {
  for (const { name, pool } of shadows.splice(0)) {
    await pool.end().catch(() => {})
    await runOnce(target().url.href, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  }
}

/** @param {any} error */
function describe(error) {
  let known
  try {
    known = JSON.parse(error?.message)
  } catch {
    known = undefined // a plain message, not the engine's JSON
  }
  const code = known?.error_code ?? error?.code
  const message = known?.message ?? error?.message ?? String(error)
  return { is_panic: false, message, meta: known?.meta ?? null, error_code: typeof code === 'string' ? code : null }
}
