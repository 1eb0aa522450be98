import 'server-only'
import { createPublicKey, createSign, verify } from 'node:crypto'
import { z } from 'zod'
import { readRecording } from '@/lib/formats/read-recording'
import type { Recording } from '@/lib/formats/recording'
import { now } from '@/lib/platform/clock'
import { sameText } from '@/lib/platform/crypto.server'
import { env, hasGoogleHealth } from '@/lib/platform/env.server'
import { GoogleLook, googleLooks, GooglePage, GooglePoint, googleStart, recordingOfGoogle } from './google-exercise'
import { GoogleKeyset, pointOf, readGoogleSignature } from './google-signature'
import { type Access, type Capabilities, type Found, type Listed, type Provider, type Ref, type Window } from './provider'
import { isTrouble, ProviderError, unless } from './provider-error'
import { type Ask, bearer, callProvider, type Reply } from './provider-http.server'

/**
 * Google Health API v4 (developers.google.com/health): what Fitbit and Pixel watches record, and what Health Connect merges. A webhook names
 * a time, never what happened in it, so the time is looked at. Without leave to see places an exercise has totals only: Google gives its
 * seconds (as TCX) together with its route or not at all.
 */
const name = 'google_health'
const ACTIVITY = 'https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly'
const PLACES = 'https://www.googleapis.com/auth/googlehealth.location.readonly'
/** More than 25 exercises a page are refused. */
const PAGE_SIZE = 25
const MAX_TCX_BYTES = 24 * 1024 * 1024
const DAY_MS = 86_400_000
const KEYS_LIVE_MS = 3_600_000
const KEYS_REST_MS = 60_000
const MAX_PAGES_OF_A_LOOK = 20
const SUBSCRIBER = 'pulseroom'

const capabilities: Capabilities = {
  purposes: ['import'],
  pkce: true,
  tokens: 'kept',
  webhook: 'signed',
  lists: true,
  past: { by: 'list', days: 730 },
  reach: { kind: 'shareable', source: 'google_health' },
  rawDays: 30,
  // 300 calls a minute and person, 120 000 for the project: what comes near it is told by 429.
  budget: null,
}

const ask = (what: Omit<Ask, 'provider'>): Promise<Reply> => callProvider({ provider: name, ...what })
const read = ({ token, patient }: Access, path: string, more: Partial<Ask> = {}): Promise<Reply> =>
  ask({ url: `${env().GOOGLE_HEALTH_URL}/users/me/${path}`, authorization: bearer(token), patient, ...more })
const tokenReply = (form: Readonly<Record<string, string>>): Promise<Reply> =>
  ask({ url: `${env().GOOGLE_OAUTH_URL}/token`, method: 'POST', form, meaning: { 400: 'grant_refused', 401: 'grant_refused' } })
const app = () => ({ client_id: env().GOOGLE_CLIENT_ID ?? '', client_secret: env().GOOGLE_CLIENT_SECRET ?? '' })

const Token = z.object({ access_token: z.string().min(1), refresh_token: z.string().optional(), expires_in: z.number(), scope: z.string().optional() })
const Identity = z.object({ healthUserId: z.string().min(1) })
const Subscribers = z.object({ subscribers: z.array(z.object({ name: z.string(), endpointUri: z.string().optional(), state: z.string().optional() })).optional() })
const exerciseId = z.string().regex(/^[\w.~-]{1,200}$/)

