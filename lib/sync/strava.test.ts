import { describe, expect, it, vi } from 'vitest'
import { startStrava } from '@/tests/providers/strava'
import { SETTINGS } from '@/tests/settings'
import { metersOf, toldBy, windowEnd } from './call-budget'
import { describeProvider } from './provider-contract'
import { recordingOfStrava, StravaActivity, StravaStreams } from './strava-activity'
import { strava } from './strava.server'

vi.hoisted(() => (process.env.LOG_LEVEL = 'silent'))
Object.assign(process.env, { ...SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })

describeProvider(() => startStrava({ limits: { calls: [5_000, 50_000], reads: [5_000, 50_000] } }))

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
