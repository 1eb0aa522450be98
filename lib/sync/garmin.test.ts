import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SETTINGS } from '@/tests/settings'
import { startGarmin } from '@/tests/providers/garmin'
import { startEmulator } from '@/tests/providers/emulator'
import { twentyMinutes } from '@/tests/providers/world'
import { garminDevice } from './garmin-details'
import type { Provider } from './provider'
import { describeProvider } from './provider-contract'

vi.hoisted(() => (process.env.LOG_LEVEL = 'silent'))
Object.assign(process.env, { ...SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })

describeProvider(() => startGarmin())

describe("Garmin's own", () => {
  const start = Date.UTC(2026, 10, 22, 10)
  const access = { token: 'nothing to open', externalUserId: 'u', patient: false }
  let world: Awaited<ReturnType<typeof startGarmin>>
  let garmin: Provider
  let files: Awaited<ReturnType<typeof startEmulator>>
  beforeAll(async () => {
    world = await startGarmin()
    files = await startEmulator(() => ({ status: 200, body: readFileSync('tests/fixtures/garmin-fenix2-run.fit') }))
    Object.assign(process.env, world.settings, { GARMIN_API_URL: `${files.url}/wellness-api/rest` })
    vi.resetModules()
    garmin = (await import('./garmin.server')).garmin
  })
  afterAll(async () => {
    await world.emulator.close()
    await files.close()
  })

  it('takes a training that is pushed whole: no call, its laps, its device named', async () => {
    const externalId = world.record('u', twentyMinutes(start))
    const { headers, body, method } = world.push('u', externalId)
    expect(await garmin.verifyWebhook({ method, headers: new Headers(headers), query: new URLSearchParams(), body: Buffer.from(body) }, { callbackUrl: '', verifyToken: '', subscription: null })).toMatchObject({ outcome: 'hint' })
    const [hint] = garmin.readHints(Buffer.from(body))
    if (hint?.kind !== 'look') throw new Error('no look')
    expect(hint.externalUserId).toBe('u')
    const [found] = await garmin.fetch(access, hint.ref)
    expect(found).toMatchObject({
      ...{ outcome: 'activity', externalId, title: 'Morning ride' },
      recording: { sport: 'cycling', device: 'Garmin forerunner965', zoneOffsetMinutes: 60, laps: [{ startSecond: 0, seconds: 600 }, { startSecond: 600, seconds: 600 }], said: { timerSeconds: 1200, avgBpm: 134, kcal: 180 } },
    })
    expect(files.calls).toHaveLength(0)
  })

  it('fetches a file that is pinged, from its own address only', async () => {
    const ping = (callbackURL: string) => JSON.stringify({ activityFiles: [{ userId: 'u', summaryId: '77-file', activityId: 77, fileType: 'FIT', deviceName: 'fenix 2', activityName: 'Evening run', callbackURL }] })
    const fetchOf = async (url: string) => {
      const [hint] = garmin.readHints(Buffer.from(ping(url)))
      return hint?.kind === 'look' ? await garmin.fetch(access, hint.ref) : null
    }
    expect(await fetchOf(`${files.url}/wellness-api/rest/activityFile?id=77&token=x`)).toMatchObject([{ externalId: '77', title: 'Evening run', recording: { device: 'Garmin fenix 2', sport: 'running' }, raw: [{ kind: 'fit' }] }])
    const before = files.calls.length
    for (const elsewhere of ['http://127.0.0.1:1/wellness-api/rest/activityFile', `${files.url}/elsewhere`, `${files.url}/wellness-api/restless`, 'file:///etc/passwd', 'no address']) expect(await fetchOf(elsewhere)).toEqual([])
    expect(files.calls).toHaveLength(before)
  })

  it('hears that permissions changed, that somebody left, and no other app', async () => {
    const read = (body: string) => garmin.readHints(Buffer.from(body))
    expect(read(world.permissions('u', ['HEALTH_EXPORT']).body)).toEqual([{ kind: 'permissions', externalUserId: 'u', purposes: [] }])
    expect(read(world.permissions('u', ['ACTIVITY_EXPORT']).body)).toEqual([{ kind: 'permissions', externalUserId: 'u', purposes: ['import'] }])
    expect(read(JSON.stringify({ deregistrations: [{ userId: 'u' }, { userId: 'v' }], dailies: [{ userId: 'u' }] }))).toEqual([{ kind: 'revoked', externalUserId: 'u' }, { kind: 'revoked', externalUserId: 'v' }])
    const verdict = (headers: Record<string, string>, method = 'POST') => garmin.verifyWebhook({ method, headers: new Headers(headers), query: new URLSearchParams(), body: Buffer.from('{}') }, { callbackUrl: '', verifyToken: '', subscription: null })
    expect([await verdict({}), await verdict({ 'garmin-client-id': 'another' }), await verdict({ 'garmin-client-id': 'pulseroom-garmin' }, 'GET')]).toEqual([{ outcome: 'forged' }, { outcome: 'forged' }, { outcome: 'forged' }])
  })

  it('names Garmin with every device', () => {
    expect(['Forerunner 965', 'Garmin Edge 1050', 'garmin edge810', 'unknown', null].map(garminDevice)).toEqual(['Garmin Forerunner 965', 'Garmin Edge 1050', 'garmin edge810', 'Garmin', 'Garmin'])
  })
})

describe('the past', () => {
  it('is asked for once a window, and comes by push', async () => {
    const world = await startGarmin()
    Object.assign(process.env, world.settings)
    vi.resetModules()
    const { garmin } = await import('./garmin.server')
    const { createHash } = await import('node:crypto')
    const verifier = 'b'.repeat(43)
    const [userId, redirectUri] = [world.person(), 'http://localhost:3000/x']
    const url = garmin.authoriseUrl({ state: 's', challenge: createHash('sha256').update(verifier).digest('base64url'), redirectUri, purposes: ['import'] })
    const code = world.consent(url, userId).searchParams.get('code') ?? ''
    const { tokens } = await garmin.exchange({ code, verifier, redirectUri, grantedScope: null, memberId: 'con_1' })
    const access = { token: tokens.access, externalUserId: userId, patient: true }
    const window = { fromMs: Date.UTC(2026, 9, 22), toMs: Date.UTC(2026, 10, 22) }
    await garmin.askForPast?.(access, window)
    expect(world.backfills).toEqual([{ userId, from: window.fromMs / 1000, to: window.toMs / 1000 }])
    await expect(garmin.askForPast?.(access, window)).rejects.toMatchObject({ trouble: 'conflict' })
    await world.emulator.close()
  })
})
