import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startMailDoor } from '@/lib/local/mail-door.server'
import { type RedisDoor, startRedisDoor } from '@/lib/local/redis.server'
import { makeAccount, makeClass } from '@/tests/people'
import { followSeries } from './follow.server'

const folder = mkdtempSync(join(tmpdir(), 'pulseroom-follow-rate-'))
let redis: RedisDoor
let mail: Awaited<ReturnType<typeof startMailDoor>>
let mails = 0
beforeAll(async () => {
  redis = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  process.env.UPSTASH_REDIS_REST_URL = `http://127.0.0.1:${redis.port}`
  mail = await startMailDoor({ port: 0, host: '127.0.0.1', folder, onMail: () => (mails += 1) })
  process.env.MAIL_URL = `smtp://127.0.0.1:${mail.port}`
})
afterAll(async () => {
  vi.useRealTimers()
  await redis.close()
  await mail.close()
  rmSync(folder, { recursive: true })
})

it('asks sixty addresses an hour for one place, however many people it says it is; another place still asks', async () => {
  const { personId: hostId } = await makeAccount('Tess')
  const { seriesId } = await makeClass(hostId)
  const wish = { reminders: true, announcements: false, thread: false, byEmail: true, byPush: false }
  const ask = (number: number, from: string) => followSeries({ seriesId, hostId }, undefined, { ...wish, email: `victim${number}@home.example` }, from)
  // The hour that is counted ends when the clock's does, and no test may run across it.
  vi.useFakeTimers({ toFake: ['Date'] })
  // One after the other: a counter that takes a second to answer counts nobody out.
  for (let number = 0; number < 60; number += 1) await ask(number, '203.0.113.1')
  await expect(ask(60, '203.0.113.1')).rejects.toMatchObject({ code: 'too_many_requests' })
  await ask(99, '203.0.113.2')
  expect(mails).toBe(61)
}, 60_000)
