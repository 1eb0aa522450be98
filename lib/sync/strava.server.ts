import 'server-only'
import { z } from 'zod'
import { sameText } from '@/lib/platform/crypto.server'
import { env } from '@/lib/platform/env.server'
import { type Ask, basic, bearer, callProvider, type Reply } from './provider-http.server'
import { isTrouble, ProviderError, unless } from './provider-error'
import type { Access, Capabilities, Found, Hint, Provider, Purpose, Subscription, Tokens, UploadState } from './provider'
import { recordingOfStrava, STRAVA_STREAM_KEYS, StravaActivity, StravaId, StravaStreams } from './strava-activity'

/**
 * Strava API v3 under the policy of 2026: shown to its owner only (2.3), for seven days (6.2), gone with the connection (7.4). Limits are
 * the app's, not a person's. Webhooks are not reliably signed (X-Strava-Signature is seen, but not documented), so they are believed for
 * nothing: their path is unguessable, their subscription must be ours, and what they say is asked again.
 */
const name = 'strava'
const PAGE = 100
const READ: readonly string[] = ['activity:read', 'activity:read_all']

const capabilities: Capabilities = {
  purposes: ['import', 'upload'],
  pkce: false,
  tokens: 'rotating',
  webhook: 'path',
  lists: true,
  past: null,
  reach: { kind: 'owner_only', source: 'strava', keepDays: 7 },
  rawDays: 7,
  budget: {
    windows: [
      { seconds: 900, calls: 200, reads: 100 },
      { seconds: 86_400, calls: 2_000, reads: 1_000 },
    ],
    headers: [
      { what: 'calls', limit: 'x-ratelimit-limit', usage: 'x-ratelimit-usage' },
      { what: 'reads', limit: 'x-readratelimit-limit', usage: 'x-readratelimit-usage' },
    ],
  },
}

const keys = () => ({ client_id: env().STRAVA_CLIENT_ID ?? '', client_secret: env().STRAVA_CLIENT_SECRET ?? '' })
const api = (path: string): string => `${env().STRAVA_API_URL}${path}`
const call = ({ token, patient }: Access, path: string, more: Partial<Ask> = {}): Promise<Reply> =>
  callProvider({ provider: name, budget: capabilities.budget, url: api(path), authorization: bearer(token), patient, ...more })
const app = (what: Omit<Ask, 'provider'>): Promise<Reply> => callProvider({ provider: name, ...what })

const Token = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_at: z.number() })
const FirstToken = Token.extend({ athlete: z.object({ id: StravaId }), scope: z.string().optional() })
const Subscriptions = z.array(z.object({ id: StravaId, callback_url: z.string() }))
const Event = z.object({
  object_type: z.enum(['activity', 'athlete']),
  object_id: StravaId,
  aspect_type: z.enum(['create', 'update', 'delete']),
  owner_id: StravaId,
  subscription_id: StravaId,
  updates: z.object({ authorized: z.union([z.string(), z.boolean()]).transform(String).optional() }).nullish(),
})
const Uploaded = z.object({ id_str: z.string(), error: z.string().nullish(), activity_id: StravaId.nullish() })

const tokensOf = ({ access_token, refresh_token, expires_at }: z.infer<typeof Token>): Tokens => ({ access: access_token, refresh: refresh_token, expiresAt: expires_at * 1000 })
const askToken = (form: Readonly<Record<string, string>>): Promise<Reply> =>
  app({ url: `${env().STRAVA_OAUTH_URL}/token`, method: 'POST', form: { ...keys(), ...form }, meaning: { 400: 'grant_refused', 401: 'grant_refused' } })

