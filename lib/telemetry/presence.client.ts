import type { Api } from '@/lib/platform/api.client'
import { browserPage, type PageEvents } from './page-events.client'
import { MOST_BILLED, PRESENCE_EVERY_MS, PRESENCE_MAX_MS } from './presence'

export type PresenceOptions = {
  readonly api: Api
  readonly classId: string
  /** Server time now, or null while it is unknown: the first call that knows it covers the time since the start. */
  readonly serverNowMs: () => number | null
  /** This screen's share of the class's realtime messages so far. */
  readonly billed?: () => number
  readonly page?: PageEvents
}

/**
 * Says "I was here" for the time since it last said so: every fifteen seconds, with samples or without, and on leaving. It is the only
 * source of attendance. Returns the way to stop, which says it a last time.
 */
export function keepPresent({ api, classId, serverNowMs, billed = () => 0, page = browserPage() }: PresenceOptions): () => void {
  const startedAtMs = performance.now()
  let fromMs: number | null = null
  let saidBilled = 0
  const say = (keepalive: boolean): void => {
    const toMs = serverNowMs()
    if (toMs === null) return
    const since = Math.max(fromMs ?? toMs - (performance.now() - startedAtMs), toMs - PRESENCE_MAX_MS)
    const news = Math.min(billed() - saidBilled, MOST_BILLED)
    const body = { fromMs: Math.round(since), toMs: Math.round(toMs), ...(news > 0 && { billed: news }) }
    fromMs = toMs
    saidBilled += news
    // A call that fails is made good by the samples' own seconds, or by the next call as far back as it may reach.
    void api('POST', `/api/classes/${classId}/presence`, { body, keepalive }).catch(() => {
      fromMs = Math.min(fromMs ?? since, since)
      saidBilled -= news
    })
  }
  const timer = setInterval(() => say(false), PRESENCE_EVERY_MS)
  const stopListening = page.listen((event) => say(event !== 'online'))
  say(false)
  return () => {
    clearInterval(timer)
    stopListening()
    say(true)
  }
}
