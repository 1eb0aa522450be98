import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { measureUpload, rateOf } from './upload-test.client'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A line that carries so many kilobits a second, whoever sends. */
function line(kbps: number) {
  let freeAtMs = 0
  const sizes: number[] = []
  const send = async ({ byteLength }: Uint8Array, signal: AbortSignal) => {
    sizes.push(byteLength)
    freeAtMs = Math.max(freeAtMs, Date.now()) + (byteLength * 8) / kbps
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, freeAtMs - Date.now())
      signal.addEventListener('abort', () => reject(new Error('stopped')))
    })
  }
  return { send, sizes }
}
const run = async (kbps: number) => {
  vi.setSystemTime(0)
  const { send, sizes } = line(kbps)
  const parts: number[] = []
  const measured = measureUpload({ send, nowMs: () => Date.now(), onProgress: ({ part }) => parts.push(part) })
  await vi.advanceTimersByTimeAsync(9_000)
  return { kbps: await measured, sizes, parts }
}

test.each([500, 3_000, 20_000])('a line of %i kb/s is measured within a tenth', async (kbps) => {
  const measured = await run(kbps)
  expect(Math.abs((measured.kbps ?? 0) - kbps)).toBeLessThan(kbps / 10)
  expect(measured.parts.at(-1)).toBeGreaterThan(0.9)
})

test('no post is larger than half a megabyte, and no line is asked for more than it takes to be sure', async () => {
  const { sizes } = await run(1_000_000)
  expect(Math.max(...sizes)).toBe(512 * 1024)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(26_000_000)
})

test('a line that carries next to nothing ends by itself, without a figure', async () => {
  expect((await run(5)).kbps).toBeNull()
})

test('a server that refuses is not a slow line', async () => {
  await expect(measureUpload({ send: async () => Promise.reject(new Error('429')), nowMs: () => Date.now() })).rejects.toThrow('429')
})

test('connecting is not carrying: what came before the first answer does not count once there are enough', () => {
  const acks = [2_000, 2_100, 2_200, 2_300, 2_400].map((atMs) => ({ atMs, bytes: 12_500 }))
  expect(rateOf(acks, 0)).toBe(1_000) // 4 × 12500 × 8 bits in 400 ms
  expect(rateOf(acks.slice(0, 1), 0)).toBe(50) // 100000 bits in 2000 ms
})
