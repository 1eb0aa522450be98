import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Delivery, ProviderWorld } from '@/tests/providers/world'
import { twentyMinutes } from '@/tests/providers/world'
import { type Access, brokenInvariants, type Found, type Granted, type Hint, type Ours, type Verdict } from './provider'
import { ProviderError, type ProviderTrouble } from './provider-error'

const REDIRECT = 'http://localhost:3000/api/connections/callback/somewhere'
const HOUR_MS = 3_600_000
const trouble = (kind: ProviderTrouble) => expect.objectContaining({ name: 'ProviderError', trouble: kind })

/** What every adapter promises, proved over HTTP against an emulator of its vendor that keeps state. */
export function describeProvider(start: () => Promise<ProviderWorld>): void {
  let world: ProviderWorld
  let ours: Ours
  beforeAll(async () => {
    world = await start()
    Object.assign(process.env, world.settings)
    const callbackUrl = 'http://localhost:3000/api/webhooks/somewhere/key'
    ours = { callbackUrl, verifyToken: 'only-for-the-provider', subscription: null }
    const subscription = (await world.provider.tend?.(ours)) ?? null
    ours = { ...ours, subscription }
  })
  afterAll(() => world.emulator.close())

  const signIn = async (userId: string, say: { less?: boolean } = {}): Promise<Granted> => {
    const { provider } = world
    const verifier = provider.capabilities.pkce ? randomBytes(32).toString('base64url') : null
    const challenge = verifier && createHash('sha256').update(verifier).digest('base64url')
    const url = provider.authoriseUrl({ state: 'state-1', challenge, redirectUri: REDIRECT, purposes: provider.capabilities.purposes })
    const back = world.consent(url, userId, say)
    expect(back.searchParams.get('state')).toBe('state-1')
    return await provider.exchange({ code: back.searchParams.get('code') ?? '', verifier, redirectUri: REDIRECT, grantedScope: back.searchParams.get('scope'), memberId: `con_${userId}` })
  }
  const accessOf = ({ tokens, externalUserId }: Granted): Access => ({ token: tokens.access, externalUserId, patient: false })
  const verify = ({ method, query, headers, body }: Delivery): Promise<Verdict> =>
    world.provider.verifyWebhook({ method, query: new URLSearchParams(query), headers: new Headers(headers), body: Buffer.from(body) }, ours)
  const hintsOf = (deliveries: readonly Delivery[]): Hint[] => deliveries.flatMap(({ body }) => [...world.provider.readHints(Buffer.from(body))])
  const fetchHints = async (access: Access, hints: readonly Hint[]): Promise<Found[]> => {
    const found: Found[] = []
    for (const hint of hints) if (hint.kind === 'look') found.push(...(await world.provider.fetch(access, hint.ref)))
    return found
  }
  const listAll = async (access: Access, fromMs: number, toMs: number): Promise<string[]> => {
    const ids: string[] = []
    let page: string | null = null
    do {
      const listed: Awaited<ReturnType<typeof world.provider.list>> = await world.provider.list(access, { fromMs, toMs }, page)
      ids.push(...listed.refs.map(({ externalId }) => externalId ?? ''))
      page = listed.next
    } while (page !== null)
    return ids
  }

  describe('what it says of itself', () => {
    it('breaks no invariant', () => expect(brokenInvariants(world.provider)).toEqual([]))

    it('is set up by its settings', () => expect(world.provider.isSetUp()).toBe(true))
  })

  describe('signing in', () => {
    it('gives tokens, whose they are and what they allow; a code counts once', async () => {
      const userId = world.person()
      const { provider } = world
      const granted = await signIn(userId)
      expect(granted.externalUserId).toBe(userId)
      expect(granted.purposes).toEqual(provider.capabilities.purposes)
      expect(granted.tokens.expiresAt === null).toBe(provider.capabilities.tokens === 'lasting')
      expect(granted.tokens.refresh === null).toBe(provider.capabilities.tokens === 'lasting')
      const again = provider.exchange({ code: 'used', verifier: 'x', redirectUri: REDIRECT, grantedScope: null, memberId: 'con_x' })
      await expect(again).rejects.toEqual(trouble('grant_refused'))
    })

    it('says when the person allowed less than was asked', async () => {
      const back = world.consent(world.provider.authoriseUrl({ state: 's', challenge: 'c', redirectUri: REDIRECT, purposes: ['import'] }), world.person(), { deny: true })
      expect(back.searchParams.get('error')).toBe('access_denied')
      if (world.provider.capabilities.purposes.includes('upload')) expect((await signIn(world.person(), { less: true })).purposes).not.toContain('import')
    })

    it('renews as it says: the old refresh token stays, or ends', async () => {
      const { provider } = world
      const { tokens } = await signIn(world.person())
      if (provider.capabilities.tokens === 'lasting') return await expect(provider.refresh(tokens)).rejects.toEqual(trouble('grant_refused'))
      const renewed = await provider.refresh(tokens)
      expect(renewed.refresh === tokens.refresh).toBe(provider.capabilities.tokens === 'kept')
      expect(renewed.expiresAt).toBeGreaterThan(Date.now())
      if (provider.capabilities.tokens === 'rotating') await expect(provider.refresh(tokens)).rejects.toEqual(trouble('grant_refused'))
      else await expect(provider.refresh(tokens)).resolves.toMatchObject({ refresh: tokens.refresh })
    })

    it('ends everything there, twice without complaint', async () => {
      const userId = world.person()
      const granted = await signIn(userId)
      await world.provider.revoke(accessOf(granted), granted.tokens)
      expect(world.tokensAlive(userId)).toBe(0)
      await world.provider.revoke(accessOf(granted), granted.tokens)
    })
  })

  describe('reading', () => {
    it('finds all that was recorded in a window, a page at a time, and the truth of each', async () => {
      const userId = world.person()
      const access = accessOf(await signIn(userId))
      const last = Math.floor(Date.now() / 60_000) * 60_000 - 2 * HOUR_MS
      const starts = [last - 48 * HOUR_MS, last - 24 * HOUR_MS, last]
      const ids = starts.map((startedAt) => world.record(userId, twentyMinutes(startedAt)))
      world.record(world.person(), twentyMinutes(last)) // somebody else's
      if (world.provider.capabilities.lists) {
        expect((await listAll(access, last - 60 * HOUR_MS, Date.now())).sort()).toEqual([...ids].sort())
        expect(await listAll(access, last - 30 * HOUR_MS, last - HOUR_MS)).toEqual([ids[1]])
      } else expect(await listAll(access, last - 60 * HOUR_MS, Date.now())).toEqual([])
      const found = await fetchHints(access, hintsOf(world.deliveries(userId, 'recorded', ids[2] ?? '')))
      expect(found).toHaveLength(1)
      const [one] = found
      if (one?.outcome !== 'activity') throw new Error('no activity')
      expect(one).toMatchObject({ externalId: ids[2], recording: { startedAt: last, zoneOffsetMinutes: 60 } })
      const { bpm, second } = one.recording.streams
      expect(second.length).toBeGreaterThanOrEqual(200)
      for (const [at, value] of bpm.entries()) if (value !== null) expect(value).toBe(110 + ((second[at] ?? 0) % 50))
      expect(bpm.filter((value) => value !== null).length).toBeGreaterThanOrEqual(200)
      expect(one.raw.length).toBeGreaterThan(0)
    })

    it('is told by webhook, and by no forged one', async () => {
      const userId = world.person()
      const access = accessOf(await signIn(userId))
      const externalId = world.record(userId, twentyMinutes(Date.now() - 3 * HOUR_MS))
      const deliveries = world.deliveries(userId, 'recorded', externalId)
      expect(deliveries.length).toBeGreaterThan(0)
      for (const delivery of deliveries) {
        expect(await verify(delivery)).toMatchObject({ outcome: 'hint' })
        if (world.provider.capabilities.webhook === 'signed') {
          expect(await verify({ ...delivery, body: delivery.body.replace(userId, '4711') })).toEqual({ outcome: 'forged' })
          expect(await verify({ ...delivery, headers: {} })).toEqual({ outcome: 'forged' })
        }
      }
      const hints = hintsOf(deliveries)
      expect(hints.every((hint) => hint.externalUserId === userId)).toBe(true)
      expect(hintsOf(deliveries), 'a replay says the same').toEqual(hints)
      expect(await fetchHints(access, hints)).toEqual([expect.objectContaining({ outcome: 'activity', externalId })])
    })

    it('makes nothing of garbage', () => {
      for (const body of ['', '{', 'null', '[]', '{"event":1}', '[{"data":null}]', '\u0000\u0001', '"x"', '{"object_id":{}}'])
        expect(world.provider.readHints(Buffer.from(body))).toEqual([])
    })

    it('knows what was deleted there', async () => {
      const userId = world.person()
      const access = accessOf(await signIn(userId))
      const externalId = world.record(userId, twentyMinutes(Date.now() - 3 * HOUR_MS))
      const look = hintsOf(world.deliveries(userId, 'recorded', externalId))
      world.remove(userId, externalId)
      const told = hintsOf(world.deliveries(userId, 'deleted', externalId))
      for (const hint of told) if (hint.kind !== 'look') expect(hint).toEqual({ kind: 'deleted', externalUserId: userId, externalId })
      // Where the data came with the hint, it cannot be asked for again.
      if (!world.provider.capabilities.lists) return
      const found = await fetchHints(access, [...look, ...told])
      const isGone = (one: Found) => (one.outcome === 'gone' ? one.externalId === externalId : one.outcome === 'only' && !one.externalIds.includes(externalId))
      expect([found.length > 0, found.every(isGone)]).toEqual([true, true])
    })

    it('knows when the person ended it there', async () => {
      const userId = world.person()
      const access = accessOf(await signIn(userId))
      for (const hint of hintsOf(world.deliveries(userId, 'revoked', ''))) expect(hint).toEqual({ kind: 'revoked', externalUserId: userId })
      world.revokeThere(userId)
      if (world.provider.capabilities.lists) await expect(world.provider.list(access, { fromMs: 0, toMs: Date.now() }, null)).rejects.toEqual(trouble('token_refused'))
    })
  })

  describe('when the provider fails', () => {
    const faults: ReadonlyArray<readonly [string, Parameters<ProviderWorld['emulator']['fault']>[0], ProviderTrouble]> = [
      ['401', { path: /./, answer: { status: 401 } }, 'token_refused'],
      ['429 with Retry-After', { path: /./, answer: { status: 429, headers: { 'retry-after': '120' } } }, 'limited'],
      ['500', { path: /./, answer: { status: 500, body: 'oh no' } }, 'away'],
      ['503 with Retry-After', { path: /./, answer: { status: 503, headers: { 'retry-after': '30' } } }, 'away'],
      ['a lost connection', { path: /./, drop: true }, 'away'],
      ['silence', { path: /./, hang: true }, 'away'],
      ['a redirect', { path: /./, answer: { status: 302, headers: { location: 'http://127.0.0.1:1/' } } }, 'away'],
      ['garbage', { path: /./, answer: { status: 200, body: '<html>maintenance</html>' } }, 'nonsense'],
      ['another shape', { path: /./, answer: { status: 200, json: { data: 'no', id: [] } } }, 'nonsense'],
      ['more than it may send', { path: /./, answer: { status: 200, body: `"${'x'.repeat(40 * 1024 * 1024)}"` } }, 'nonsense'],
    ]
    it.each(faults)('%s', async (_, fault, expected) => {
      const userId = world.person()
      const granted = await signIn(userId)
      const externalId = world.record(userId, twentyMinutes(Date.now() - 3 * HOUR_MS))
      const timeout = AbortSignal.timeout.bind(AbortSignal)
      // Only silence is waited for in full.
      const hurried = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(fault.hang ? 1_000 : ms))
      world.emulator.fault({ ...fault, path: world.readPath })
      const reading = world.provider.capabilities.lists
        ? world.provider.list(accessOf(granted), { fromMs: 0, toMs: Date.now() }, null)
        : fetchHints(accessOf(granted), hintsOf(world.deliveries(userId, 'recorded', externalId)))
      const error: unknown = await reading.then(() => null, (caught: unknown) => caught)
      hurried.mockRestore()
      expect(error).toEqual(trouble(expected))
      if (!(error instanceof ProviderError)) throw new Error('unreachable')
      if (fault.answer?.headers?.['retry-after']) expect((error.retryAt ?? 0) - Date.now()).toBeGreaterThan(20_000)
      expect(JSON.stringify({ ...error, message: error.message }), 'no token in what may be logged').not.toContain(granted.tokens.access)
    })

    it('tells a failing token address from a refusal', async () => {
      const userId = world.person()
      const { provider } = world
      world.emulator.fault({ path: world.tokenPath, answer: { status: 500 } })
      await expect(signIn(userId)).rejects.toEqual(trouble('away'))
      if (provider.capabilities.tokens === 'lasting') return
      const { tokens } = await signIn(userId)
      for (const [answer, expected] of [[{ status: 500 }, 'away'], [{ status: 400, json: { error: 'invalid_grant' } }, 'grant_refused'], [{ status: 200, body: 'x' }, 'nonsense']] as const) {
        world.emulator.fault({ path: world.tokenPath, answer })
        await expect(provider.refresh(tokens)).rejects.toEqual(trouble(expected))
      }
    })

    it('never puts a token or the secret of the app into an address', () => {
      const addresses = world.emulator.calls.filter(({ path }) => !world.keysInAddress?.test(path)).map(({ path, query }) => `${path}?${query}`).join('\n')
      expect(addresses).not.toMatch(/access_[\w-]{20}|refresh_[\w-]{20}/)
      for (const [name, value] of Object.entries(world.settings)) if (/SECRET/.test(name)) expect(addresses).not.toContain(value)
    })
  })

  describe('our subscription', () => {
    it('is made once and kept', async () => {
      if (!world.provider.tend) return
      const kept = await world.provider.tend(ours)
      expect(kept).toEqual({ ...ours.subscription, active: true })
    })
  })

  describe('uploading', () => {
    it('sends a file and says where it is', async () => {
      const { uploads } = world.provider
      if (!uploads) return
      const userId = world.person()
      const access = accessOf(await signIn(userId))
      const fit = new Uint8Array(randomBytes(2_000))
      const upload = async () => {
        let state = await uploads.send(access, { fit, externalId: `cls_${userId}`, title: 'Morning burn', sport: 'workout' })
        for (let turn = 0; turn < 5 && state.outcome === 'waiting'; turn++) state = await uploads.ask(access, state.uploadId)
        return state
      }
      const state = await upload()
      expect(state).toMatchObject({ outcome: 'done', url: expect.stringMatching(/^https:/) })
      expect(await upload(), 'the same again is there already').toEqual({ ...state, outcome: 'duplicate' })
      const sent = world.uploads.find((upload) => upload.userId === userId)
      expect(sent && Buffer.from(sent.file).equals(Buffer.from(fit))).toBe(true)
      expect(sent?.externalId).toBe(`cls_${userId}`)
    })
  })
}
