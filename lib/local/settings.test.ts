import { expect, it } from 'vitest'
import { parseEnv } from '@/lib/platform/env.server'
import { settingsOf } from './settings'

it('sets everything that the product needs', () => {
  const secrets = { app: 'a'.repeat(64), seal: '0f'.repeat(32), session: 'b'.repeat(64), realtimeKey: 'c'.repeat(20), realtime: 'd'.repeat(64), redis: 'e'.repeat(64), jobEvents: 'f', jobSigning: '0', push: { publicKey: 'B'.repeat(87), privateKey: 'p'.repeat(43) } }
  const doors = { databaseUrl: 'postgresql://u:p@127.0.0.1:5555/pulseroom', realtimePort: 6001, redisPort: 6002, runnerPort: 6003, mailPort: 6004 }
  expect(parseEnv(settingsOf('https://192.168.1.20:3000', secrets, doors))).toMatchObject({ APP_URL: 'https://192.168.1.20:3000', PUSHER_PORT: 6001, PUSHER_TLS: false })
})