export const googleHealth: Provider = {
  name,
  capabilities,
  isSetUp: () => hasGoogleHealth(env()),

  authoriseUrl({ state, challenge, redirectUri }) {
    const query = {
      ...{ client_id: env().GOOGLE_CLIENT_ID ?? '', redirect_uri: redirectUri, response_type: 'code', scope: `${ACTIVITY} ${PLACES}`, state },
      // A refresh token comes only with these two.
      ...{ access_type: 'offline', prompt: 'consent', include_granted_scopes: 'true' },
      ...{ code_challenge: challenge ?? '', code_challenge_method: 'S256' },
    }
    return `${env().GOOGLE_AUTHORISE_URL}?${new URLSearchParams(query)}`
  },

  async exchange({ code, verifier, redirectUri, grantedScope }) {
    const form = { ...app(), grant_type: 'authorization_code', code, code_verifier: verifier ?? '', redirect_uri: redirectUri }
    const { access_token, refresh_token, expires_in, scope } = (await tokenReply(form)).json(Token)
    if (refresh_token === undefined) throw new ProviderError(name, 'nonsense')
    const tokens = { access: access_token, refresh: refresh_token, expiresAt: now() + expires_in * 1000 }
    const { healthUserId } = (await read({ token: access_token, externalUserId: '', patient: false }, 'identity')).json(Identity)
    const scopes = (scope ?? grantedScope ?? '').split(' ').filter((each) => each !== '')
    return { tokens, externalUserId: healthUserId, scopes, purposes: scopes.includes(ACTIVITY) ? ['import'] : [] }
  },

  async refresh({ refresh }) {
    const renewed = (await tokenReply({ ...app(), grant_type: 'refresh_token', refresh_token: refresh ?? '' })).json(Token)
    return { access: renewed.access_token, refresh: renewed.refresh_token ?? refresh, expiresAt: now() + renewed.expires_in * 1000 }
  },

  async revoke(_, { access, refresh }) {
    const form = { token: refresh ?? access }
    // 400 for a token that is dead already.
    await ask({ url: `${env().GOOGLE_OAUTH_URL}/revoke`, method: 'POST', form, meaning: { 400: 'gone' } }).catch(unless('gone'))
  },

  async verifyWebhook({ method, headers, body }, { verifyToken }) {
    const ours = sameText(headers.get('authorization') ?? '', verifyToken)
    if (method !== 'POST') return { outcome: 'forged' }
    // Asked twice when the subscription is made: it must be told apart who knows the secret.
    if (isVerification(body)) return ours ? { outcome: 'answer', status: 201, body: {} } : { outcome: 'answer', status: 401, body: {} }
    const header = headers.get('google-health-api-signature') ?? headers.get('x-healthapi-signature')
    return ours && (await isGoogles(header, body)) ? { outcome: 'hint', deliveryId: null } : { outcome: 'forged' }
  },

  readHints: (body) =>
    googleLooks(new TextDecoder().decode(body)).map(({ userId, look }) => ({ kind: 'look', externalUserId: userId, ref: { externalId: null, detail: look } })),

  async list(access, { fromMs, toMs }, page): Promise<Listed> {
    // Filtered by the wall clock of wherever it was: a day more on both sides, then by the instant.
    const civil = (atMs: number) => new Date(atMs).toISOString().slice(0, 10)
    const filter = `exercise.interval.civil_start_time >= "${civil(fromMs - DAY_MS)}" AND exercise.interval.civil_start_time < "${civil(toMs + 2 * DAY_MS)}"`
    const query = new URLSearchParams({ pageSize: String(PAGE_SIZE), filter, ...(page === null ? {} : { pageToken: page }) })
    const { dataPoints = [], nextPageToken } = (await read(access, `dataTypes/exercise/dataPoints:reconcile?${query}`)).json(GooglePage)
    const inside = dataPoints.filter((point) => {
      const at = googleStart(point) ?? NaN
      return at >= fromMs && at < toMs
    })
    return { refs: inside.map(({ id }): Ref => ({ externalId: id })), next: nextPageToken || null }
  },

  async fetch(access, { externalId, detail }): Promise<Found[]> {
    const look = GoogleLook.safeParse(detail)
    if (look.success) return await lookAt(access, look.data)
    const id = exerciseId.safeParse(externalId)
    return id.success ? [await fetchOne(access, id.data)] : []
  },

  async tend({ callbackUrl, verifyToken }) {
    const authorization = bearer(await serviceToken())
    const subscribers = `${env().GOOGLE_HEALTH_URL}/projects/${env().GOOGLE_PROJECT_NUMBER}/subscribers`
    const { subscribers: there = [] } = (await ask({ url: subscribers, authorization })).json(Subscribers)
    const own = there.find((each) => each.name.endsWith(`/${SUBSCRIBER}`))
    const sound = own !== undefined && own.endpointUri === callbackUrl && !/DISABLED|SUSPENDED|UNVERIFIED/.test(own.state ?? '')
    if (own !== undefined && !sound) await ask({ url: `${subscribers}/${SUBSCRIBER}`, method: 'DELETE', authorization }).catch(unless('gone'))
    const json = {
      endpointUri: callbackUrl,
      subscriberConfigs: [{ dataTypes: ['exercise'], subscriptionCreatePolicy: 'AUTOMATIC' }],
      endpointAuthorization: { secret: verifyToken },
    }
    if (!sound) await ask({ url: `${subscribers}?subscriberId=${SUBSCRIBER}`, method: 'POST', authorization, json }).catch(unless('conflict'))
    return { externalId: SUBSCRIBER, secret: null, active: true }
  },

  askForPast: null,
  uploads: null,
}

