import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { createChallenge, forgetChallenges, solveByCode, solveByToken } from './challenge.server'

const MINUTE_MS = 60_000
const at = (minutes: number) => vi.setSystemTime(Date.UTC(2026, 10, 22, 18, 0) + minutes * MINUTE_MS)
beforeEach(() => {
  // Only the clock: the database's own timers must run.
  vi.useFakeTimers({ toFake: ['Date'] })
  at(0)
})
afterEach(() => {
  vi.useRealTimers()
})

let address = 0
const challenge = () => createChallenge({ email: ` Ana${address++}@Example.com `, returnTo: '/c/morning-burn' })
const tokenOf = (link: string): string => new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? ''
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000')

describe('a sign-in e-mail', () => {
  it('signs in with its code, once, and never again by its link', async () => {
    const { challengeId, code, link } = await challenge()
    await expect(solveByCode(challengeId, `${code.slice(0, 3)} ${code.slice(3)}`)).resolves.toMatchObject({
      email: 'ana0@example.com',
      returnTo: '/c/morning-burn',
    })
    await expect(solveByCode(challengeId, code)).rejects.toMatchObject({ code: 'expired' })
    await expect(solveByToken(tokenOf(link))).rejects.toMatchObject({ code: 'expired' })
  })

  it('signs in with its link, once, even when two devices open it at the same moment', async () => {
    const { link } = await challenge()
    const opened = await Promise.allSettled([solveByToken(tokenOf(link)), solveByToken(tokenOf(link)), solveByToken(tokenOf(link))])
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('leaves no address behind a day later', async () => {
    const { challengeId } = await challenge()
    at(23 * 60)
    await forgetChallenges()
    expect(await db.signInChallenge.count({ where: { id: challengeId } })).toBe(1)
    at(24 * 60 + 1)
    await forgetChallenges()
    expect(await db.signInChallenge.count({ where: { id: challengeId } })).toBe(0)
  })

  it('takes five guesses and then not even the right code, though they come all at once', async () => {
    const { challengeId, code } = await challenge()
    const guesses = await Promise.allSettled(Array.from({ length: 12 }, () => solveByCode(challengeId, wrong(code))))
    const codes = guesses.map((guess) => (guess.status === 'rejected' ? (guess.reason as { code: string }).code : 'in'))
    expect(codes.filter((said) => said === 'invalid_code')).toHaveLength(5)
    expect(codes.filter((said) => said === 'expired')).toHaveLength(7)
    await expect(solveByCode(challengeId, code)).rejects.toMatchObject({ code: 'expired' })
  })

  it('lets the link work for 30 minutes and the code for 10', async () => {
    const { challengeId, code, link } = await challenge()
    at(10.01)
    await expect(solveByCode(challengeId, code)).rejects.toMatchObject({ code: 'expired' })
    at(29.9)
    await expect(solveByToken(tokenOf(link))).resolves.toMatchObject({ claimPersonId: null })
    at(0)
    const late = await challenge()
    at(30)
    await expect(solveByToken(tokenOf(late.link))).rejects.toMatchObject({ code: 'expired' })
  })

  it('keeps neither the code nor the token, and a code of one e-mail is no code of another', async () => {
    const [first, second] = [await challenge(), await challenge()]
    const stored = JSON.stringify(await db.signInChallenge.findMany())
    expect(stored).not.toContain(tokenOf(first.link))
    expect(stored).not.toContain(`"${first.code}"`)
    if (first.code !== second.code)
      await expect(solveByCode(second.challengeId, first.code)).rejects.toMatchObject({ code: 'invalid_code' })
    await expect(solveByCode('sic_unknown', first.code)).rejects.toMatchObject({ code: 'expired' })
  })

  it('stops after fifteen in an hour to one address, and goes on after it', async () => {
    const email = 'flood@example.com'
    for (let sent = 0; sent < 15; sent++) await createChallenge({ email })
    const atOnce = await Promise.allSettled(Array.from({ length: 40 }, () => createChallenge({ email: 'burst@example.com' })))
    expect(atOnce.filter(({ status }) => status === 'fulfilled'), 'asked for at once').toHaveLength(15)
    await expect(createChallenge({ email: 'FLOOD@example.com' })).rejects.toMatchObject({ code: 'too_many_requests' })
    at(60.01)
    await expect(createChallenge({ email })).resolves.toMatchObject({ email })
  })
})
