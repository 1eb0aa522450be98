import 'server-only'
import { Redis } from '@upstash/redis'
import { env } from './env.server'

let client: Redis | undefined

/** Redis holds only what may vanish: rate counters, provider budgets, pairing codes. A second is the longest that anybody waits for it. */
export const redis = (): Redis =>
  (client ??= new Redis({
    url: env().UPSTASH_REDIS_REST_URL,
    token: env().UPSTASH_REDIS_REST_TOKEN,
    enableTelemetry: false,
    retry: { retries: 1, backoff: () => 50 },
    signal: () => AbortSignal.timeout(1_000),
  }))
