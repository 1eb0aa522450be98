const NOWHERE = 'http://127.0.0.1:1'

/** Every setting that the product needs but the database, leading nowhere: who wants a door starts one and says so. */
export const SETTINGS = {
  APP_URL: 'http://localhost:3000',
  APP_SECRET: 'a secret for tests only, long enough',
  SEAL_KEYS: `test:${'0f'.repeat(32)}`,
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'another secret for tests only, long enough',
  PUSHER_APP_ID: 'test-app',
  PUSHER_KEY: 'test-key',
  PUSHER_SECRET: 'test-secret',
  PUSHER_HOST: '127.0.0.1',
  PUSHER_PORT: '1',
  PUSHER_TLS: 'false',
  UPSTASH_REDIS_REST_URL: NOWHERE,
  UPSTASH_REDIS_REST_TOKEN: 'test-token',
  INNGEST_BASE_URL: NOWHERE,
  INNGEST_DEV: '1',
  MAIL_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Pulseroom <hello@pulseroom.example>',
  LOG_LEVEL: 'silent',
} as const
