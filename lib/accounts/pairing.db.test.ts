import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type RedisDoor, startRedisDoor } from '@/lib/local/redis.server'
import { PairingCode } from './device'
import { approveTv, askForTv, claimTv, offerCode, takeCode } from './pairing.server'

let door: RedisDoor
beforeAll(async () => {
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
  vi.stubEnv('UPSTASH_REDIS_REST_URL', `http://127.0.0.1:${door.port}`)
})
afterAll(() => door.close())

let address = 0
/** Somewhere that has not tried anything yet. */
const from = () => `10.0.0.${(address += 1)}`
const SCREEN = { kind: 'screen', personId: 'per_ana', classId: 'cls_1', part: 'main' } as const
const wrongCode = expect.objectContaining({ code: 'invalid_code' })

describe('a code', () => {
  it('has six characters that can be read aloud, and is good once', async () => {
    const { code } = await offerCode(SCREEN)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
    expect(await takeCode(code, ['screen'], from())).toEqual(SCREEN)
    await expect(takeCode(code, ['screen'], from())).rejects.toEqual(wrongCode)
  })

  it('goes to one of eight that send it at the same moment', async () => {
    const { code } = await offerCode(SCREEN)
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => takeCode(code, ['screen'], from())))
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is refused to an address after five wrong tries, right or wrong, and a right one does not count', async () => {
    const here = from()
    for (let good = 0; good < 6; good++) await takeCode((await offerCode(SCREEN)).code, ['screen'], here)
    for (let bad = 0; bad < 5; bad++) await expect(takeCode('000000', ['screen'], here)).rejects.toEqual(wrongCode)
    const { code } = await offerCode(SCREEN)
    await expect(takeCode(code, ['screen'], here)).rejects.toMatchObject({ code: 'too_many_requests' })
    expect(await takeCode(code, ['screen'], from())).toEqual(SCREEN)
  })

  it('counts tries that come together', async () => {
    const here = from()
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => takeCode('000000', ['screen'], here)))
    const codes = tries.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'taken'))
    expect(codes.filter((code) => code === 'invalid_code')).toHaveLength(5)
  })

  it('that is meant for something else is refused in the same words, and dead after five such tries', async () => {
    const { code } = await offerCode(SCREEN)
    for (let tries = 0; tries < 4; tries++) await expect(takeCode(code, ['tv'], from())).rejects.toEqual(wrongCode)
    expect(await takeCode(code, ['screen'], from())).toEqual(SCREEN)
    const other = await offerCode(SCREEN)
    for (let tries = 0; tries < 5; tries++) await expect(takeCode(other.code, ['tv'], from())).rejects.toEqual(wrongCode)
    await expect(takeCode(other.code, ['screen'], from())).rejects.toEqual(wrongCode)
  })

  it('may be typed in small letters, with spaces, and with the letters that look like digits', () => {
    expect(PairingCode.parse(' 7k2-io5 ')).toBe('7K2105')
    expect(PairingCode.safeParse('7K2U05').success).toBe(false)
    expect(PairingCode.safeParse('7K210').success).toBe(false)
  })
})

describe('a television', () => {
  it('is told once what the trainer said, and only by its own secret', async () => {
    const [mine, other] = [await askForTv(), await askForTv()]
    expect(await claimTv(mine.secret)).toBeUndefined()
    const approval = { personId: 'per_mara', classId: 'cls_1', audience: 'class' } as const
    await approveTv(mine.code, approval, from())
    expect(await claimTv(mine.code)).toBeUndefined()
    expect(await claimTv(other.secret)).toBeUndefined()
    expect(await claimTv(mine.secret)).toEqual(approval)
    expect(await claimTv(mine.secret)).toBeUndefined()
    await expect(approveTv(mine.code, approval, from())).rejects.toEqual(wrongCode)
  })
})

it('fails closed while the codes cannot be read', async () => {
  const { code } = await offerCode(SCREEN)
  await door.close()
  await expect(takeCode(code, ['screen'], from())).rejects.toMatchObject({ code: 'unavailable' })
  door = await startRedisDoor({ port: 0, host: '127.0.0.1', token: 'test-token' })
})
