import 'server-only'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log.server'
import { redis } from '@/lib/platform/redis.server'
import { type CallBudget, type Meter, metersOf, toldBy, windowEnd } from './call-budget'
import { ProviderError } from './provider-error'

/** What may wait leaves this much of each window to what may not. */
const PATIENT_SHARE = 0.5

const counterKey = (provider: string, { what, seconds }: Pick<Meter, 'what' | 'seconds'>): string =>
  `budget:${provider}:${what}:${seconds}:${Math.floor(now() / (seconds * 1000))}`
const limitKey = (provider: string, { what, seconds }: Pick<Meter, 'what' | 'seconds'>): string => `budget:${provider}:${what}:${seconds}:limit`

/**
 * Counts one call of the app's, for all its people and processes, and throws `limited` until the window ends rather than have the provider
 * say so. Lets it through when Redis is away: the provider's own 429 is the last word.
 */
export async function spendCall(provider: string, budget: CallBudget, { isRead, patient }: { readonly isRead: boolean; readonly patient: boolean }): Promise<void> {
  const meters = metersOf(budget, isRead)
  const pipeline = redis().pipeline()
  for (const meter of meters) pipeline.incr(counterKey(provider, meter)).expire(counterKey(provider, meter), meter.seconds).get(limitKey(provider, meter))
  let answers: unknown[]
  try {
    answers = await pipeline.exec()
  } catch (error) {
    log.warn({ err: error, provider }, 'the call budget could not be asked; letting this one through')
    return
  }
  const full = meters.filter(({ limit }, at) => {
    const most = Number(answers[at * 3 + 2] ?? limit)
    return Number(answers[at * 3]) > Math.floor(most * (patient ? PATIENT_SHARE : 1))
  })
  if (full.length > 0) throw new ProviderError(provider, 'limited', Math.max(...full.map(({ seconds }) => windowEnd(seconds, now()))))
}

/** Takes over what the provider counts: its limits, and its usage where that is more than ours. `spent`: it refused for that reason. */
export async function noteBudget(provider: string, budget: CallBudget, headers: Headers, spent: boolean): Promise<void> {
  const told = toldBy(budget, headers)
  try {
    for (const { what, seconds, limit, usage } of told) {
      const key = counterKey(provider, { what, seconds })
      const ours = Number((await redis().get(key)) ?? 0)
      await redis().set(limitKey(provider, { what, seconds }), limit, { ex: 7 * 86_400 })
      if (usage > ours) await redis().set(key, usage, { ex: seconds })
    }
    const [shortest] = budget.windows
    // A refusal without numbers still means that this window is over, however much it was said to hold.
    if (spent && told.length === 0 && shortest) {
      const window = { what: 'calls' as const, seconds: shortest.seconds }
      const most = Number((await redis().get(limitKey(provider, window))) ?? shortest.calls)
      await redis().set(counterKey(provider, window), most, { ex: shortest.seconds })
    }
  } catch (error) {
    log.warn({ err: error, provider }, 'the call budget could not be noted')
  }
}
