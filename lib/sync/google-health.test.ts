import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { SETTINGS } from '@/tests/settings'
import { startGoogleHealth } from '@/tests/providers/google-health'
import { twentyMinutes } from '@/tests/providers/world'
import { googleLooks, GooglePage } from './google-exercise'
import { pointOf, readGoogleSignature } from './google-signature'
import { describeProvider } from './provider-contract'

vi.hoisted(() => (process.env.LOG_LEVEL = 'silent'))
Object.assign(process.env, { ...SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })

describeProvider(() => startGoogleHealth())

describe("Google's own", () => {
  it('reads a signature and a key as Tink writes them', () => {
    expect(readGoogleSignature(Buffer.from([1, 0, 0, 1, 2, 48, 6]).toString('base64'))).toEqual({ keyId: 258, der: new Uint8Array([48, 6]) })
    for (const broken of [null, '', '%%', Buffer.from([0, 0, 0, 1, 2, 48]).toString('base64'), Buffer.from([1, 0, 0, 1, 2]).toString('base64')]) expect(readGoogleSignature(broken)).toBeNull()
    const x = Array.from({ length: 32 }, (_, at) => at + 1)
    const message = [18, 2, 8, 3, 26, 33, 0, ...x, 34, 31, ...x.slice(1)]
    const key = (value: number[], status = 'ENABLED') => ({ key: [{ keyId: -5, status, keyData: { value: Buffer.from(value).toString('base64') } }] })
    // A signed number in JSON is the same key; a short coordinate has zeros before it.
    expect(pointOf(key(message), 2 ** 32 - 5)).toEqual({ x: new Uint8Array(x), y: new Uint8Array([0, ...x.slice(1)]) })
    expect([pointOf(key(message), 7), pointOf(key(message, 'DISABLED'), 2 ** 32 - 5), pointOf(key([26, 200, 1]), 2 ** 32 - 5), pointOf(key([255, 255]), 2 ** 32 - 5)]).toEqual([null, null, null, null])
  })

  it('takes times from a webhook, of exercises only, and none that no look can cover', () => {
    const event = (dataType: string, startTime: string, endTime: string) => ({ data: { version: '1', healthUserId: 'u', operation: 'DELETE', dataType, intervals: [{ physicalTimeInterval: { startTime, endTime } }] } })
    const body = [event('exercise', '2026-11-22T10:00:00Z', '2026-11-22T10:20:00Z'), event('sleep', '2026-11-22T10:00:00Z', '2026-11-22T10:20:00Z'), event('exercise', '2016-01-01T00:00:00Z', '2026-01-01T00:00:00Z'), 7]
    const [fromMs, toMs] = [Date.UTC(2026, 10, 22, 10), Date.UTC(2026, 10, 22, 10, 20)]
    expect(googleLooks(JSON.stringify(body))).toEqual([{ userId: 'u', look: { fromMs, toMs, deleted: true } }])
  })

  it('takes an empty page, and no page that is none', () => {
    expect([{}, { nextPageToken: 'x' }, { data: 'no' }, { dataPoints: [{}] }].map((page) => GooglePage.safeParse(page).success)).toEqual([true, true, false, false])
  })

  it('answers the two questions before a subscription counts, keeps it, wakes it, and believes new keys', async () => {
    const world = await startGoogleHealth({ hooks: true })
    Object.assign(process.env, world.settings)
    vi.resetModules()
    const { googleHealth: fresh } = await import('./google-health.server')
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        const headers = new Headers({ authorization: request.headers.authorization ?? '' })
        void fresh.verifyWebhook({ method: 'POST', query: new URLSearchParams(), headers, body: Buffer.concat(parts) }, ours).then((verdict) => response.writeHead(verdict.outcome === 'answer' ? verdict.status : 403).end())
      })
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const ours = { callbackUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, verifyToken: 'a secret of ours', subscription: null }
    try {
      expect(await fresh.tend?.(ours)).toEqual({ externalId: 'pulseroom', secret: null, active: true })
      expect(world.verifications).toEqual([201, 401])
      await fresh.tend?.(ours)
      expect(world.verifications, 'what is sound is left alone').toHaveLength(2)
      world.disable()
      await fresh.tend?.(ours)
      expect([world.verifications, world.subscriber()?.state]).toEqual([[201, 401, 201, 401], 'ACTIVE'])

      const userId = world.person()
      const externalId = world.record(userId, twentyMinutes(Date.now() - 3_600_000))
      const verdicts = async () => {
        const [delivery] = world.deliveries(userId, 'recorded', externalId)
        if (!delivery) throw new Error('no delivery')
        const incoming = (headers: Record<string, string>) => ({ method: 'POST', query: new URLSearchParams(), headers: new Headers(headers), body: Buffer.from(delivery.body) })
        const both = await Promise.all([fresh.verifyWebhook(incoming(delivery.headers), ours), fresh.verifyWebhook(incoming({ ...delivery.headers, authorization: 'another' }), ours)])
        return both.map(({ outcome }) => outcome)
      }
      expect(await verdicts()).toEqual(['hint', 'forged'])
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 })
      world.changeKeys()
      expect(await verdicts()).toEqual(['hint', 'forged'])
    } finally {
      vi.useRealTimers()
      server.closeAllConnections()
      server.close()
      await world.emulator.close()
    }
  })

  it('has totals only of what was typed in, or where places are not shown', async () => {
    const world = await startGoogleHealth()
    Object.assign(process.env, world.settings)
    vi.resetModules()
    const { googleHealth: fresh } = await import('./google-health.server')
    const verifier = 'a'.repeat(43)
    const signIn = async (userId: string, less: boolean) => {
      const back = world.consent(fresh.authoriseUrl({ state: 's', challenge: createHash('sha256').update(verifier).digest('base64url'), redirectUri: 'http://localhost:3000/x', purposes: ['import'] }), userId, { less })
      return await fresh.exchange({ code: back.searchParams.get('code') ?? '', verifier, redirectUri: 'http://localhost:3000/x', grantedScope: null, memberId: 'con_1' })
    }
    const totals = { outcome: 'activity', recording: { sport: 'cycling', device: 'Pixel Watch 4', streams: { second: [] }, problems: ['no_samples'], said: { elapsedSeconds: 1200, timerSeconds: 1200, kcal: 180, avgBpm: 134, distanceM: null } } }
    for (const less of [false, true]) {
      const userId = world.person()
      const granted = await signIn(userId, less)
      const access = { token: granted.tokens.access, externalUserId: userId, patient: false }
      const training = twentyMinutes(Date.UTC(2026, 10, 22, 10))
      const externalId = less ? world.record(userId, training) : world.recordByHand(userId, training)
      expect(await fresh.fetch(access, { externalId })).toMatchObject([totals])
    }
    await world.emulator.close()
  })
})
