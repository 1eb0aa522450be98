import 'server-only'
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { readRecording } from '@/lib/formats/read-recording'
import type { Recording } from '@/lib/formats/recording'
import { sameText } from '@/lib/platform/crypto.server'
import { env } from '@/lib/platform/env.server'
import { PolarExercise, recordingOfPolar } from './polar-exercise'
import { type Ask, basic, bearer, callProvider, type Reply } from './provider-http.server'
import { isTrouble, ProviderError, unless } from './provider-error'
import type { Access, Capabilities, Found, Hint, Provider, Ref, Subscription } from './provider'

/**
 * Polar AccessLink v3 (polar.com/accesslink-api). Non-transactional: exercises of the last 30 days, and of those only what was uploaded to
 * Flow after the person was registered here. Tokens last ten years; deregistering ends them. One signed webhook for the whole app.
 */
const name = 'polar'
const MAX_FIT_BYTES = 24 * 1024 * 1024

const capabilities: Capabilities = {
  purposes: ['import'],
  pkce: false,
  tokens: 'lasting',
  webhook: 'signed',
  lists: true,
  past: null,
  reach: { kind: 'shareable', source: 'polar' },
  rawDays: 30,
  budget: {
    // Without the part that grows with the number of people: the answers' headers correct it.
    windows: [
      { seconds: 900, calls: 500, reads: null },
      { seconds: 86_400, calls: 5_000, reads: null },
    ],
    headers: [{ what: 'calls', limit: 'ratelimit-limit', usage: 'ratelimit-usage' }],
  },
}

const app = (): string => basic(env().POLAR_CLIENT_ID ?? '', env().POLAR_CLIENT_SECRET ?? '')
const api = (path: string): string => `${env().POLAR_API_URL}${path}`
const ask = (what: Omit<Ask, 'provider' | 'budget'>): Promise<Reply> => callProvider({ provider: name, budget: capabilities.budget, ...what })
const read = (access: Access, path: string, more: Partial<Ask> = {}): Promise<Reply> =>
  ask({ url: api(path), authorization: bearer(access.token), patient: access.patient, ...more })

const Token = z.object({ access_token: z.string().min(1), x_user_id: z.union([z.number(), z.string()]).transform(String) })
const Exercises = z.preprocess((value) => value ?? [], z.array(PolarExercise))
const Webhook = z.object({ data: z.object({ id: z.string(), events: z.array(z.string()).optional(), url: z.string().optional(), active: z.boolean().optional(), signature_secret_key: z.string().optional() }) })
const Webhooks = z.object({ data: z.union([z.array(Webhook.shape.data), Webhook.shape.data.transform((one) => [one])]).nullish() })
const Event = z.object({ event: z.string(), user_id: z.union([z.number(), z.string()]).transform(String).optional(), entity_id: z.union([z.number(), z.string()]).transform(String).optional() })
const exerciseId = z.string().regex(/^[\w-]{1,64}$/)

