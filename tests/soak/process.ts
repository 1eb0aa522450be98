import { startRealtimeDoor } from '@/lib/local/realtime.server'
import { startRunner } from '@/lib/local/runner.server'
import { SETTINGS } from '@/tests/settings'
import { startServer } from './server'

// One part of the product in a process of its own, so that it can be killed. Says "ready" when it listens.
const HOST = '127.0.0.1'
const { PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret } = SETTINGS
const [part = '', port = '0', appUrl = ''] = process.argv.slice(2)
if (part === 'realtime') await startRealtimeDoor({ port: Number(port), host: HOST, appId, key, secret })
else if (part === 'runner')
  await startRunner({ port: Number(port), host: HOST, databaseUrl: process.env.DATABASE_URL ?? '', appUrl, backoff: () => 500 })
else await startServer(Number(port), HOST)
process.stdout.write('ready\n')
