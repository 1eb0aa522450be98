import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { withClient } from '@/lib/local/postgres-client.server'
import { TEMPLATE } from './database-template'
import { SETTINGS } from './settings'

// Each test file has a migrated database of its own, and settings that lead nowhere: a test that wants a door starts one and says so.
const server = inject('databaseServer')
const database = `t_${randomBytes(8).toString('hex')}`
await withClient(server, (client) => client.query(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} STRATEGY file_copy`))

const address = new URL(server)
address.pathname = `/${database}`
Object.assign(process.env, SETTINGS, { DATABASE_URL: address.href, DATABASE_POOL_MAX: '5' })

afterAll(async () => {
  await withClient(server, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`))
})