export const polar: Provider = {
  name,
  capabilities,
  isSetUp: () => Boolean(env().POLAR_CLIENT_ID && env().POLAR_CLIENT_SECRET),

  authoriseUrl({ state, redirectUri }) {
    const query = { response_type: 'code', client_id: env().POLAR_CLIENT_ID ?? '', redirect_uri: redirectUri, scope: 'accesslink.read_all', state }
    return `${env().POLAR_AUTHORISE_URL}?${new URLSearchParams(query)}`
  },

  async exchange({ code, redirectUri, memberId }) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
    const reply = await ask({ url: env().POLAR_TOKEN_URL, method: 'POST', authorization: app(), form, meaning: { 400: 'grant_refused', 401: 'grant_refused' } })
    const { access_token, x_user_id } = reply.json(Token)
    // Nothing can be read of somebody who is not registered; 409: they are.
    await ask({ url: api('/users'), method: 'POST', authorization: bearer(access_token), json: { 'member-id': memberId } }).catch(unless('conflict'))
    return { tokens: { access: access_token, refresh: null, expiresAt: null }, externalUserId: x_user_id, scopes: ['accesslink.read_all'], purposes: ['import'] }
  },

  refresh: () => Promise.reject(new ProviderError(name, 'grant_refused')),

  async revoke({ token, externalUserId, patient }) {
    const away = ['gone', 'token_refused'] as const
    await ask({ url: api(`/users/${encodeURIComponent(externalUserId)}`), method: 'DELETE', authorization: bearer(token), patient }).catch(unless(...away))
  },

  async verifyWebhook({ method, headers, body }, { subscription }) {
    if (method !== 'POST') return { outcome: 'forged' }
    // At making and waking the webhook, unsigned, and before we know the secret.
    if (eventOf(body)?.event === 'PING') return { outcome: 'answer', status: 200, body: {} }
    const secret = subscription?.secret
    const signature = headers.get('polar-webhook-signature')
    if (!secret || !signature || !sameText(createHmac('sha256', secret).update(body).digest('hex'), signature.toLowerCase())) return { outcome: 'forged' }
    return { outcome: 'hint', deliveryId: null }
  },

  readHints(body): Hint[] {
    const { event, user_id, entity_id } = eventOf(body) ?? {}
    const id = exerciseId.safeParse(entity_id)
    return event === 'EXERCISE' && user_id !== undefined && id.success ? [{ kind: 'look', externalUserId: user_id, ref: { externalId: id.data } }] : []
  },

  async list(access, { fromMs, toMs }) {
    const exercises = (await read(access, '/exercises')).json(Exercises)
    const inside = exercises.filter((exercise) => {
      const at = recordingOfPolar({ ...exercise, samples: null, route: null })?.startedAt ?? Number.NaN
      return at >= fromMs && at < toMs && exerciseId.safeParse(exercise.id).success
    })
    return { refs: inside.map(({ id }): Ref => ({ externalId: id })), next: null }
  },

  async fetch(access, { externalId }): Promise<Found[]> {
    const id = exerciseId.safeParse(externalId)
    if (!id.success) return []
    let reply: Reply
    try {
      reply = await read(access, `/exercises/${id.data}?samples=true&route=true`)
    } catch (error) {
      if (isTrouble(error, 'gone')) return [{ outcome: 'gone', externalId: id.data }]
      throw error
    }
    const exercise = reply.json(PolarExercise)
    const bySamples = recordingOfPolar(exercise)
    if (!bySamples) throw new ProviderError(name, 'nonsense')
    // The file has what the samples have not: laps, pauses, every second. An exercise that was typed in has none.
    const fit = await read(access, `/exercises/${id.data}/fit`, { headers: { accept: '*/*' }, maxBytes: MAX_FIT_BYTES, meaning: { 403: 'gone' } }).catch(unless('gone', 'nonsense'))
    const raw = [{ kind: 'exercise', bytes: reply.bytes }, ...(fit && fit.bytes.length > 0 ? [{ kind: 'fit', bytes: fit.bytes }] : [])]
    return [{ outcome: 'activity', externalId: id.data, title: null, recording: await better(bySamples, fit?.bytes), raw }]
  },

  async tend({ callbackUrl, subscription }): Promise<Subscription> {
    const { data } = (await ask({ url: api('/webhooks'), authorization: app() }).catch(unless('gone')))?.json(Webhooks) ?? {}
    const theirs = data?.find(({ url }) => url === undefined || url === callbackUrl) ?? data?.[0]
    const known = theirs && subscription?.secret && subscription.externalId === theirs.id && (theirs.url ?? callbackUrl) === callbackUrl
    if (theirs && known) {
      // Polar puts a webhook to sleep after seven days of failures.
      if (theirs.active === false) await ask({ url: api('/webhooks/activate'), method: 'POST', authorization: app() })
      return { ...subscription, active: true }
    }
    // Its secret is told once only, so one whose secret we lost is made anew.
    if (theirs) await ask({ url: api(`/webhooks/${encodeURIComponent(theirs.id)}`), method: 'DELETE', authorization: app() }).catch(unless('gone'))
    const made = (await ask({ url: api('/webhooks'), method: 'POST', authorization: app(), json: { events: ['EXERCISE'], url: callbackUrl } })).json(Webhook)
    return { externalId: made.data.id, secret: made.data.signature_secret_key ?? null, active: true }
  },

  askForPast: null,
  uploads: null,
}

function eventOf(body: Uint8Array): z.infer<typeof Event> | undefined {
  try {
    return Event.parse(JSON.parse(new TextDecoder().decode(body)))
  } catch {
    return undefined
  }
}

/** The FIT file where it is sound and about the same training; Polar's own words of sport and zone, and its RR, stay. */
async function better(bySamples: Recording, fit: Uint8Array | undefined): Promise<Recording> {
  if (!fit || fit.length === 0) return bySamples
  const outcome = await readRecording(fit, 'polar.fit')
  if (outcome.outcome === 'refused' || Math.abs(outcome.recording.startedAt - bySamples.startedAt) > 120_000) return bySamples
  const { recording } = outcome
  const { sport, sourceSport, zoneOffsetMinutes, device, rr, said } = bySamples
  return { ...recording, sport, sourceSport, zoneOffsetMinutes, device: device ?? recording.device, rr: recording.rr.length > 0 ? recording.rr : rr, said: { ...recording.said, kcal: said.kcal ?? recording.said.kcal } }
}
