import { createPublicKey, createSign, createVerify, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { NOTHING_SAID, type Recording } from '@/lib/formats/recording'
import { writeTcx } from '@/lib/formats/tcx-writer'
import { googleHealth } from '@/lib/sync/google-health.server'
import { type Answer, type Call, OAuth, startEmulator } from './emulator'
import type { Delivery, ProviderWorld, Training } from './world'

const service = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
const SETTINGS = {
  GOOGLE_CLIENT_ID: 'pulseroom.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: 'google-secret',
  GOOGLE_PROJECT_NUMBER: '1234567890',
  GOOGLE_SERVICE_ACCOUNT: 'hooks@pulseroom.iam.gserviceaccount.com',
  GOOGLE_SERVICE_KEY: service.privateKey,
}
const ACTIVITY = 'https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly'
const PLACES = 'https://www.googleapis.com/auth/googlehealth.location.readonly'
const DATA = '/v4/users/me/dataTypes/exercise/dataPoints'

type Exercise = { readonly userId: string; readonly training: Training; readonly typedIn: boolean }
type Subscriber = { readonly name: string; readonly endpointUri: string; readonly secret: string; state: string }
const JSON_200 = (json: unknown): Answer => ({ status: 200, json })
const trouble = (status: number, code: string): Answer => ({ status, json: { error: { code: status, status: code } } })

/**
 * Google OAuth and the Google Health API v4: refresh tokens that stay, reconciled exercises 25 a page behind the one filter that it takes,
 * TCX only with leave to see places, webhooks signed with keys that change, the two questions before a subscription counts.
 */
export async function startGoogleHealth({ hooks = false }: { hooks?: boolean } = {}): Promise<
  ProviderWorld & { changeKeys(): void; recordByHand(userId: string, training: Training): string; subscriber(): Subscriber | undefined; disable(): void; verifications: number[] }
> {
  const oauth = new OAuth({ clientId: SETTINGS.GOOGLE_CLIENT_ID, clientSecret: SETTINGS.GOOGLE_CLIENT_SECRET, pkce: true, lifeSeconds: 3_599 })
  const exercises = new Map<string, Exercise>()
  const removed = new Map<string, Exercise>()
  const serviceTokens = new Set<string>()
  const revoked = new Set<string>()
  const verifications: number[] = []
  let subscriber: Subscriber | undefined
  let people = 0
  let keyId = 0
  let signing: KeyObject
  let keyset: unknown
  changeKeys()

  function changeKeys(): void {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    signing = pair.privateKey
    // Over 2³¹ as well: the numbers are unsigned.
    keyId = 3_000_000_000 + randomBytes(3).readUIntBE(0, 3)
    const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
    const field = (number: number, value: string) => Buffer.concat([Buffer.from([(number << 3) | 2, 33, 0]), Buffer.from(value, 'base64url')])
    const message = Buffer.concat([Buffer.from([(2 << 3) | 2, 6, 8, 3, 16, 2, 24, 2]), field(3, x), field(4, y)])
    const keyData = { typeUrl: 'type.googleapis.com/google.crypto.tink.EcdsaPublicKey', value: message.toString('base64'), keyMaterialType: 'ASYMMETRIC_PUBLIC' }
    keyset = { primaryKeyId: keyId, key: [{ keyData, status: 'ENABLED', keyId, outputPrefixType: 'TINK' }] }
  }

  const emulator = await startEmulator(async (call) => {
    if (call.path === '/token') return tokenOf(call)
    if (call.path === '/revoke') return revokeOf(call)
    if (call.path === '/keyset.json') return JSON_200(keyset)
    if (call.path.startsWith(`/v4/projects/${SETTINGS.GOOGLE_PROJECT_NUMBER}/subscribers`)) return await subscribers(call)
    return dataApi(call)
  })

  function tokenOf(call: Call): Answer {
    const form = new URLSearchParams(call.body.toString())
    if (form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer') return serviceTokenOf(form.get('assertion') ?? '')
    if (!oauth.isApp(call)) return { status: 401, json: { error: 'invalid_client' } }
    const issued = oauth.token(form)
    if (!issued) return { status: 400, json: { error: 'invalid_grant' } }
    const { access_token, refresh_token, expires_in, scope } = issued
    const refresh = form.get('grant_type') === 'refresh_token' ? {} : { refresh_token }
    return JSON_200({ access_token, expires_in, scope, token_type: 'Bearer', ...refresh })
  }

  function serviceTokenOf(assertion: string): Answer {
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    const { iss, aud } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string; aud: string }
    const sound = createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(createPublicKey(service.publicKey), signature, 'base64url')
    if (!sound || iss !== SETTINGS.GOOGLE_SERVICE_ACCOUNT || aud !== `${emulator.url}/token`) return { status: 400, json: { error: 'invalid_grant' } }
    const token = randomBytes(24).toString('base64url')
    serviceTokens.add(token)
    return JSON_200({ access_token: token, expires_in: 3_599, token_type: 'Bearer' })
  }

  function revokeOf(call: Call): Answer {
    const token = new URLSearchParams(call.body.toString()).get('token') ?? ''
    if (revoked.has(token)) return { status: 400, json: { error: 'invalid_token' } }
    revoked.add(token)
    oauth.revoke({ token })
    return { status: 200 }
  }

  async function subscribers(call: Call): Promise<Answer> {
    if (!serviceTokens.has(call.headers.get('authorization')?.replace('Bearer ', '') ?? '')) return trouble(401, 'UNAUTHENTICATED')
    if (call.method === 'GET') return JSON_200(subscriber ? { subscribers: [{ name: subscriber.name, endpointUri: subscriber.endpointUri, state: subscriber.state }] } : {})
    if (call.method === 'DELETE') {
      if (!subscriber) return trouble(404, 'NOT_FOUND')
      subscriber = undefined
      return JSON_200({})
    }
    if (subscriber) return trouble(409, 'ALREADY_EXISTS')
    const { endpointUri, endpointAuthorization } = JSON.parse(call.body.toString()) as { endpointUri: string; endpointAuthorization: { secret: string } }
    const { secret } = endpointAuthorization
    if (hooks) {
      verifications.push(await verification(endpointUri, { authorization: secret }), await verification(endpointUri, {}))
      if (verifications.at(-2) !== 201 || ![401, 403].includes(verifications.at(-1) ?? 0)) return trouble(400, 'FAILED_PRECONDITION')
    }
    subscriber = { name: `projects/${SETTINGS.GOOGLE_PROJECT_NUMBER}/subscribers/${call.query.get('subscriberId') ?? ''}`, endpointUri, secret, state: 'ACTIVE' }
    return JSON_200({ name: 'operations/1', done: true })
  }

  const verification = async (url: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(url, { method: 'POST', headers: { ...headers, 'user-agent': 'Google-Health-API-Webhooks', 'content-type': 'application/json' }, body: JSON.stringify({ type: 'verification' }) })).status

  function dataApi(call: Call): Answer {
    const grant = oauth.grantOf(call)
    if (!grant) return trouble(401, 'UNAUTHENTICATED')
    if (call.path === '/v4/users/me/identity') return JSON_200({ name: 'users/me/identity', healthUserId: grant.userId })
    const scopes = grant.scope.split(' ')
    if (!scopes.includes(ACTIVITY)) return trouble(403, 'PERMISSION_DENIED')
    const own = [...exercises].filter(([, { userId }]) => userId === grant.userId).sort(([, a], [, b]) => b.training.startedAt - a.training.startedAt)
    if (call.path === `${DATA}:reconcile`) return page(call, own)
    const [, id = '', tcx] = /dataPoints\/([^/:]+)(:exportExerciseTcx)?$/.exec(call.path) ?? []
    const found = own.find(([known]) => known === id)
    if (!found) return trouble(404, 'NOT_FOUND')
    if (!tcx) return JSON_200(pointOf(found))
    if (!scopes.includes(PLACES)) return trouble(403, 'PERMISSION_DENIED')
    if (found[1].typedIn) return trouble(404, 'NOT_FOUND')
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: writeTcx(recordingOf(found[1].training)) }
  }

  function page(call: Call, own: ReadonlyArray<[string, Exercise]>): Answer {
    const size = Number(call.query.get('pageSize') ?? '25')
    const filter = call.query.get('filter') ?? ''
    const [, from, to] = /^exercise\.interval\.civil_start_time >= "([\d-]{10})" AND exercise\.interval\.civil_start_time < "([\d-]{10})"$/.exec(filter) ?? []
    if (size > 25 || from === undefined || to === undefined) return trouble(400, 'INVALID_ARGUMENT')
    const civil = ({ startedAt, zoneOffsetMinutes }: Training) => new Date(startedAt + zoneOffsetMinutes * 60_000).toISOString().slice(0, 10)
    const inside = own.filter(([, { training }]) => civil(training) >= from && civil(training) < to)
    const start = Number(call.query.get('pageToken') ?? '0')
    // Never as many as were asked for: pages are the server's own.
    const points = inside.slice(start, start + Math.min(size, 2))
    const next = start + points.length
    return JSON_200({ ...(points.length > 0 ? { dataPoints: points.map(pointOf) } : {}), ...(next < inside.length ? { nextPageToken: String(next) } : {}) })
  }

  const record = (userId: string, training: Training, typedIn: boolean): string => {
    const id = randomBytes(8).toString('hex')
    exercises.set(id, { userId, training, typedIn })
    return id
  }

  const world = {
    provider: googleHealth,
    emulator,
    settings: {
      ...SETTINGS,
      GOOGLE_AUTHORISE_URL: `${emulator.url}/authorise`,
      GOOGLE_OAUTH_URL: emulator.url,
      GOOGLE_HEALTH_URL: `${emulator.url}/v4`,
      GOOGLE_HEALTH_KEYS_URL: `${emulator.url}/keyset.json`,
    },
    readPath: /^GET \/v4\/users\/me\/dataTypes\/exercise\/dataPoints:reconcile/,
    tokenPath: /^POST \/token/,
    uploads: [],
    verifications,
    changeKeys,
    subscriber: () => subscriber,
    disable: () => void (subscriber && (subscriber.state = 'DISABLED')),
    person: () => `health-${7_000_000 + ++people}`,
    consent: (url: string, userId: string, say: { deny?: boolean; less?: boolean } = {}) => oauth.consent(url, userId, { ...say, ...(say.less ? { scope: ACTIVITY } : {}) }),
    record: (userId: string, training: Training) => record(userId, training, false),
    recordByHand: (userId: string, training: Training) => record(userId, training, true),
    remove(_: string, externalId: string): void {
      const found = exercises.get(externalId)
      if (found) removed.set(externalId, found)
      exercises.delete(externalId)
    },
    deliveries(userId: string, what: 'recorded' | 'deleted' | 'revoked', externalId: string): Delivery[] {
      const training = (exercises.get(externalId) ?? removed.get(externalId))?.training
      if (what === 'revoked' || !training) return []
      const physicalTimeInterval = { startTime: new Date(training.startedAt).toISOString(), endTime: new Date(training.startedAt + training.minutes * 60_000).toISOString() }
      const data = { version: '1', clientProvidedSubscriptionName: 'x', healthUserId: userId, operation: what === 'deleted' ? 'DELETE' : 'UPSERT', dataType: 'exercise', intervals: [{ physicalTimeInterval }] }
      const body = JSON.stringify([{ data }])
      const head = Buffer.alloc(5)
      head[0] = 1
      head.writeUInt32BE(keyId, 1)
      const signature = Buffer.concat([head, createSign('SHA256').update(body).sign(signing)]).toString('base64')
      return [{ method: 'POST', headers: { 'content-type': 'application/json', authorization: subscriber?.secret ?? '', 'google-health-api-signature': signature }, body }]
    },
    revokeThere: (userId: string) => oauth.revoke({ userId }),
    expireTokens: (userId: string) => oauth.expire(userId),
    tokensAlive: (userId: string) => oauth.alive(userId),
  }
  return world
}

