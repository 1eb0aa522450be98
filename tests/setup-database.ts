import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { withClient } from '@/lib/local/postgres-client.server'
import { TEMPLATE } from './database-template'

// Each test file has a migrated database of its own, and settings that lead nowhere: a test that wants a door starts one and says so.
const NOWHERE = 'http://127.0.0.1:1'
const server = inject('databaseServer')
const database = `t_${randomBytes(8).toString('hex')}`
await withClient(server, (client) => client.query(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} STRATEGY file_copy`))

const address = new URL(server)
address.pathname = `/${database}`
Object.assign(process.env, {
  DATABASE_URL: address.href,
  DATABASE_POOL_MAX: '5',
  APP_URL: 'http://localhost:3000',
  APP_SECRET: 'a secret for tests only, long enough',
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'another secret for tests only, long enough',
  PUSHER_APP_ID: 'test-app',
  PUSHER_KEY: 'test-key',
  PUSHER_SECRET: 'test-secret',
  PUSHER_HOST: '127.0.0.1',
  PUSHER_PORT: '1',
  PUSHER_TLS: 'false',
  UPSTASH_REDIS_REST_URL: NOWHERE,
  UPSTASH_REDIS_REST_TOKEN: 'test-token',
  INNGEST_BASE_URL: NOWHERE,
  INNGEST_DEV: '1',
  MAIL_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Pulseroom <hello@pulseroom.example>',
  LOG_LEVEL: 'silent',
})

afterAll(async () => {
  await withClient(server, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`))
})
