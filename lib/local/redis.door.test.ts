import { Redis } from '@upstash/redis'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RedisDoor, startRedisDoor } from './redis.server'

const host = '127.0.0.1'
let door: RedisDoor
let redis: Redis
const client = (options: { token?: string; enableAutoPipelining?: boolean; automaticDeserialization?: boolean } = {}): Redis =>
  new Redis({ url: `http://${host}:${door.port}`, token: 'token-1', enableTelemetry: false, retry: false, ...options })

beforeEach(async () => {
  door = await startRedisDoor({ port: 0, host, token: 'token-1' })
  redis = client({ enableAutoPipelining: false })
})
afterEach(async () => {
  vi.useRealTimers()
  await door.close()
})

/** Moves the clock that expiry is judged by; sockets keep real time. */
const atClock = (ms: number): unknown => vi.useFakeTimers({ toFake: ['Date'], now: ms })
const T0 = Date.UTC(2026, 10, 22)

describe('values', () => {
  it('keeps text, numbers and JSON as the client wrote them', async () => {
    expect(await redis.ping()).toBe('PONG')
    expect(await redis.set('name', 'Zoë “✓” OK')).toBe('OK')
    expect(await redis.get('name')).toBe('Zoë “✓” OK')
    await redis.set('body', { bpm: [142, 143], on: true })
    expect(await redis.get('body')).toEqual({ bpm: [142, 143], on: true })
    expect(await redis.mget('name', 'absent', 'body')).toEqual(['Zoë “✓” OK', null, { bpm: [142, 143], on: true }])
    expect(await redis.exists('name', 'absent', 'name')).toBe(2)
    expect(await redis.getdel('name')).toBe('Zoë “✓” OK')
    expect(await redis.del('name', 'body')).toBe(1)
    expect(await redis.get('body')).toBeNull()
  })

  it('counts, and says so where a value is no number', async () => {
    expect([await redis.incr('n'), await redis.incrby('n', 41), await redis.decr('n'), await redis.decrby('n', 1)]).toEqual([1, 42, 41, 40])
    await redis.set('word', 'ten')
    await expect(redis.incr('word')).rejects.toThrow('ERR value is not an integer or out of range')
    await redis.set('big', '9223372036854775807')
    await expect(redis.incr('big')).rejects.toThrow('ERR increment or decrement would overflow')
    expect(await client({ automaticDeserialization: false }).get('big')).toBe('9223372036854775807')
  })

  it('sets only if absent, only if present, and gives the old value', async () => {
    expect(await redis.set('code', 'a', { nx: true })).toBe('OK')
    expect(await redis.set('code', 'b', { nx: true })).toBeNull()
    expect(await redis.set('other', 'b', { xx: true })).toBeNull()
    expect(await redis.set('code', 'c', { xx: true, get: true })).toBe('a')
    expect(await redis.get('code')).toBe('c')
    expect(await redis.exists('other')).toBe(0)
  })

  it('keeps hashes and sets', async () => {
    expect(await redis.hset('person', { name: 'Ann', age: 40 })).toBe(2)
    expect(await redis.hset('person', { name: 'Anne' })).toBe(0)
    expect(await redis.hget('person', 'name')).toBe('Anne')
    expect(await redis.hincrby('person', 'age', 2)).toBe(42)
    expect(await redis.hgetall('person')).toEqual({ name: 'Anne', age: 42 })
    expect(await redis.hdel('person', 'name', 'age', 'x')).toBe(2)
    expect(await redis.exists('person')).toBe(0)
    expect(await redis.hgetall('person')).toBeNull()
    expect(await redis.sadd('ids', 'a', 'b', 'a')).toBe(2)
    expect(await redis.sismember('ids', 'b')).toBe(1)
    expect(await redis.srem('ids', 'a', 'c')).toBe(1)
    expect(await redis.smembers('ids')).toEqual(['b'])
  })
})

describe('expiry', () => {
  it('ends at its time, not before; counting keeps it and writing clears it', async () => {
    atClock(T0)
    await redis.set('code', '123456', { ex: 60 })
    await redis.set('brief', 1, { px: 1_500 })
    expect([await redis.ttl('code'), await redis.pttl('brief'), await redis.ttl('absent')]).toEqual([60, 1_500, -2])
    atClock(T0 + 1_499)
    expect(await redis.incr('brief')).toBe(2)
    atClock(T0 + 1_500)
    expect(await redis.get('brief')).toBeNull()
    expect(await redis.incr('brief')).toBe(1)
    expect(await redis.ttl('brief')).toBe(-1)
    expect(await redis.expire('brief', 10)).toBe(1)
    expect(await redis.pexpire('brief', 250)).toBe(1)
    expect(await redis.persist('brief')).toBe(1)
    atClock(T0 + 60_000)
    expect(await redis.exists('code', 'brief')).toBe(1)
    expect(await redis.expire('absent', 10)).toBe(0)
    await redis.set('brief', 2, { ex: 10 })
    await redis.set('brief', 3, { keepTtl: true })
    expect(await redis.ttl('brief')).toBe(10)
    await redis.set('brief', 4)
    expect(await redis.ttl('brief')).toBe(-1)
    await expect(redis.set('brief', 5, { ex: 0 })).rejects.toThrow("ERR invalid expire time in 'set' command")
  })

  it('makes a fixed-window rate limit', async () => {
    atClock(T0)
    const hit = async (): Promise<number> => {
      const [hits] = await redis.multi().incr('hits').set('first', 1, { nx: true, ex: 60 }).exec<[number, unknown]>()
      if (hits === 1) await redis.expire('hits', 60)
      return hits
    }
    expect([await hit(), await hit(), await hit()]).toEqual([1, 2, 3])
    atClock(T0 + 60_000)
    expect(await hit()).toBe(1)
  })
})

