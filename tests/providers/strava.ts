import { createHash, randomBytes, randomInt } from 'node:crypto'
import { type Answer, type Call, type Counted, OAuth, startEmulator } from './emulator'
import type { Delivery, ProviderWorld, Training } from './world'

const SETTINGS = { STRAVA_CLIENT_ID: '4242', STRAVA_CLIENT_SECRET: 'strava-secret' }
const SUBSCRIPTION = 8001

/** What leads the product to an emulator at this address. */
export const stravaSettings = (url: string): Readonly<Record<string, string>> => ({ ...SETTINGS, STRAVA_OAUTH_URL: `${url}/oauth`, STRAVA_API_URL: `${url}/api/v3` })

type Kept = { readonly userId: string; readonly training: Training; hidden: boolean }

type Options = { limits?: { calls: [number, number]; reads: [number, number] }; grace?: boolean; lifeSeconds?: number; hooks?: boolean; port?: number }

/**
 * Strava API v3: rotating tokens of six hours, scopes that can be unticked, the app's limits with their headers, one subscription,
 * activities and streams, uploads that take a moment and know a file that was there before. `limits`: how many calls fit into a quarter of
 * an hour and a day. `port`: a fixed one, for whoever must know the address before it runs.
 */
export async function startStrava({ limits = { calls: [200, 2_000], reads: [100, 1_000] }, grace = false, lifeSeconds = 21_600, hooks = false, port = 0 }: Options = {}): Promise<Omit<ProviderWorld, 'provider'> & { signedIn(): string; giveGrace(grace: boolean): void }> {
  const oauth = new OAuth({ clientId: SETTINGS.STRAVA_CLIENT_ID, clientSecret: SETTINGS.STRAVA_CLIENT_SECRET, lifeSeconds, rotating: true, grace })
  const activities = new Map<string, Kept>()
  /** Every file that was taken; `uploads` are those that became activities. */
  const taken: Array<{ userId: string; file: Uint8Array; externalId: string; asked: number; digest: string; first: number }> = []
  const uploads: typeof taken = []
  let signedIn = ''
  let subscription: { id: number; callback_url: string } | undefined
  // Nobody is met again when a test is tried a second time.
  let people = randomInt(1_000_000) * 100
  const used = { calls: 0, reads: 0 }

  const emulator = await startEmulator(async (call) => {
    if (call.path === '/oauth/authorize') return authorisePage(call)
    if (call.path === '/oauth/token') return tokenOf(call)
    if (call.path === '/oauth/revoke') return revoke(call)
    if (call.path.startsWith('/api/v3/push_subscriptions')) return await subscriptions(call)
    return dataApi(call)
  }, count, port)

  /** Strava's own page, with an account signed in that nobody had before. */
  function authorisePage(call: Call): Answer {
    const url = `${emulator.url}${call.path}?${call.query}`
    signedIn = String(1_000_000 + ++people)
    const [yes, no] = [oauth.consent(url, signedIn), oauth.consent(url, signedIn, { deny: true })].map((to) => to.href.replaceAll('&', '&amp;'))
    return { status: 200, headers: { 'content-type': 'text/html' }, body: `<!doctype html><title>Strava</title><a href="${yes}">Authorize</a> <a href="${no}">Cancel</a>` }
  }

  function count(call: Call): Counted {
    if (!call.path.startsWith('/api/v3/') || call.path.includes('push_subscriptions')) return { headers: {} }
    used.calls++
    if (call.method === 'GET') used.reads++
    const headers = {
      'x-ratelimit-limit': limits.calls.join(','),
      'x-ratelimit-usage': `${used.calls},${used.calls}`,
      'x-readratelimit-limit': limits.reads.join(','),
      'x-readratelimit-usage': `${used.reads},${used.reads}`,
    }
    const over = used.calls > limits.calls[0] || used.reads > limits.reads[0]
    return over ? { headers, refusal: { status: 429, json: { message: 'Rate Limit Exceeded' } } } : { headers }
  }

  function tokenOf(call: Call): Answer {
    if (!oauth.isApp(call)) return { status: 401, json: { message: 'Authorization Error' } }
    const form = new URLSearchParams(call.body.toString())
    const issued = oauth.token(form)
    if (!issued) return { status: 400, json: { message: 'Bad Request', errors: [{ resource: 'RefreshToken', field: 'refresh_token', code: 'invalid' }] } }
    const { access_token, refresh_token, expires_in, scope, userId } = issued
    const first = form.get('grant_type') === 'authorization_code' ? { athlete: { id: Number(userId) }, scope } : {}
    return { status: 200, json: { token_type: 'Bearer', access_token, refresh_token, expires_in, expires_at: Math.floor(Date.now() / 1000) + expires_in, ...first } }
  }

  function revoke(call: Call): Answer {
    if (!oauth.isApp(call)) return { status: 401 }
    oauth.revoke({ token: new URLSearchParams(call.body.toString()).get('token') ?? '' })
    return { status: 200 }
  }

  async function subscriptions(call: Call): Promise<Answer> {
    const form = call.method === 'POST' ? new URLSearchParams(call.body.toString()) : call.query
    if (form.get('client_secret') !== SETTINGS.STRAVA_CLIENT_SECRET) return { status: 401 }
    if (call.method === 'GET') return { status: 200, json: subscription ? [subscription] : [] }
    if (call.method === 'DELETE') {
      subscription = undefined
      return { status: 204 }
    }
    if (subscription) return { status: 400, json: { errors: [{ code: 'already exists' }] } }
    const callback = new URL(form.get('callback_url') ?? '')
    if (hooks) {
      const challenge = randomBytes(8).toString('hex')
      for (const [name, value] of Object.entries({ 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': form.get('verify_token') ?? '' })) callback.searchParams.set(name, value)
      const echoed = await fetch(callback).then((response) => response.json() as Promise<Record<string, string>>, () => ({}) as Record<string, string>)
      if (echoed['hub.challenge'] !== challenge) return { status: 400 }
    }
    subscription = { id: SUBSCRIPTION, callback_url: form.get('callback_url') ?? '' }
    return { status: 201, json: { id: SUBSCRIPTION } }
  }

  function dataApi(call: Call): Answer {
    const grant = oauth.grantOf(call)
    if (!grant) return { status: 401, json: { message: 'Authorization Error' } }
    const path = call.path.slice('/api/v3'.length)
    if (path === '/uploads' && call.method === 'POST') return take(call, grant)
    const uploadId = /^\/uploads\/(\d+)$/.exec(path)?.[1]
    if (uploadId) return uploadOf(uploadId)
    if (!/activity:read/.test(grant.scope)) return { status: 403 }
    const mine = [...activities].filter(([, { userId, hidden }]) => userId === grant.userId && !hidden)
    if (path === '/athlete/activities') {
      const [after, before, page, size] = ['after', 'before', 'page', 'per_page'].map((name) => Number(call.query.get(name)))
      const inside = mine.filter(([, { training }]) => training.startedAt / 1000 > (after ?? 0) && training.startedAt / 1000 < (before ?? 0))
      const from = ((page ?? 1) - 1) * (size ?? 30)
      return { status: 200, json: inside.slice(from, from + (size ?? 30)).map(([id, { training }]) => summaryOf(id, training)) }
    }
    const [, id = '', part] = /^\/activities\/(\d+)(\/streams)?$/.exec(path) ?? []
    const found = mine.find(([known]) => known === id)?.[1]
    if (!found) return { status: 404, json: { message: 'Record Not Found' } }
    return { status: 200, json: part ? streamsOf(found.training) : { ...summaryOf(id, found.training), calories: 180, laps: [] } }
  }

  function take(call: Call, grant: { userId: string; scope: string }): Answer {
    if (!/activity:write/.test(grant.scope)) return { status: 403 }
    const { fields, file } = multipartOf(call)
    if (fields.data_type !== 'fit' || !file) return { status: 400 }
    const digest = createHash('sha256').update(file).digest('hex')
    const first = taken.findIndex((one) => one.userId === grant.userId && one.digest === digest)
    const upload = { userId: grant.userId, file, externalId: fields.external_id ?? '', asked: 0, digest, first: first < 0 ? taken.length : first }
    taken.push(upload)
    if (first < 0) uploads.push(upload)
    return { status: 201, json: { id: taken.length, id_str: String(taken.length), external_id: fields.external_id, error: null, status: 'Your activity is still being processed.', activity_id: null } }
  }

  /** Ready, or known to be a duplicate, when it is asked for the second time. */
  function uploadOf(id: string): Answer {
    const at = Number(id) - 1
    const upload = taken[at]
    if (!upload) return { status: 404 }
    const said = { id: Number(id), id_str: id, external_id: upload.externalId }
    if (++upload.asked === 1) return { status: 200, json: { ...said, error: null, status: 'Your activity is still being processed.', activity_id: null } }
    if (upload.first === at) return { status: 200, json: { ...said, error: null, status: 'Your activity is ready.', activity_id: 9_000_001 + at } }
    const error = `${upload.externalId}.fit duplicate of <a href='/activities/${9_000_001 + upload.first}' target='_blank'>Live class</a>`
    return { status: 200, json: { ...said, error, status: 'There was an error processing your activity.', activity_id: null } }
  }

  const event = (userId: string, more: object): Delivery => {
    const body = JSON.stringify({ owner_id: Number(userId), subscription_id: SUBSCRIPTION, event_time: Math.floor(Date.now() / 1000), updates: {}, ...more })
    return { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  }
  return {
    emulator,
    settings: stravaSettings(emulator.url),
    readPath: /^GET \/api\/v3\/a/,
    tokenPath: /^POST \/oauth\/token/,
    keysInAddress: /push_subscriptions/,
    uploads,
    signedIn: () => signedIn,
    giveGrace: (given) => void (oauth.rules.grace = given),
    person: () => String(1_000_000 + ++people),
    consent: (url, userId, say = {}) => oauth.consent(url, userId, say.less ? { ...say, scope: 'read,activity:write' } : say),
    record(userId, training) {
      const id = String(17_000_000_000 + activities.size)
      activities.set(id, { userId, training, hidden: false })
      return id
    },
    remove: (_, externalId) => void activities.delete(externalId),
    deliveries(userId, what, externalId) {
      if (what === 'revoked') return [event(userId, { object_type: 'athlete', object_id: Number(userId), aspect_type: 'update', updates: { authorized: 'false' } })]
      return [event(userId, { object_type: 'activity', object_id: Number(externalId), aspect_type: what === 'deleted' ? 'delete' : 'create' })]
    },
    revokeThere: (userId) => oauth.revoke({ userId }),
    expireTokens: (userId) => oauth.expire(userId),
    tokensAlive: (userId) => oauth.alive(userId),
  }
}

/** In the shape of Strava's reference, "Get activity" and "Get activity streams". */
const summaryOf = (id: string, { startedAt, minutes, zoneOffsetMinutes }: Training) => ({
  id: Number(id),
  name: 'Evening ride',
  sport_type: 'VirtualRide',
  start_date: new Date(startedAt).toISOString().replace('.000', ''),
  start_date_local: new Date(startedAt + zoneOffsetMinutes * 60_000).toISOString().replace('.000', ''),
  timezone: '(GMT+01:00) Europe/Berlin',
  utc_offset: zoneOffsetMinutes * 60,
  elapsed_time: minutes * 60,
  moving_time: minutes * 60,
  distance: 9_100.5,
  total_elevation_gain: 12,
  has_heartrate: true,
  average_heartrate: 134.5,
  max_heartrate: 159,
  device_name: 'Zwift',
})

function streamsOf({ minutes, bpm }: Training) {
  const time = Array.from({ length: minutes * 60 }, (_, second) => second)
  const of = (data: unknown[]) => ({ data, series_type: 'time', original_size: data.length, resolution: 'high' })
  return { time: of(time), heartrate: of(time.map(bpm)), watts: of(time.map(() => 180)), cadence: of(time.map(() => 85)) }
}

/** Enough of RFC 7578 for one file and short fields. */
function multipartOf(call: Call): { fields: Record<string, string>; file: Uint8Array | undefined } {
  const boundary = /boundary=(.+)$/.exec(call.headers.get('content-type') ?? '')?.[1] ?? ''
  const fields: Record<string, string> = {}
  let file: Uint8Array | undefined
  for (const part of call.body.toString('latin1').split(`--${boundary}`)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const name = /name="([^"]+)"/.exec(head)?.[1]
    const content = rest.join('\r\n\r\n').replace(/\r\n$/, '')
    if (name === 'file') file = Buffer.from(content, 'latin1')
    else if (name) fields[name] = Buffer.from(content, 'latin1').toString()
  }
  return { fields, file }
}
