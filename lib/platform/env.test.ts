import { expect, it } from 'vitest'
import { featuresOff, parseEnv } from './env.server'

const GOOD = {
  APP_URL: 'https://pulseroom.example/',
  APP_SECRET: 's'.repeat(32),
  SEAL_KEYS: `k1:${'0f'.repeat(32)}`,
  NEXTAUTH_URL: 'https://pulseroom.example',
  NEXTAUTH_SECRET: 's'.repeat(32),
  DATABASE_URL: 'postgresql://ana@127.0.0.1/pulseroom',
  PUSHER_APP_ID: '1',
  PUSHER_KEY: 'key',
  PUSHER_SECRET: 'secret',
  UPSTASH_REDIS_REST_URL: 'https://redis.example',
  UPSTASH_REDIS_REST_TOKEN: 'token',
  MAIL_URL: 'smtp://127.0.0.1:2525',
  MAIL_FROM: 'Pulseroom <hello@pulseroom.example>',
}

it('reads good settings, with the origin bare and switches as booleans', () => {
  expect(parseEnv({ ...GOOD, PUSHER_TLS: 'false', PUSHER_PORT: '6001' })).toMatchObject({
    APP_URL: 'https://pulseroom.example',
    PUSHER_TLS: false,
    PUSHER_PORT: 6001,
    DATABASE_POOL_MAX: 10,
  })
  expect(parseEnv({ ...GOOD, TURN_URLS: '' }).TURN_URLS, 'empty is absent').toBeUndefined()
})

it('names every wrong variable at once, and never its value', () => {
  const wrong = { ...GOOD, APP_SECRET: 'too-short-secret', DATABASE_URL: 'mysql://hunter2@db', MAIL_URL: '' }
  expect(() => parseEnv(wrong)).toThrow(/APP_SECRET[^]*DATABASE_URL[^]*MAIL_URL: is not set/)
  expect(() => parseEnv(wrong)).not.toThrow(/too-short-secret|hunter2/)
})

it('says which features are off', () => {
  expect(featuresOff(parseEnv(GOOD))).toEqual([expect.stringContaining('TURN_URLS'), expect.stringContaining('PUSH_VAPID_PUBLIC'), expect.stringContaining('POLAR_CLIENT_ID'), expect.stringContaining('STRAVA_CLIENT_ID'), expect.stringContaining('GOOGLE_CLIENT_ID'), expect.stringContaining('GARMIN_CLIENT_ID')])
  const push = { PUSH_VAPID_PUBLIC: 'B'.repeat(87), PUSH_VAPID_PRIVATE: 'p'.repeat(43), PUSH_VAPID_SUBJECT: 'mailto:hello@pulseroom.example' }
  const keys = { POLAR_CLIENT_ID: 'p', POLAR_CLIENT_SECRET: 'p', STRAVA_CLIENT_ID: 's', STRAVA_CLIENT_SECRET: 's', GARMIN_CLIENT_ID: 'g', GARMIN_CLIENT_SECRET: 'g' }
  const google = { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 'g', GOOGLE_PROJECT_NUMBER: '12', GOOGLE_SERVICE_ACCOUNT: 'a@b', GOOGLE_SERVICE_KEY: 'key' }
  expect(featuresOff(parseEnv({ ...GOOD, ...push, TURN_URLS: 'turn:relay.example', TURN_SECRET: 'x', ...keys, ...google }))).toEqual([])
})