describe('many at once', () => {
  it('runs a pipeline in order and keeps the others’ results when one fails', async () => {
    const results = await redis.pipeline().set('a', 1).hget('a', 'x').incr('a').get('a').exec({ keepErrors: true })
    expect(results.map(({ result }) => result ?? null)).toEqual(['OK', null, 2, 2])
    expect(results[1]?.error).toContain('WRONGTYPE')
    await expect(redis.pipeline().hget('a', 'x').exec()).rejects.toThrow('WRONGTYPE')
  })

  it('gathers calls of one tick into one pipeline', async () => {
    const gathering = client({ enableAutoPipelining: true })
    const [, one, two] = await Promise.all([gathering.set('a', 'x'), gathering.get('a'), gathering.incr('n')])
    expect([one, two]).toEqual(['x', 1])
  })

  it('runs a transaction whole or, if it cannot be queued, not at all', async () => {
    expect(await redis.multi().set('a', 'x').incr('n').get('a').exec()).toEqual(['OK', 1, 'x'])
    const response = await fetch(`http://${host}:${door.port}/multi-exec`, {
      method: 'POST',
      headers: { authorization: 'Bearer token-1' },
      body: JSON.stringify([['incr', 'n'], ['nonsense']]),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('EXECABORT') as unknown })
    expect(await redis.get('n')).toBe(1)
  })
})

describe('refusals', () => {
  it('needs the token', async () => {
    await expect(client({ token: 'token-2' }).get('a')).rejects.toThrow('WRONGPASS')
    const url = `http://${host}:${door.port}`
    expect((await fetch(`${url}/get/a`)).status).toBe(401)
    expect((await fetch(`${url}/get/a`, { method: 'DELETE', headers: { authorization: 'Bearer token-1' } })).status).toBe(405)
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })

  it('answers bad commands in Redis’ words', async () => {
    const send = async (body: string): Promise<unknown> =>
      (await fetch(`http://${host}:${door.port}/`, { method: 'POST', headers: { authorization: 'Bearer token-1' }, body })).json()
    expect(await send('["get"]')).toEqual({ error: "ERR wrong number of arguments for 'get' command" })
    expect(await send('["constructor","x"]')).toEqual({ error: "ERR unknown command 'constructor', with args beginning with: 'x' " })
    expect(await send('["set","a","b","NX","XX"]')).toEqual({ error: 'ERR syntax error' })
    expect(await send('["set","a","b","EX","soon"]')).toEqual({ error: 'ERR value is not an integer or out of range' })
    expect(await send('{')).toMatchObject({ error: expect.stringContaining('ERR') as unknown })
    expect(await send('{"not":"words"}')).toMatchObject({ error: expect.stringContaining('ERR') as unknown })
    await redis.hset('h', { a: 1 })
    await expect(redis.get('h')).rejects.toThrow('WRONGTYPE Operation against a key holding the wrong kind of value')
    await expect(redis.sadd('h', 'x')).rejects.toThrow('WRONGTYPE')
    await expect(redis.hset('text', {})).rejects.toThrow()
  })

  it('takes commands in the path', async () => {
    const url = `http://${host}:${door.port}`
    const headers = { authorization: 'Bearer token-1' }
    expect(await (await fetch(`${url}/set/a%20b/1?EX=50`, { headers })).json()).toEqual({ result: 'OK' })
    expect(await (await fetch(`${url}/set/body?PX=9000`, { method: 'POST', headers, body: 'a value' })).json()).toEqual({ result: 'OK' })
    expect(await (await fetch(`${url}/get/body?_token=token-1`)).json()).toEqual({ result: 'a value' })
    expect(await redis.ttl('a b')).toBe(50)
    expect((await fetch(`${url}/get/%E0%A4%A`, { headers })).status).toBe(400)
  })

  it('refuses to write when full, and has room again when keys expire', async () => {
    await door.close()
    door = await startRedisDoor({ port: 0, host, token: 'token-1', maxBytes: 10_000 })
    redis = client()
    atClock(T0)
    await redis.set('kept', 'x'.repeat(1_000))
    await redis.set('large', 'x'.repeat(5_000), { ex: 10 })
    await expect(redis.set('more', 'x')).rejects.toThrow("OOM command not allowed when used memory > 'maxmemory'.")
    await expect(redis.hset('more', { a: 1 })).rejects.toThrow('OOM')
    expect(await redis.get('kept')).toHaveLength(1_000)
    atClock(T0 + 10_000)
    expect(await redis.set('more', 'x')).toBe('OK')
  })
})
