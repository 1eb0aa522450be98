import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type RedisDoor, startRedisDoor } from '@/lib/local/redis.server'
import { requireWithinRate } from './rate-limit.server'

let door: RedisDoor
beforeAll(async () => {
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  process.env.UPSTASH_REDIS_REST_URL = `http://127.0.0.1:${door.port}`
})
afterAll(() => door.close())
afterEach(() => {
  vi.useRealTimers()
})

it('lets through what the limit allows, counts people and uses apart, and starts afresh with the next window', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 18, 0) })
  const rate = { limit: 3, windowSeconds: 60 }
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => requireWithinRate('Joins.', '10.0.0.1', rate)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  await expect(requireWithinRate('Joins.', '10.0.0.1', rate)).rejects.toMatchObject({ code: 'too_many_requests' })
  await expect(requireWithinRate('Joins.', '10.0.0.2', rate)).resolves.toBeUndefined()
  await expect(requireWithinRate('Signs in.', '10.0.0.1', rate)).resolves.toBeUndefined()
  vi.setSystemTime(Date.UTC(2026, 10, 22, 18, 1))
  await expect(requireWithinRate('Joins.', '10.0.0.1', rate)).resolves.toBeUndefined()
})

it('lets people through when the counter is away', async () => {
  await door.close()
  await expect(requireWithinRate('Joins.', '10.0.0.1', { limit: 0, windowSeconds: 60 })).resolves.toBeUndefined()
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
})
