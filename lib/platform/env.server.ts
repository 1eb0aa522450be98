import 'server-only'
import { z } from 'zod'

const address = z.url({ protocol: /^https?$/ })
const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')
const port = z.coerce.number().int().min(1).max(65_535)

const SealKeys = z
  .string()
  .regex(/^[\w-]{1,16}:[0-9a-f]{64}(,[\w-]{1,16}:[0-9a-f]{64})*$/, 'is not id:64 hex digits, comma-separated')
  .transform((text) => text.split(',').map((pair) => ({ id: pair.split(':')[0] ?? '', key: Buffer.from(pair.split(':')[1] ?? '', 'hex') })))

const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

/** Everything that the world outside may set. Locally `lib/local` sets all of it; the product does not know where it runs. */
const Env = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: LogLevel.default('info'),
  /** The public origin: links, invites and mails are built from it. */
  APP_URL: address.transform((value) => new URL(value).origin),
  /** Signs guest cookies and screens. */
  APP_SECRET: z.string().min(32),
  /**
   * Seals tokens and raw payloads at rest: `id:64 hex digits`, comma-separated. The first seals, all of them open: to change it, put a new
   * one in front, and take the old one away 30 days later: tokens are sealed anew within a day, and raw payloads are gone by then.
   */
  SEAL_KEYS: SealKeys,
  NEXTAUTH_URL: address,
  NEXTAUTH_SECRET: z.string().min(32),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(100).default(10),
  PUSHER_APP_ID: z.string().min(1),
  PUSHER_KEY: z.string().min(1),
  PUSHER_SECRET: z.string().min(1),
  PUSHER_CLUSTER: z.string().default(''),
  PUSHER_HOST: z.string().optional(),
  PUSHER_PORT: port.optional(),
  PUSHER_TLS: flag.default(true),
  /** `same-origin`: browsers find the realtime server behind the page's own address, path /app. So they do when only PUSHER_HOST is set. */
  PUSHER_PUBLIC_HOST: z.literal('same-origin').optional(),
  UPSTASH_REDIS_REST_URL: address,
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1),
  INNGEST_BASE_URL: address.optional(),
  INNGEST_DEV: z.string().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  MAIL_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().min(3),
  /** VAPID (RFC 8292): base64url keys of P-256, and whom a push service may write to: `mailto:` or `https:`. All three, or no web push. */
  PUSH_VAPID_PUBLIC: z.string().regex(/^[\w-]{87}$/).optional(),
  PUSH_VAPID_PRIVATE: z.string().regex(/^[\w-]{43}$/).optional(),
  PUSH_VAPID_SUBJECT: z.url({ protocol: /^(mailto|https)$/ }).optional(),
  /** Comma-separated names of push services on the own network (a self-hosted one, or a test's): only these may be private, or plain http. */
  PUSH_PRIVATE_HOSTS: z.string().default(''),
  /** Each provider is off until its keys are here. The addresses are the vendors' own unless they move, or a test stands in for them. */
  POLAR_CLIENT_ID: z.string().optional(),
  POLAR_CLIENT_SECRET: z.string().optional(),
  POLAR_AUTHORISE_URL: address.default('https://flow.polar.com/oauth2/authorization'),
  POLAR_TOKEN_URL: address.default('https://polarremote.com/v2/oauth2/token'),
  POLAR_API_URL: address.default('https://www.polaraccesslink.com/v3'),
  STRAVA_CLIENT_ID: z.string().optional(),
  STRAVA_CLIENT_SECRET: z.string().optional(),
  STRAVA_OAUTH_URL: address.default('https://www.strava.com/oauth'),
  /** Moves to api-v3.strava.com by 2027-06-01. */
  STRAVA_API_URL: address.default('https://www.strava.com/api/v3'),
  /** The project that people sign in to, and the service account (its address and its PEM key) that subscribes to webhooks for it. */
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GOOGLE_PROJECT_NUMBER: z.string().regex(/^\d+$/).optional(),
  GOOGLE_SERVICE_ACCOUNT: z.string().optional(),
  GOOGLE_SERVICE_KEY: z.string().optional(),
  GOOGLE_AUTHORISE_URL: address.default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_OAUTH_URL: address.default('https://oauth2.googleapis.com'),
  GOOGLE_HEALTH_URL: address.default('https://health.googleapis.com/v4'),
  GOOGLE_HEALTH_KEYS_URL: address.default('https://www.gstatic.com/googlehealthapi/webhooks/webhooks_public_keyset.json'),
  GARMIN_CLIENT_ID: z.string().optional(),
  GARMIN_CLIENT_SECRET: z.string().optional(),
  GARMIN_AUTHORISE_URL: address.default('https://connect.garmin.com/oauth2Confirm'),
  GARMIN_TOKEN_URL: address.default('https://diauth.garmin.com/di-oauth2-service/oauth/token'),
  GARMIN_API_URL: address.default('https://apis.garmin.com/wellness-api/rest'),
  /** Comma-separated `turn:` addresses and the secret that they share with us (RFC draft-uberti-behave-turn-rest). */
  TURN_URLS: z.string().optional(),
  TURN_SECRET: z.string().optional(),
})
export type Env = z.infer<typeof Env>

