import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type RedisDoor, startRedisDoor } from '@/lib/local/redis.server'
import { makeMember, makeScene } from '@/tests/telemetry'
import { leaveAddress } from './summary-link.server'

let door: RedisDoor
beforeAll(async () => {
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  process.env.UPSTASH_REDIS_REST_URL = `http://127.0.0.1:${door.port}`
})
afterAll(async () => {
  vi.useRealTimers()
  await door.close()
})

it('leaves one address at most ten times a day, however many guests do it', async () => {
  const scene = await makeScene(600)
  const guests = await Promise.all(Array.from({ length: 11 }, (_, number) => makeMember(scene, `Guest ${number}`)))
  // The day that is counted ends at midnight UTC, and no test may run across it.
  vi.useFakeTimers({ toFake: ['Date'] })
  const left = await Promise.allSettled(guests.map(({ personId }) => leaveAddress(scene.classId, personId, 'victim@example.com')))
  expect(left.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  expect(left.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'too_many_requests' } })
})
