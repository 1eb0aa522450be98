import type { Secrets } from './secrets.server'

export interface Doors {
  readonly databaseUrl: string
  readonly realtimePort: number
  readonly redisPort: number
  readonly runnerPort: number
  readonly mailPort: number
}

export const REALTIME_APP_ID = 'pulseroom'
/** As Inngest writes its keys. */
export const signingKey = (secrets: Secrets): string => `signkey-local-${secrets.jobSigning}`

/** Every setting of lib/platform/env.server.ts, as a cloud would give them, so that the product does not know where it runs. */
export function settingsOf(origin: string, secrets: Secrets, doors: Doors): Record<string, string> {
  return {
    APP_URL: origin,
    APP_SECRET: secrets.app,
    SEAL_KEYS: `local:${secrets.seal}`,
    NEXTAUTH_URL: origin,
    NEXTAUTH_SECRET: secrets.session,
    DATABASE_URL: doors.databaseUrl,
    PUSHER_APP_ID: REALTIME_APP_ID,
    PUSHER_KEY: secrets.realtimeKey,
    PUSHER_SECRET: secrets.realtime,
    PUSHER_CLUSTER: '',
    PUSHER_HOST: '127.0.0.1',
    PUSHER_PORT: String(doors.realtimePort),
    PUSHER_TLS: 'false',
    PUSHER_PUBLIC_HOST: 'same-origin',
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${doors.redisPort}`,
    UPSTASH_REDIS_REST_TOKEN: secrets.redis,
    INNGEST_BASE_URL: `http://127.0.0.1:${doors.runnerPort}`,
    // Signed, as in the cloud: /api/inngest can be reached by everybody who reaches the front door.
    INNGEST_DEV: '0',
    INNGEST_EVENT_KEY: secrets.jobEvents,
    INNGEST_SIGNING_KEY: signingKey(secrets),
    MAIL_URL: `smtp://127.0.0.1:${doors.mailPort}`,
    MAIL_FROM: 'Pulseroom <hello@pulseroom.example>',
    PUSH_VAPID_PUBLIC: secrets.push.publicKey,
    PUSH_VAPID_PRIVATE: secrets.push.privateKey,
    PUSH_VAPID_SUBJECT: 'mailto:hello@pulseroom.example',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}
