import { createHmac, randomBytes, randomInt } from 'node:crypto'
import { writeFit } from '@/lib/formats/fit-writer'
import { PolarExercise, recordingOfPolar } from '@/lib/sync/polar-exercise'
import { type Answer, type Call, OAuth, startEmulator } from './emulator'
import type { Delivery, ProviderWorld, Training } from './world'

const SETTINGS = { POLAR_CLIENT_ID: 'pulseroom-polar', POLAR_CLIENT_SECRET: 'polar-secret' }
const LIMITS = { quarter: 520, day: 5_100 }
const UPLOADED_WITHIN_MS = 30 * 86_400_000

/** What leads the product to an emulator at this address. */
export const polarSettings = (url: string): Readonly<Record<string, string>> => ({
  ...SETTINGS,
  POLAR_AUTHORISE_URL: `${url}/oauth2/authorization`,
  POLAR_TOKEN_URL: `${url}/v2/oauth2/token`,
  POLAR_API_URL: `${url}/v3`,
})

type Exercise = { readonly userId: string; readonly json: Record<string, unknown>; readonly startedAt: number }
type Webhook = { id: string; url: string; events: string[]; active: boolean; secret: string }
const JSON_200 = (json: unknown): Answer => ({ status: 200, json })

/**
 * Polar AccessLink v3: registration before reading, exercises of registered people only, FIT files, one webhook with its secret told once,
 * sleep and re-arming, counting-up rate headers. `port`: a fixed one, for whoever must know the address before it runs.
 */
export async function startPolar({ port = 0, hooks = true }: { port?: number; hooks?: boolean } = {}): Promise<Omit<ProviderWorld, 'provider'> & { readonly webhook: () => Webhook | undefined; deliver(delivery: Delivery): Promise<number>; sleep(): void; withdrawConsent(userId: string): void; signedIn(): string }> {
  const oauth = new OAuth({ clientId: SETTINGS.POLAR_CLIENT_ID, clientSecret: SETTINGS.POLAR_CLIENT_SECRET, lifeSeconds: null })
  const registered = new Map<string, string>()
  const withdrawn = new Set<string>()
  const exercises = new Map<string, Exercise>()
  let webhook: Webhook | undefined
  let used = 0
  // Nobody is met again when a test is tried a second time.
  let people = randomInt(1_000_000) * 100
  let signedIn = ''

  const emulator = await startEmulator(
    async (call) => {
      if (call.path === '/oauth2/authorization') return authorisePage(call)
      if (call.path === '/v2/oauth2/token') return tokenOf(call)
      if (call.path.startsWith('/v3/webhooks')) return await webhookApi(call)
      return dataApi(call)
    },
    () => {
      used++
      const reset = 900 - (Math.floor(Date.now() / 1000) % 900)
      const headers = { 'ratelimit-usage': `${used}, ${used}`, 'ratelimit-limit': `${LIMITS.quarter}, ${LIMITS.day}`, 'ratelimit-reset': `${reset}, 3600` }
      return used > LIMITS.quarter ? { headers, refusal: { status: 429 } } : { headers }
    },
    port,
  )

  /** Polar's own page, with an account signed in that nobody had before. */
  function authorisePage(call: Call): Answer {
    const url = `${emulator.url}${call.path}?${call.query}`
    signedIn = world.person()
    const userId = signedIn
    const [yes, no] = [oauth.consent(url, userId), oauth.consent(url, userId, { deny: true })].map((to) => to.href.replaceAll('&', '&amp;'))
    return { status: 200, headers: { 'content-type': 'text/html' }, body: `<!doctype html><title>Polar Flow</title><a href="${yes}">Accept</a> <a href="${no}">Decline</a>` }
  }

  function tokenOf(call: Call): Answer {
    if (!oauth.isApp(call)) return { status: 401, json: { error: 'invalid_client' } }
    const issued = oauth.token(new URLSearchParams(call.body.toString()))
    if (!issued) return { status: 400, json: { error: 'invalid_grant' } }
    return JSON_200({ access_token: issued.access_token, token_type: 'bearer', expires_in: issued.expires_in, x_user_id: Number(issued.userId) })
  }

  async function webhookApi(call: Call): Promise<Answer> {
    if (!oauth.isApp(call)) return { status: 401 }
    const shown = (one: Webhook) => ({ id: one.id, events: one.events, url: one.url, active: one.active })
    if (call.method === 'GET') return webhook ? JSON_200({ data: [shown(webhook)] }) : { status: 404 }
    if (call.method === 'DELETE') {
      webhook = undefined
      return { status: 204 }
    }
    if (call.path === '/v3/webhooks/activate') {
      if (!webhook || !(await ping(webhook.url))) return { status: 400 }
      webhook.active = true
      return { status: 200 }
    }
    if (webhook) return { status: 409 }
    const { events, url } = JSON.parse(call.body.toString()) as { events: string[]; url: string }
    if (!(await ping(url))) return { status: 400, json: { error: 'no answer to PING' } }
    webhook = { id: 'abdf33', url, events, active: true, secret: randomBytes(16).toString('hex') }
    return { status: 201, json: { data: { ...shown(webhook), signature_secret_key: webhook.secret } } }
  }

  /** At making and waking it; `hooks` is off where nobody listens at the address. */
  async function ping(url: string): Promise<boolean> {
    if (!hooks) return true
    const body = JSON.stringify({ timestamp: new Date().toISOString(), event: 'PING' })
    return await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'polar-webhook-event': 'PING' }, body }).then(({ status }) => status === 200, () => false)
  }

  function dataApi(call: Call): Answer {
    const userId = oauth.grantOf(call)?.userId
    if (userId === undefined) return { status: 401 }
    if (call.path === '/v3/users' && call.method === 'POST') {
      if (registered.has(userId)) return { status: 409 }
      registered.set(userId, (JSON.parse(call.body.toString()) as { 'member-id': string })['member-id'])
      return JSON_200({ 'polar-user-id': Number(userId), 'member-id': registered.get(userId) })
    }
    if (call.path === `/v3/users/${userId}` && call.method === 'DELETE') {
      registered.delete(userId)
      oauth.revoke({ userId })
      return { status: 204 }
    }
    if (!registered.has(userId) || withdrawn.has(userId)) return { status: 403 }
    const recent = [...exercises].filter(([, one]) => one.userId === userId && one.startedAt > Date.now() - UPLOADED_WITHIN_MS)
    if (call.path === '/v3/exercises') return JSON_200(recent.map(([, { json }]) => ({ ...json, samples: undefined, route: undefined })))
    const [, id = '', part] = /^\/v3\/exercises\/([\w-]+)(\/fit)?$/.exec(call.path) ?? []
    const found = recent.find(([known]) => known === id)?.[1]
    if (!found) return { status: 404 }
    if (!part) return JSON_200(call.query.get('samples') === 'true' ? found.json : { ...found.json, samples: undefined })
    const recording = recordingOfPolar(PolarExercise.parse(found.json))
    return recording ? { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: writeFit(recording) } : { status: 404 }
  }

  const world = {
    emulator,
    settings: polarSettings(emulator.url),
    readPath: /^GET \/v3\/exercises/,
    tokenPath: /^POST \/v2\/oauth2\/token/,
    uploads: [],
    webhook: () => webhook,
    /** Whose page it was that was shown last. */
    signedIn: () => signedIn,
    person: () => String(47_000_000 + ++people),
    consent: (url: string, userId: string, say: { deny?: boolean } = {}) => oauth.consent(url, userId, say),
    record(userId: string, training: Training): string {
      const id = randomBytes(4).toString('hex')
      exercises.set(id, { userId, json: exerciseOf(id, userId, training), startedAt: training.startedAt })
      return id
    },
    remove: (_: string, externalId: string) => void exercises.delete(externalId),
    deliveries(userId: string, what: 'recorded' | 'deleted' | 'revoked', externalId: string): Delivery[] {
      if (what !== 'recorded') return []
      const url = `https://www.polaraccesslink.com/v3/exercises/${externalId}`
      const body = JSON.stringify({ event: 'EXERCISE', user_id: Number(userId), entity_id: externalId, timestamp: new Date().toISOString(), url })
      const signature = createHmac('sha256', webhook?.secret ?? '').update(body).digest('hex')
      return [{ method: 'POST', headers: { 'content-type': 'application/json', 'polar-webhook-event': 'EXERCISE', 'polar-webhook-signature': signature }, body }]
    },
    async deliver({ method, headers, body }: Delivery): Promise<number> {
      return (await fetch(webhook?.url ?? '', { method, headers, body })).status
    },
    /** Seven days of failures. */
    sleep: () => void (webhook && (webhook.active = false)),
    withdrawConsent: (userId: string) => void withdrawn.add(userId),
    revokeThere(userId: string): void {
      registered.delete(userId)
      oauth.revoke({ userId })
    },
    expireTokens: (userId: string) => oauth.revoke({ userId }),
    tokensAlive: (userId: string) => oauth.alive(userId),
  }
  return world
}

