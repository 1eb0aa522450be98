import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { solveByCode, solveByToken } from '@/lib/accounts/challenge.server'
import { completeSignIn } from '@/lib/accounts/sign-in.server'
import { type CaughtMail, startMailDoor } from '@/lib/local/mail-door.server'
import { guestCookieOf, makeAccount, makeGuest, request } from '@/tests/people'
import { POST } from './route'

const folder = mkdtempSync(join(tmpdir(), 'pulseroom-mail-'))
const caught: CaughtMail[] = []
let door: Awaited<ReturnType<typeof startMailDoor>>
beforeAll(async () => {
  door = await startMailDoor({ port: 0, host: '127.0.0.1', folder, onMail: (mail) => caught.push(mail) })
  vi.stubEnv('MAIL_URL', `smtp://127.0.0.1:${door.port}`)
})
afterAll(async () => {
  await door.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  caught.length = 0
})

const post = async (body: unknown, sent: { cookie?: string; query?: string } = {}) =>
  await POST(request('POST', `/api/sign-in${sent.query ?? ''}`, { body, ...(sent.cookie === undefined ? {} : { cookie: sent.cookie }) }), {
    params: Promise.resolve({}),
  })
const tokenIn = (mail: CaughtMail | undefined): string => new URLSearchParams(new URL(mail?.link ?? '').hash.slice(1)).get('token') ?? ''

describe('POST /api/sign-in', () => {
  it('mails a code and a link, either of which signs in, and answers with neither', async () => {
    const answer = await post({ email: 'Mara@Example.com', name: 'Mara', returnTo: '/classes/new' })
    const { challengeId, ...rest } = (await answer.json()) as { challengeId: string }
    expect(rest).toEqual({})
    expect(caught).toMatchObject([
      {
        to: 'mara@example.com',
        code: expect.stringMatching(/^\d{6}$/),
        link: expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\/confirm#token=[\w-]{43}&to=%2Fclasses%2Fnew$/),
      },
    ])
    expect(caught[0]?.subject).toContain(caught[0]?.code)
    expect(await completeSignIn(await solveByCode(challengeId, caught[0]?.code ?? ''))).toMatchObject({ name: 'Mara' })

    await post({ email: 'mara@example.com' })
    expect(await solveByToken(tokenIn(caught[1]))).toMatchObject({ email: 'mara@example.com', returnTo: '/home' })
  })

  it('answers the same to an address that it knows and to one that it does not', async () => {
    const { email } = await makeAccount('Otto')
    const [known, unknown] = [await post({ email }), await post({ email: 'nobody@example.com' })]
    expect(known.status).toBe(unknown.status)
    expect(Object.keys((await known.json()) as object)).toEqual(Object.keys((await unknown.json()) as object))
  })

  it('takes a guest along who says so, and says in the mail whose classes move', async () => {
    const mara = await makeAccount('Mara')
    const ana = await makeGuest(mara.personId, 'Ana Lind')
    const cookie = guestCookieOf(mara.personId, ana.personId)
    await post({ email: 'ana@example.com', claim: true }, { cookie, query: `?trainerId=${mara.personId}` })
    expect(await solveByToken(tokenIn(caught[0]))).toMatchObject({ claimPersonId: ana.personId })
    await post({ email: 'bo@example.com', claim: true }, { query: `?trainerId=${mara.personId}` })
    expect(await solveByToken(tokenIn(caught[1])), 'without the cookie there is no guest to take').toMatchObject({ claimPersonId: null })
  })

  it('refuses what is no address, and leads back to no other site', async () => {
    expect((await post({ email: 'mara at example' })).status).toBe(400)
    expect((await post({ email: 'a@example.com', returnTo: '//evil.example' })).status).toBe(200)
    expect(caught[0]?.link).toMatch(/&to=%2Fhome$/)
  })
})
