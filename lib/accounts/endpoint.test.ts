import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'
import { type ActorRule, anyone, endpoint } from './endpoint.server'

// The unexpected is logged, as it should be; not into the test's output.
vi.hoisted(() => vi.stubEnv('LOG_LEVEL', 'silent'))
beforeAll(() => {
  const settings = {
    APP_URL: 'https://pulseroom.example',
    APP_SECRET: 'a secret for tests only, long enough',
    SEAL_KEYS: `test:${'0f'.repeat(32)}`,
    NEXTAUTH_URL: 'https://pulseroom.example',
    NEXTAUTH_SECRET: 'another secret for tests only, long enough',
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    PUSHER_APP_ID: 'a',
    PUSHER_KEY: 'k',
    PUSHER_SECRET: 's',
    UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
    UPSTASH_REDIS_REST_TOKEN: 't',
    MAIL_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'a@pulseroom.example',
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
})

const Body = z.object({ name: z.string().min(1, 'Say a name.') }).strict()
const greet = endpoint({ summary: 'Greets.', actor: anyone, body: Body, run: ({ body }) => ({ hello: body.name }) })
const nobody: ActorRule<null> = {
  name: 'nobody',
  async resolve() {
    throw new AppError('not_allowed', 'Not you.')
  },
}

const send = (headers: Record<string, string>, body: BodyInit = '{"name":"Ana"}', handler = greet, method = 'POST') =>
  handler(
    new Request('https://pulseroom.example/api/greet', {
      method,
      headers,
      ...(method === 'GET' ? {} : { body, duplex: 'half' }),
    } as RequestInit),
    { params: Promise.resolve({}) },
  )
const OURS = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: 'next-auth.session-token=good' }
const codeOf = async (response: Response): Promise<unknown> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
]

