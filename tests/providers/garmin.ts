import { randomUUID } from 'node:crypto'
import { garmin } from '@/lib/sync/garmin.server'
import { type Answer, type Call, OAuth, startEmulator } from './emulator'
import type { Delivery, ProviderWorld, Training } from './world'

const SETTINGS = { GARMIN_CLIENT_ID: 'pulseroom-garmin', GARMIN_CLIENT_SECRET: 'garmin-secret' }
const REST = '/wellness-api/rest'
const OPEN_MS = 86_400_000

type Activity = { readonly userId: string; readonly training: Training; readonly uploadedAt: number; readonly id: number }
const JSON_200 = (json: unknown): Answer => ({ status: 200, json })

/**
 * Garmin Connect: OAuth 2.0 with PKCE and rotating tokens, permissions ticked on its page, pings whose address opens for a day, pushes,
 * deregistration, one backfill a window. Nothing can be listed.
 */
export async function startGarmin(): Promise<
  ProviderWorld & { push(userId: string, externalId: string): Delivery; permissions(userId: string, permissions: string[]): Delivery; readonly backfills: ReadonlyArray<{ userId: string; from: number; to: number }> }
> {
  const oauth = new OAuth({ clientId: SETTINGS.GARMIN_CLIENT_ID, clientSecret: SETTINGS.GARMIN_CLIENT_SECRET, pkce: true, lifeSeconds: 86_400, rotating: true })
  const activities = new Map<string, Activity>()
  const backfills: Array<{ userId: string; from: number; to: number }> = []
  let people = 0
  let made = 0

  const emulator = await startEmulator((call) => (call.path === '/oauth/token' ? tokenOf(call) : api(call)))

  function tokenOf(call: Call): Answer {
    const issued = oauth.isApp(call) ? oauth.token(new URLSearchParams(call.body.toString())) : null
    if (!issued) return { status: 400, json: { error: 'invalid_grant' } }
    const { access_token, refresh_token, expires_in } = issued
    return JSON_200({ access_token, refresh_token, expires_in, refresh_token_expires_in: 7_775_998, token_type: 'bearer' })
  }

  function api(call: Call): Answer {
    const grant = oauth.grantOf(call)
    if (!grant) return { status: 401 }
    const { userId } = grant
    if (call.path === `${REST}/user/id`) return JSON_200({ userId })
    if (call.path === `${REST}/user/permissions`) return JSON_200(grant.scope === 'none' ? [] : ['ACTIVITY_EXPORT', 'HEALTH_EXPORT', 'HISTORICAL_DATA_EXPORT'])
    if (call.path === `${REST}/user/registration` && call.method === 'DELETE') {
      oauth.revoke({ userId })
      return { status: 204 }
    }
    const [from, to] = ['Start', 'End'].map((end) => Number(call.query.get(`upload${end}TimeInSeconds`) ?? call.query.get(`summary${end}TimeInSeconds`))) as [number, number]
    if (call.path === `${REST}/backfill/activityDetails`) {
      if (backfills.some((each) => each.userId === userId && each.from === from && each.to === to)) return { status: 409 }
      backfills.push({ userId, from, to })
      return { status: 202 }
    }
    if (call.path !== `${REST}/activityDetails` || !call.query.get('token')) return { status: 404 }
    const uploaded = [...activities.values()].filter((each) => each.userId === userId && each.uploadedAt >= from && each.uploadedAt <= to)
    return from < Date.now() / 1000 - OPEN_MS ? { status: 410 } : JSON_200(uploaded.map(detailsOf))
  }

  const post = (json: unknown): Delivery => ({ method: 'POST', headers: { 'content-type': 'application/json', 'garmin-client-id': SETTINGS.GARMIN_CLIENT_ID }, body: JSON.stringify(json) })

  return {
    provider: garmin,
    emulator,
    settings: { ...SETTINGS, GARMIN_AUTHORISE_URL: `${emulator.url}/oauth2Confirm`, GARMIN_TOKEN_URL: `${emulator.url}/oauth/token`, GARMIN_API_URL: `${emulator.url}${REST}` },
    readPath: /^GET \/wellness-api\/rest\/activityDetails/,
    tokenPath: /^POST \/oauth\/token/,
    uploads: [],
    backfills,
    person: () => `garmin-${randomUUID()}-${++people}`,
    consent: (url: string, userId: string, say: { deny?: boolean; less?: boolean } = {}) => oauth.consent(url, userId, { ...say, scope: say.less ? 'none' : 'all' }),
    record(userId: string, training: Training): string {
      const id = 9_400_000_000 + ++made
      // Each in a second of its own: a ping is about one window of uploads.
      activities.set(String(id), { userId, training, id, uploadedAt: Math.floor(Date.now() / 1000) - made })
      return String(id)
    },
    remove: (_: string, externalId: string) => void activities.delete(externalId),
    deliveries(userId: string, what: 'recorded' | 'deleted' | 'revoked', externalId: string): Delivery[] {
      if (what === 'revoked') return [post({ deregistrations: [{ userId }] })]
      const activity = activities.get(externalId)
      if (what === 'deleted' || !activity) return []
      const { uploadedAt } = activity
      const callbackURL = `${emulator.url}${REST}/activityDetails?uploadStartTimeInSeconds=${uploadedAt}&uploadEndTimeInSeconds=${uploadedAt}&token=XYZ123`
      return [post({ activityDetails: [{ userId, callbackURL }] })]
    },
    push: (userId: string, externalId: string) => post({ activityDetails: [...activities.values()].filter(({ id }) => String(id) === externalId).map((each) => ({ ...detailsOf(each), userId })) }),
    permissions: (userId: string, permissions: string[]) => post({ userPermissionsChange: [{ userId, permissions, changeTimeInSeconds: 1 }] }),
    revokeThere: (userId: string) => oauth.revoke({ userId }),
    expireTokens: (userId: string) => oauth.expire(userId),
    tokensAlive: (userId: string) => oauth.alive(userId),
  }
}

/** In the shape of the Activity API's own example. */
function detailsOf({ userId, id, training }: Activity) {
  const { startedAt, minutes, zoneOffsetMinutes, bpm } = training
  const startTimeInSeconds = Math.floor(startedAt / 1000)
  const samples = Array.from({ length: minutes * 12 }, (_, at) => ({
    ...{ startTimeInSeconds: startTimeInSeconds + at * 5, heartRate: bpm(at * 5), bikeCadenceInRPM: 80, powerInWatts: 150, speedMetersPerSecond: 8 },
    ...{ timerDurationInSeconds: at * 5, clockDurationInSeconds: at * 5, movingDurationInSeconds: at * 5, totalDistanceInMeters: at * 40 },
  }))
  const summary = {
    ...{ activityId: id, activityName: 'Morning ride', activityType: 'INDOOR_CYCLING', deviceName: 'forerunner965', startTimeInSeconds },
    ...{ startTimeOffsetInSeconds: zoneOffsetMinutes * 60, durationInSeconds: minutes * 60, averageHeartRateInBeatsPerMinute: 134, activeKilocalories: 180 },
  }
  return { userId, summaryId: `${id}-detail`, activityId: id, summary, samples, laps: [{ startTimeInSeconds }, { startTimeInSeconds: startTimeInSeconds + 600 }] }
}