/** Everything that is in a window now, and, where something was deleted, that there is nothing else. */
async function lookAt(access: Access, { fromMs, toMs, deleted }: GoogleLook): Promise<Found[]> {
  const window: Window = { fromMs, toMs }
  const found: Found[] = []
  const externalIds: string[] = []
  let page: string | null = null
  let pages = 0
  do {
    const listed: Listed = await googleHealth.list(access, window, page)
    for (const { externalId } of listed.refs) {
      if (externalId === null) continue
      externalIds.push(externalId)
      found.push(await fetchOne(access, externalId))
    }
    page = listed.next
  } while (page !== null && ++pages < MAX_PAGES_OF_A_LOOK)
  return deleted && page === null ? [...found, { outcome: 'only', window, externalIds }] : found
}

async function fetchOne(access: Access, id: string): Promise<Found> {
  const path = `dataTypes/exercise/dataPoints/${encodeURIComponent(id)}`
  let reply: Reply
  try {
    reply = await read(access, path)
  } catch (error) {
    if (isTrouble(error, 'gone')) return { outcome: 'gone', externalId: id }
    throw error
  }
  const point = reply.json(GooglePoint)
  // None of what was typed in; and none where the person keeps places to themselves.
  const more = { headers: { accept: '*/*' }, maxBytes: MAX_TCX_BYTES }
  const tcx = await read(access, `${path}:exportExerciseTcx?alt=media`, more).catch(unless('gone', 'not_allowed'))
  const recording = recordingOfGoogle(point, await readTcx(tcx?.bytes))
  if (!recording) throw new ProviderError(name, 'nonsense')
  const raw = [{ kind: 'exercise', bytes: reply.bytes }, ...(tcx && tcx.bytes.length > 0 ? [{ kind: 'tcx', bytes: tcx.bytes }] : [])]
  return { outcome: 'activity', externalId: id, title: point.exercise.displayName ?? null, recording, raw }
}

async function readTcx(bytes: Uint8Array | undefined): Promise<Recording | null> {
  if (!bytes || bytes.length === 0) return null
  const file = await readRecording(bytes, 'google.tcx')
  return file.outcome === 'read' ? file.recording : null
}

const isVerification = (body: Uint8Array): boolean => {
  try {
    return z.object({ type: z.literal('verification') }).safeParse(JSON.parse(new TextDecoder().decode(body))).success
  } catch {
    return false
  }
}

/** Google's public keys: public, the same for everybody, and renewed about every month. */
let kept: { keys: GoogleKeyset; at: number } | null = null

async function keys(wanted: number): Promise<GoogleKeyset> {
  const age = now() - (kept?.at ?? 0)
  const known = kept !== null && pointOf(kept.keys, wanted) !== null
  // A number that nobody knows makes us look again, but not each time that somebody makes one up.
  if (kept && age < (known ? KEYS_LIVE_MS : KEYS_REST_MS)) return kept.keys
  const fresh = (await ask({ url: env().GOOGLE_HEALTH_KEYS_URL })).json(GoogleKeyset)
  kept = { keys: fresh, at: now() }
  return fresh
}

async function isGoogles(header: string | null, body: Uint8Array): Promise<boolean> {
  const signature = readGoogleSignature(header)
  if (signature === null) return false
  const point = pointOf(await keys(signature.keyId), signature.keyId)
  if (point === null) return false
  const [x, y] = [point.x, point.y].map((part) => Buffer.from(part).toString('base64url'))
  try {
    return verify('sha256', body, createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' }), signature.der)
  } catch {
    return false
  }
}

/** A token of the service account (RFC 7523): it owns the subscription, no person's data. */
async function serviceToken(): Promise<string> {
  const { GOOGLE_SERVICE_ACCOUNT: issuer = '', GOOGLE_SERVICE_KEY: key = '', GOOGLE_OAUTH_URL: oauth } = env()
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const issued = Math.floor(now() / 1000)
  const claims = { iss: issuer, scope: 'https://www.googleapis.com/auth/cloud-platform', aud: `${oauth}/token`, iat: issued, exp: issued + 600 }
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  const signature = createSign('RSA-SHA256').update(signed).sign(key.replaceAll('\\n', '\n'), 'base64url')
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${signed}.${signature}` }
  return (await tokenReply(form)).json(z.object({ access_token: z.string().min(1) })).access_token
}
