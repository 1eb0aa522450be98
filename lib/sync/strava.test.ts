import { describe, expect, it, vi } from 'vitest'
import { startEmulator } from '@/tests/providers/emulator'
import { startStrava } from '@/tests/providers/strava'
import { SETTINGS } from '@/tests/settings'
import { metersOf, toldBy, windowEnd } from './call-budget'
import { describeProvider } from './provider-contract'
import { recordingOfStrava, StravaActivity, StravaStreams } from './strava-activity'
import { strava } from './strava.server'

vi.hoisted(() => (process.env.LOG_LEVEL = 'silent'))
Object.assign(process.env, { ...SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })

describeProvider(async () => ({ ...(await startStrava({ limits: { calls: [5_000, 50_000], reads: [5_000, 50_000] } })), provider: strava }))

const activity = StravaActivity.parse({ id: 154504250376823, name: 'Run', sport_type: 'TrailRun', start_date: '2026-11-20T17:00:00Z', utc_offset: -18_000, elapsed_time: 4, device_name: 'Garmin fēnix 8' })

describe("Strava's own", () => {
  it('reads an activity and its streams: seconds rising, a leg’s cadence as it is, places with both halves', () => {
    const streams = StravaStreams.parse({
      time: { data: [0, 1, 1, 2, 4] },
      heartrate: { data: [0, 120, 121, 122, 400] },
      cadence: { data: [84, 85, 85, 86, null] },
      latlng: { data: [[52.5, 13.4], [52.5, 13.4], [52.5, 13.4], null, [52.6, 13.5]] },
    })
    expect(recordingOfStrava(activity, streams)).toMatchObject({
      sport: 'running',
      startedAt: Date.UTC(2026, 10, 20, 17),
      zoneOffsetMinutes: -300,
      device: 'Garmin fēnix 8',
      streams: { second: [0, 1, 2, 4], bpm: [null, 120, 122, null], cadence: [84, 85, 86, null], lat: [52.5, 52.5, null, 52.6], lon: [13.4, 13.4, null, 13.5], watts: [null, null, null, null] },
      problems: [],
    })
    const long = StravaStreams.parse({ time: { data: [0, 1, 400_000_000] }, heartrate: { data: [120, 121, 122] } })
    expect(recordingOfStrava(activity, long)?.streams, 'a clock that went wrong for thirteen years').toMatchObject({ second: [0, 1], bpm: [120, 121] })
    expect(recordingOfStrava(activity, null)).toMatchObject({ problems: ['no_samples'], said: { elapsedSeconds: 4 } })
  })

  it('asks for no more than what the person agreed to', () => {
    const scopeOf = (purposes: Array<'import' | 'upload'>) => new URL(strava.authoriseUrl({ state: 's', challenge: null, redirectUri: 'http://localhost/', purposes })).searchParams.get('scope')
    expect(scopeOf(['import'])).toBe('read,activity:read_all')
    expect(scopeOf(['upload'])).toBe('read,activity:write')
  })

  it('reads every way of saying that an upload is there already, and takes no other word of a refusal over', async () => {
    const files = await startEmulator(({ path }) => ({ status: path === '/uploads' ? 409 : 200, json: said.shift() ?? {} }))
    Object.assign(process.env, { STRAVA_API_URL: files.url })
    vi.resetModules()
    const { strava } = await import('./strava.server')
    const said: object[] = [
      { error: "x.fit duplicate of <a href='/activities/18260018524' target='_blank'>Morning Ride 7</a>", activity_id: null },
      { error: 'x.fit duplicate of activity 21', activity_id: 21 },
      { error: 'x.fit Duplicate of an activity', activity_id: null },
      { error: 'The file is malformed.', activity_id: null },
      { error: null, activity_id: 22 },
    ].map((one) => ({ id_str: '1', ...one }))
    const access = { token: 't', externalUserId: '1', patient: false }
    const asked = []
    while (said.length > 0) asked.push(await strava.uploads?.ask(access, '1'))
    const at = (id: string) => `https://www.strava.com/activities/${id}`
    expect(asked).toEqual([{ outcome: 'duplicate', url: at('18260018524') }, { outcome: 'duplicate', url: at('21') }, { outcome: 'duplicate', url: null }, { outcome: 'refused' }, { outcome: 'done', url: at('22') }])
    expect(await strava.uploads?.send(access, { fit: new Uint8Array(1), externalId: 'x', title: 'x', sport: 'other' })).toEqual({ outcome: 'duplicate', url: null })
    await files.close()
  })

  it('answers the question about the address only with the token that we gave', async () => {
    const ask = (token: string) => strava.verifyWebhook({ method: 'GET', query: new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': '15f7d1a9', 'hub.verify_token': token }), headers: new Headers(), body: new Uint8Array() }, { callbackUrl: '', verifyToken: 'ours', subscription: null })
    expect(await ask('ours')).toEqual({ outcome: 'answer', status: 200, body: { 'hub.challenge': '15f7d1a9' } })
    expect(await ask('theirs')).toEqual({ outcome: 'forged' })
  })
})

describe('the budget of the app', () => {
  const budget = strava.capabilities.budget
  if (!budget) throw new Error('no budget')
  it('counts a read twice over, an upload once', () => {
    expect(metersOf(budget, true).map(({ what, seconds, limit }) => `${what}/${seconds}: ${limit}`)).toEqual(['calls/900: 200', 'reads/900: 100', 'calls/86400: 2000', 'reads/86400: 1000'])
    expect(metersOf(budget, false)).toHaveLength(2)
  })
  it('believes the answer’s headers, where they are whole', () => {
    const headers = new Headers({ 'x-ratelimit-limit': '400, 4000', 'x-ratelimit-usage': '7,31', 'x-readratelimit-limit': '200', 'x-readratelimit-usage': 'x,2' })
    expect(toldBy(budget, headers)).toEqual([
      { what: 'calls', seconds: 900, limit: 400, usage: 7 },
      { what: 'calls', seconds: 86_400, limit: 4000, usage: 31 },
    ])
  })
  it('begins again at :00, :15, :30, :45 and at midnight UTC', () => {
    const at = Date.UTC(2026, 10, 22, 22, 7, 30)
    expect(new Date(windowEnd(900, at)).toISOString()).toBe('2026-11-22T22:15:00.000Z')
    expect(new Date(windowEnd(86_400, at)).toISOString()).toBe('2026-11-23T00:00:00.000Z')
  })
})