export const strava: Provider = {
  name,
  capabilities,
  isSetUp: () => Boolean(env().STRAVA_CLIENT_ID && env().STRAVA_CLIENT_SECRET),

  authoriseUrl({ state, redirectUri, purposes }) {
    const scope = ['read', ...(purposes.includes('import') ? ['activity:read_all'] : []), ...(purposes.includes('upload') ? ['activity:write'] : [])].join(',')
    const query = { client_id: keys().client_id, redirect_uri: redirectUri, response_type: 'code', approval_prompt: 'auto', scope, state }
    return `${env().STRAVA_OAUTH_URL}/authorize?${new URLSearchParams(query)}`
  },

  async exchange({ code, grantedScope }) {
    const token = (await askToken({ grant_type: 'authorization_code', code })).json(FirstToken)
    // Anything may have been unticked there.
    const scopes = (token.scope ?? grantedScope ?? '').split(/[ ,]+/).filter(Boolean)
    const purposes: Purpose[] = [...(scopes.some((scope) => READ.includes(scope)) ? ['import' as const] : []), ...(scopes.includes('activity:write') ? ['upload' as const] : [])]
    return { tokens: tokensOf(token), externalUserId: token.athlete.id, scopes, purposes }
  },

  async refresh({ refresh }) {
    if (refresh === null) throw new ProviderError(name, 'grant_refused')
    return tokensOf((await askToken({ grant_type: 'refresh_token', refresh_token: refresh })).json(Token))
  },

  /** The address of 2026; it answers 200 for what it does not know. */
  async revoke(_, { access, refresh }) {
    const { client_id, client_secret } = keys()
    const form = refresh === null ? { token: access, token_type_hint: 'access_token' } : { token: refresh, token_type_hint: 'refresh_token' }
    await app({ url: `${env().STRAVA_OAUTH_URL}/revoke`, method: 'POST', authorization: basic(client_id, client_secret), form })
  },

  async verifyWebhook({ method, query, body }, { verifyToken, subscription }) {
    if (method === 'GET') {
      const asks = query.get('hub.mode') === 'subscribe' && sameText(query.get('hub.verify_token') ?? '', verifyToken)
      return asks ? { outcome: 'answer', status: 200, body: { 'hub.challenge': query.get('hub.challenge') } } : { outcome: 'forged' }
    }
    const event = eventOf(body)
    return event && subscription && sameText(event.subscription_id, subscription.externalId) ? { outcome: 'hint', deliveryId: null } : { outcome: 'forged' }
  },

  readHints(body): Hint[] {
    const event = eventOf(body)
    if (!event) return []
    const { object_type, object_id: externalId, aspect_type, owner_id: externalUserId, updates } = event
    if (object_type === 'athlete') return aspect_type === 'delete' || updates?.authorized === 'false' ? [{ kind: 'revoked', externalUserId }] : []
    return aspect_type === 'delete' ? [{ kind: 'deleted', externalUserId, externalId }] : [{ kind: 'look', externalUserId, ref: { externalId } }]
  },

  async list(access, { fromMs, toMs }, page) {
    const at = Number(page ?? 1)
    const query = new URLSearchParams({ after: String(Math.floor(fromMs / 1000)), before: String(Math.ceil(toMs / 1000)), page: String(at), per_page: String(PAGE) })
    const listed = (await call(access, `/athlete/activities?${query}`)).json(z.array(z.object({ id: StravaId })))
    return { refs: listed.map(({ id }) => ({ externalId: id })), next: listed.length === PAGE ? String(at + 1) : null }
  },

  async fetch(access, { externalId }): Promise<Found[]> {
    const id = StravaId.safeParse(externalId)
    if (!id.success) return []
    const reply = await call(access, `/activities/${id.data}?include_all_efforts=false`).catch((error: unknown) => {
      // Hidden from us is, for us, gone.
      if (isTrouble(error, 'gone', 'not_allowed')) return undefined
      throw error
    })
    if (!reply) return [{ outcome: 'gone', externalId: id.data }]
    const streams = await call(access, `/activities/${id.data}/streams?keys=${STRAVA_STREAM_KEYS}&key_by_type=true`, { maxBytes: 16 * 1024 * 1024 }).catch(unless('gone'))
    const activity = reply.json(StravaActivity)
    const recording = recordingOfStrava(activity, streams?.json(StravaStreams) ?? null)
    if (!recording) throw new ProviderError(name, 'nonsense')
    const raw = [{ kind: 'activity', bytes: reply.bytes }, ...(streams ? [{ kind: 'streams', bytes: streams.bytes }] : [])]
    return [{ outcome: 'activity', externalId: id.data, title: activity.name?.slice(0, 120) ?? null, recording, raw }]
  },

  async tend({ callbackUrl, verifyToken }): Promise<Subscription> {
    const { client_id, client_secret } = keys()
    // Strava wants the app's keys in the address of these two, and knows no other way.
    const proof = new URLSearchParams({ client_id, client_secret })
    const [theirs] = (await app({ url: api(`/push_subscriptions?${proof}`) })).json(Subscriptions)
    if (theirs?.callback_url === callbackUrl) return { externalId: theirs.id, secret: null, active: true }
    if (theirs) await app({ url: api(`/push_subscriptions/${theirs.id}?${proof}`), method: 'DELETE' }).catch(unless('gone'))
    const form = { client_id, client_secret, callback_url: callbackUrl, verify_token: verifyToken }
    const made = (await app({ url: api('/push_subscriptions'), method: 'POST', form })).json(z.object({ id: StravaId }))
    return { externalId: made.id, secret: null, active: true }
  },

  askForPast: null,
  uploads: {
    async send(access, { fit, externalId, title }) {
      const multipart = new FormData()
      multipart.set('file', new Blob([new Uint8Array(fit)]), `${externalId}.fit`)
      for (const [field, value] of Object.entries({ data_type: 'fit', name: title, external_id: externalId, trainer: '1' })) multipart.set(field, value)
      const reply = await call(access, '/uploads', { method: 'POST', multipart, isRead: false }).catch(unless('conflict'))
      return reply ? uploadState(reply.json(Uploaded)) : { outcome: 'duplicate', url: null }
    },
    async ask(access, uploadId) {
      return uploadState((await call(access, `/uploads/${encodeURIComponent(uploadId)}`)).json(Uploaded))
    },
  },
}

const pageOf = (activityId: string): string => `https://www.strava.com/activities/${activityId}`
/** "x.fit duplicate of activity 17", or of a link to it; the number is all of Strava's words that we take over. */
const DUPLICATE = /duplicate of(?:\D{0,60}(\d{1,19}))?/i

function uploadState({ id_str, error, activity_id }: z.infer<typeof Uploaded>): UploadState {
  const duplicate = DUPLICATE.exec(error ?? '')
  if (duplicate) return { outcome: 'duplicate', url: duplicate[1] ? pageOf(duplicate[1]) : null }
  if (activity_id) return { outcome: 'done', url: pageOf(activity_id) }
  return error ? { outcome: 'refused' } : { outcome: 'waiting', uploadId: id_str }
}

function eventOf(body: Uint8Array): z.infer<typeof Event> | undefined {
  try {
    return Event.parse(JSON.parse(new TextDecoder().decode(body)))
  } catch {
    return undefined
  }
}