const recordingOf = ({ startedAt, minutes, bpm }: Training): Recording => {
  const second = Array.from({ length: minutes * 12 }, (_, at) => at * 5)
  const none = second.map(() => null)
  const streams = { second, bpm: second.map(bpm), watts: none, cadence: none, speedMps: none, altitudeM: none, distanceM: none, lat: second.map((at) => 52.5 + at * 1e-5), lon: second.map(() => 13.4) }
  return { sport: 'other', sourceSport: null, startedAt, zoneOffsetMinutes: null, device: null, streams, rr: [], laps: [], pauses: [], said: NOTHING_SAID, problems: [] }
}

function pointOf([id, { training }]: readonly [string, Exercise]): unknown {
  const { startedAt, minutes, zoneOffsetMinutes } = training
  return {
    name: `users/me/dataTypes/exercise/dataPoints/${id}`,
    dataSource: { platform: 'FITBIT', device: { displayName: 'Pixel Watch 4' } },
    exercise: {
      interval: { startTime: new Date(startedAt).toISOString(), endTime: new Date(startedAt + minutes * 60_000).toISOString(), startUtcOffset: `${zoneOffsetMinutes * 60}s` },
      exerciseType: 'SPINNING',
      displayName: 'Spinning',
      activeDuration: `${minutes * 60}s`,
      metricsSummary: { caloriesKcal: 180, distanceMillimeters: 0, averageHeartRateBeatsPerMinute: '134' },
    },
  }
}