describe('an endpoint', () => {
  it('answers JSON that nobody keeps, under a number of its own', async () => {
    const response = await send(OURS)
    expect(await response.json()).toEqual({ hello: 'Ana' })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-request-id')).toMatch(/^req_[0-9A-Z]{26}$/)
  })

  it('answers 204 where there is nothing to say, and passes a Response on with its cookies', async () => {
    const silent = endpoint({ summary: 'Is silent.', actor: anyone, run: () => undefined })
    expect((await send(OURS, '', silent)).status).toBe(204)
    const cookies = endpoint({
      summary: 'Sets two.',
      actor: anyone,
      run: () =>
        new Response('ok', {
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
    })
    expect((await send(OURS, '', cookies)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('refuses a change that another site sent along with a good cookie', async () => {
    const cookie = { 'content-type': 'application/json', cookie: OURS.cookie }
    const foreign: Array<Record<string, string>> = [
      { ...cookie, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { ...cookie, 'sec-fetch-site': 'same-site', origin: 'https://other.pulseroom.example' },
      { ...cookie, origin: 'https://evil.example' },
      { ...cookie, origin: 'null' },
      { ...cookie, origin: 'https://pulseroom.example.evil.example' },
      { ...cookie }, // a cookie but not a word about where it comes from
      // The password of a proxy in front, which a browser sends along by itself.
      { ...cookie, 'sec-fetch-site': 'cross-site', authorization: 'Basic c3R1ZGlvOnNlY3JldA==' },
      { ...cookie, 'content-type': 'text/plain', origin: 'https://evil.example' }, // a form needs no preflight
    ]
    for (const headers of foreign) expect(await codeOf(await send(headers)), JSON.stringify(headers)).toEqual([403, 'cross_site'])
    expect((await send({ ...cookie, origin: 'https://pulseroom.example' })).status).toBe(200)
    expect((await send({ ...cookie, host: '192.168.1.20:3000', origin: 'https://192.168.1.20:3000' })).status).toBe(200)
  })

  it('lets a bearer in from anywhere: no browser sends one by itself', async () => {
    const response = await send({ 'content-type': 'application/json', 'sec-fetch-site': 'cross-site', authorization: `Bearer ${'a'.repeat(43)}` })
    expect(response.status).toBe(200)
  })

  it('reads without asking where the question comes from', async () => {
    const read = endpoint({ summary: 'Reads.', actor: anyone, run: () => ({ ok: true }) })
    expect((await send({ cookie: OURS.cookie, 'sec-fetch-site': 'cross-site' }, '', read, 'GET')).status).toBe(200)
  })

  it('says what is wrong with a body', async () => {
    expect(await codeOf(await send(OURS, '{"name":'))).toEqual([400, 'malformed_json'])
    expect(await codeOf(await send(OURS, ''))).toEqual([400, 'malformed_json'])
    expect(await codeOf(await send({ ...OURS, 'content-type': 'application/x-www-form-urlencoded' }, 'name=Ana'))).toEqual([
      415,
      'unsupported_media',
    ])
    const wrong = await send(OURS, '{"name":""}')
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({ error: { code: 'invalid_input', fields: { name: 'Say a name.' } } })
    expect(await codeOf(await send(OURS, '{"name":"Ana","admin":true}'))).toEqual([400, 'invalid_input'])
  })

  it('lets the character zero through to no database, in a body or in an address', async () => {
    expect(await codeOf(await send(OURS, '{"name":"A\\u0000na"}'))).toEqual([400, 'invalid_input'])
    expect(await (await send(OURS, '{"name":"A\\\\u0000na"}')).json(), 'a backslash and five letters are no zero').toEqual({ hello: 'A\\u0000na' })
    const asked = await greet(new Request('https://pulseroom.example/api/greet?classId=cls_%00', { method: 'POST', headers: OURS, body: '{"name":"Ana"}' }), { params: Promise.resolve({}) })
    expect(await codeOf(asked)).toEqual([404, 'not_found'])
  })

  it('takes 64 kB and not a byte more, declared or streamed', async () => {
    const exact = JSON.stringify({ name: 'x'.repeat(64 * 1024 - 11) })
    expect(exact).toHaveLength(64 * 1024)
    expect((await send(OURS, exact)).status).toBe(200)
    expect(await codeOf(await send(OURS, `${exact} `))).toEqual([413, 'too_large'])
    let pulls = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls++
        controller.enqueue(new Uint8Array(16 * 1024))
      },
    })
    expect(await codeOf(await send(OURS, endless))).toEqual([413, 'too_large'])
    expect(pulls).toBeLessThan(10)
  })

  it('asks who is calling before it looks at what they sent', async () => {
    const closed = endpoint({ summary: 'Is closed.', actor: nobody, body: Body, run: () => ({}) })
    expect(await codeOf(await send(OURS, '{"wrong":1}', closed))).toEqual([403, 'not_allowed'])
  })

  it('finds nothing where a path cannot name anything', async () => {
    const one = endpoint({
      summary: 'Finds.',
      actor: anyone,
      params: z.object({ classId: z.string().startsWith('cls_') }),
      run: () => ({}),
    })
    expect(await codeOf(await send(OURS, '', one))).toEqual([404, 'not_found'])
  })

  it('turns expected failures into their status and words', async () => {
    const full = endpoint({
      summary: 'Is full.',
      actor: anyone,
      run: () => {
        throw new AppError('class_full', 'All 12 places are taken.')
      },
    })
    const response = await send(OURS, '', full)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error: { code: 'class_full', message: 'All 12 places are taken.' } })
  })

  it('tells nothing of what it did not expect', async () => {
    const broken = endpoint({
      summary: 'Breaks.',
      actor: anyone,
      run: () => {
        throw new Error('password=hunter2 at table people')
      },
    })
    const response = await send(OURS, '', broken)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toMatch(/hunter2|people|endpoint|\.ts/)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'internal' }, requestId: response.headers.get('x-request-id') })
  })

  it('still answers when the rate counter is away', async () => {
    const counted = endpoint({
      summary: 'Is counted.',
      actor: anyone,
      rateLimit: { limit: 1, windowSeconds: 60 },
      run: () => ({ ok: true }),
    })
    expect((await send(OURS, '', counted)).status).toBe(200)
  })
})
