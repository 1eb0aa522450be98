import 'server-only'
import { AppError } from './app-error'
import { now } from './clock'
import { sha256 } from './crypto.server'
import { log } from './log.server'
import { redis } from './redis.server'

export type Rate = { readonly limit: number; readonly windowSeconds: number }

/**
 * Counts one use of `what` by `who` in a fixed window and throws `too_many_requests` beyond the limit. Fails open: when Redis is away
 * people still get into their class, so nothing that must hold may rest on it (a code's attempts are counted in PostgreSQL).
 */
export async function requireWithinRate(what: string, who: string, rate: Rate): Promise<void> {
  const window = Math.floor(now() / (rate.windowSeconds * 1000))
  // Hashed, because `who` may be an e-mail address.
  const key = `rate:${what}:${sha256(who).slice(0, 32)}:${window}`
  let count: number
  try {
    const [uses] = await redis().pipeline().incr(key).expire(key, rate.windowSeconds).exec<[number, number]>()
    count = uses
  } catch (error) {
    log.warn({ err: error, what }, 'the rate limit could not be asked; letting this one through')
    return
  }
  if (count > rate.limit) throw new AppError('too_many_requests', 'That was too often in a short time. Wait a minute and try again.')
}