/** Throws one Error whose message names every wrong variable, never its value. Empty strings count as absent. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Env.safeParse(present)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.')}: ${present[String(issue.path[0])] === undefined ? 'is not set' : issue.message}`,
  )
  throw new Error(`These settings are missing or wrong:\n${wrong.join('\n')}`)
}

/** Reading needs the first two, being told of news the others: without news it would be asked in vain for everybody all day. */
export const hasGoogleHealth = (env: Env): boolean =>
  Boolean(env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET && env.GOOGLE_PROJECT_NUMBER && env.GOOGLE_SERVICE_ACCOUNT && env.GOOGLE_SERVICE_KEY)

/** Features that are off because a key is absent, in words for the start. */
export function featuresOff(env: Env): string[] {
  const push = env.PUSH_VAPID_PUBLIC && env.PUSH_VAPID_PRIVATE && env.PUSH_VAPID_SUBJECT
  const synced = [
    ...(env.POLAR_CLIENT_ID && env.POLAR_CLIENT_SECRET ? [] : ['Polar (POLAR_CLIENT_ID, POLAR_CLIENT_SECRET)']),
    ...(env.STRAVA_CLIENT_ID && env.STRAVA_CLIENT_SECRET ? [] : ['Strava (STRAVA_CLIENT_ID, STRAVA_CLIENT_SECRET)']),
    ...(hasGoogleHealth(env) ? [] : ['Google Health (GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_PROJECT_NUMBER, GOOGLE_SERVICE_ACCOUNT, GOOGLE_SERVICE_KEY)']),
    ...(env.GARMIN_CLIENT_ID && env.GARMIN_CLIENT_SECRET ? [] : ['Garmin (GARMIN_CLIENT_ID, GARMIN_CLIENT_SECRET)']),
  ]
  return [
    ...(env.TURN_URLS && env.TURN_SECRET ? [] : ['video relay (TURN_URLS, TURN_SECRET): members behind strict networks see no video']),
    ...(push ? [] : ['web push (PUSH_VAPID_PUBLIC, PUSH_VAPID_PRIVATE, PUSH_VAPID_SUBJECT): reminders go by e-mail only']),
    ...synced.map((provider) => `connecting ${provider}: members bring its files instead`),
  ]
}

let parsed: Env | undefined
/** Read once and on first use, so that a build needs no settings; `instrumentation.ts` calls it so that a start without them fails. */
export const env = (): Env => (parsed ??= parseEnv(process.env))

/** Read leniently and at once: a log line must be possible before the settings are known to be good. */
export const logLevel = (): z.infer<typeof LogLevel> => LogLevel.catch('info').parse(process.env.LOG_LEVEL)
