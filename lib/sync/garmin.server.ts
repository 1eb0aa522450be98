import 'server-only'
import { z } from 'zod'
import { readRecording } from '@/lib/formats/read-recording'
import { now } from '@/lib/platform/clock'
import { sameText } from '@/lib/platform/crypto.server'
import { env } from '@/lib/platform/env.server'
import { garminDevice, GarminDetails, garminHints, garminId, GarminLook, recordingOfGarmin } from './garmin-details'
import type { Access, Capabilities, Found, Hint, Provider, Purpose, Tokens } from './provider'
import { ProviderError, unless } from './provider-error'
import { type Ask, bearer, callProvider, type Reply } from './provider-http.server'

/**
 * Garmin Connect's Activity API. Nothing may be listed: what is recorded is pushed, or pinged with an address that opens for a day. The
 * programme takes no new apps (November 2026), so this is off until an installation has keys.
 */
const name = 'garmin'
const MAX_DETAILS_BYTES = 8 * 1024 * 1024
const EXPORT = 'ACTIVITY_EXPORT'

const capabilities: Capabilities = {
  purposes: ['import'],
  pkce: true,
  tokens: 'rotating',
  // No signature: the unguessable path, and the app's own id in a header.
  webhook: 'path',
  lists: false,
  past: { by: 'push', days: 30 },
  reach: { kind: 'shareable', source: 'garmin' },
  rawDays: 30,
  budget: { windows: [{ seconds: 60, calls: 100, reads: null }], headers: [] },
}

const ask = (what: Omit<Ask, 'provider' | 'budget'>): Promise<Reply> => callProvider({ provider: name, budget: capabilities.budget, ...what })
const api = (path: string, token: string, more: Partial<Ask> = {}): Promise<Reply> => ask({ url: `${env().GARMIN_API_URL}${path}`, authorization: bearer(token), ...more })
const app = () => ({ client_id: env().GARMIN_CLIENT_ID ?? '', client_secret: env().GARMIN_CLIENT_SECRET ?? '' })

const Token = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_in: z.number() })
const User = z.object({ userId: z.string().min(1) })
const Permissions = z.union([z.array(z.string()), z.object({ permissions: z.array(z.string()) }).transform(({ permissions }) => permissions)])
const purposesOf = (permissions: readonly string[]): Purpose[] => (permissions.includes(EXPORT) ? ['import'] : [])

async function tokens(form: Readonly<Record<string, string>>): Promise<Tokens> {
  const asked = { ...app(), ...form }
  const reply = await ask({ url: env().GARMIN_TOKEN_URL, method: 'POST', form: asked, meaning: { 400: 'grant_refused', 401: 'grant_refused' } })
  const { access_token, refresh_token, expires_in } = reply.json(Token)
  return { access: access_token, refresh: refresh_token, expiresAt: now() + expires_in * 1000 }
}

export const garmin: Provider = {
  name,
  capabilities,
  isSetUp: () => Boolean(env().GARMIN_CLIENT_ID && env().GARMIN_CLIENT_SECRET),

  authoriseUrl({ state, challenge, redirectUri }) {
    const { client_id } = app()
    const query = { response_type: 'code', client_id, code_challenge: challenge ?? '', code_challenge_method: 'S256', redirect_uri: redirectUri, state }
    return `${env().GARMIN_AUTHORISE_URL}?${new URLSearchParams(query)}`
  },

  async exchange({ code, verifier, redirectUri }) {
    const granted = await tokens({ grant_type: 'authorization_code', code, code_verifier: verifier ?? '', redirect_uri: redirectUri })
    const { userId } = (await api('/user/id', granted.access)).json(User)
    // What they ticked on Garmin's page is not in the answer.
    const permissions = (await api('/user/permissions', granted.access)).json(Permissions)
    return { tokens: granted, externalUserId: userId, scopes: permissions, purposes: purposesOf(permissions) }
  },

  refresh: ({ refresh }) => tokens({ grant_type: 'refresh_token', refresh_token: refresh ?? '' }),

  async revoke(_, { access }) {
    await api('/user/registration', access, { method: 'DELETE' }).catch(unless('gone', 'token_refused'))
  },

  verifyWebhook({ method, headers }) {
    const clientId = headers.get('garmin-client-id') ?? ''
    return Promise.resolve(method === 'POST' && sameText(clientId, app().client_id) ? { outcome: 'hint', deliveryId: null } : { outcome: 'forged' })
  },

  readHints: (body) =>
    garminHints(new TextDecoder().decode(body)).map((hint): Hint => {
      const externalUserId = hint.userId
      if (hint.kind === 'deregistered') return { kind: 'revoked', externalUserId }
      if (hint.kind === 'permissions') return { kind: 'permissions', externalUserId, purposes: purposesOf(hint.permissions) }
      return { kind: 'look', externalUserId, ref: { externalId: hint.externalId, detail: hint.look } }
    }),

  list: () => Promise.resolve({ refs: [], next: null }),

  async fetch(access, { externalId, detail }): Promise<Found[]> {
    const look = GarminLook.safeParse(detail)
    if (!look.success) return []
    if ('details' in look.data) return [found(GarminDetails.parse(look.data.details), new TextEncoder().encode(JSON.stringify(look.data.details)))]
    const { callback, what, deviceName, name: title } = look.data
    const reply = await called(access, callback)
    if (reply === undefined) return []
    if (what === 'details') {
      // Several people's, or several trainings, when they came together.
      const own = reply.json(z.array(GarminDetails)).filter(({ userId }) => userId === undefined || userId === access.externalUserId)
      return own.map((details) => found(details, new TextEncoder().encode(JSON.stringify(details))))
    }
    const file = await readRecording(reply.bytes, 'garmin.fit')
    if (file.outcome === 'refused' || externalId === null) throw new ProviderError(name, 'nonsense')
    const recording = { ...file.recording, device: garminDevice(deviceName ?? file.recording.device) }
    return [{ outcome: 'activity', externalId, title, recording, raw: [{ kind: file.format, bytes: reply.bytes }] }]
  },

  tend: null,

  async askForPast({ token, patient }, { fromMs, toMs }) {
    const [from, to] = [fromMs, toMs].map((at) => String(Math.floor(at / 1000)))
    const query = new URLSearchParams({ summaryStartTimeInSeconds: from ?? '', summaryEndTimeInSeconds: to ?? '' })
    await api(`/backfill/activityDetails?${query}`, token, { patient })
  },

  uploads: null,
}

/** The address in a ping, where it is one of Garmin's own API: a token goes nowhere else. It opens for a day. */
async function called({ token, patient }: Access, callback: string): Promise<Reply | undefined> {
  const base = new URL(env().GARMIN_API_URL)
  const url = URL.canParse(callback) ? new URL(callback) : null
  if (url?.origin !== base.origin || !url.pathname.startsWith(`${base.pathname}/`)) return undefined
  const ours = { url, authorization: bearer(token), patient, maxBytes: MAX_DETAILS_BYTES, headers: { accept: '*/*' } }
  return await ask(ours).catch(unless('gone'))
}

function found(details: GarminDetails, bytes: Uint8Array): Found {
  const recording = recordingOfGarmin(details)
  if (!recording) throw new ProviderError(name, 'nonsense')
  return { outcome: 'activity', externalId: garminId(details), title: details.summary.activityName ?? null, recording, raw: [{ kind: 'details', bytes }] }
}
