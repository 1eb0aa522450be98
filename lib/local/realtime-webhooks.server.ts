import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { now } from '@/lib/platform/clock'
import type { HubEvent } from './realtime-hub.server'
import { webhookSignature } from './realtime-signature.server'

export type WebhookEventName = HubEvent['name']
type WebhookOptions = { url: string; key: string; secret: string; events: readonly WebhookEventName[]; leaveDelayMs: number }

const RETRY_FOR_MS = 300_000
const ANSWER_WITHIN_MS = 4_000
const LONGEST_PAUSE_MS = 30_000
/** The oldest is dropped beyond this: a receiver that is down must not fill the memory. */
const QUEUE_LENGTH = 5_000

/**
 * Tells the app's endpoint what happened, signed, one request at a time and in order; repeated with growing pauses for 5 minutes.
 * Leaving is told only after `leaveDelayMs`, and not at all when the same member or channel is back by then: a reconnect is not news.
 */
export class Webhooks {
  sent = 0
  readonly #leaving = new Map<string, NodeJS.Timeout>()
  readonly #queue: { event: HubEvent; at: number }[] = []
  readonly #stop = new AbortController()
  #isSending = false

  constructor(readonly options: WebhookOptions) {}

  tell(event: HubEvent): void {
    if (!this.options.events.includes(event.name)) return
    if (event.name === 'client_event') return this.#enqueue(event)
    const what = `${event.channel}\n${'user_id' in event ? event.user_id : ''}`
    if (event.name === 'channel_vacated' || event.name === 'member_removed') {
      const timer = setTimeout(() => {
        this.#leaving.delete(what)
        this.#enqueue(event)
      }, this.options.leaveDelayMs)
      this.#leaving.set(what, timer)
      return
    }
    const leaving = this.#leaving.get(what)
    if (leaving === undefined) return this.#enqueue(event)
    clearTimeout(leaving)
    this.#leaving.delete(what)
  }

  close(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer)
    this.#leaving.clear()
    this.#queue.length = 0
    this.#stop.abort()
  }

  #enqueue(event: HubEvent): void {
    if (this.#queue.length >= QUEUE_LENGTH) this.#queue.shift()
    this.#queue.push({ event, at: now() })
    void this.#drain()
  }

  async #drain(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    for (let next = this.#queue.shift(); next !== undefined && !this.#stop.signal.aborted; next = this.#queue.shift())
      await this.#deliver(next)
    this.#isSending = false
  }

  async #deliver({ event, at }: { event: HubEvent; at: number }): Promise<void> {
    const body = JSON.stringify({ time_ms: at, events: [event] })
    for (let pauseMs = 1_000; !this.#stop.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      this.sent += 1
      if (await this.#post(body)) return
      if (now() + pauseMs > at + RETRY_FOR_MS) return
      await delay(pauseMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined)
    }
  }

  async #post(body: string): Promise<boolean> {
    const { url, key, secret } = this.options
    const headers = { 'content-type': 'application/json', 'x-pusher-key': key, 'x-pusher-signature': webhookSignature(secret, body) }
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)])
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal })
      await response.body?.cancel()
      return response.ok
    } catch {
      return false
    }
  }
}