/** In the shape of AccessLink v3's own example (polar.com/accesslink-api, "Get exercise"). */
function exerciseOf(id: string, userId: string, { startedAt, minutes, zoneOffsetMinutes, bpm }: Training): Record<string, unknown> {
  const every5 = Array.from({ length: minutes * 12 }, (_, at) => at * 5)
  const beats = every5.map(bpm)
  return {
    id,
    upload_time: new Date(startedAt + minutes * 60_000).toISOString().slice(0, 19),
    polar_user: `https://www.polaraccesslink.com/v3/users/${userId}`,
    device: 'Polar Vantage V3',
    device_id: '1111AAAA',
    start_time: new Date(startedAt + zoneOffsetMinutes * 60_000).toISOString().slice(0, 19),
    start_time_utc_offset: zoneOffsetMinutes,
    duration: `PT${minutes}M`,
    calories: 180,
    distance: 0,
    heart_rate: { average: Math.round(beats.reduce((sum, one) => sum + one, 0) / beats.length), maximum: Math.max(...beats) },
    training_load: 42.1,
    sport: 'OTHER',
    has_route: false,
    detailed_sport_info: 'INDOOR_CYCLING',
    samples: [
      { recording_rate: 5, sample_type: '0', data: beats.join(',') },
      { recording_rate: 5, sample_type: '2', data: beats.map(() => 80).join(',') },
      { recording_rate: 0, sample_type: '11', data: every5.map((second) => Math.round(60_000 / bpm(second))).join(',') },
    ],
  }
}
