import { AppError } from '@/lib/platform/app-error'
import type { Api } from '@/lib/platform/api.client'
import type { RoomSeat, Signal } from './room-event'

/** Signals to other screens, gathered for `GATHER_MS` and sent in order, one call at a time for each screen. */
export interface SignalOutbox {
  send(to: string, connectionId: string, signal: Signal): void
  /** Leaving: what is still waiting goes at once and outlives the page. */
  close(): void
}

const GATHER_MS = 100
const PER_CALL = 10
const AGAIN_MS = [500, 1_000, 2_000] as const

type Waiting = {
  signals: Array<{ connectionId: string; signal: Signal }>
  sending: boolean
  tries: number
  timer: ReturnType<typeof setTimeout> | undefined
}

export function createSignalOutbox(
  call: Api,
  classId: string,
  { screenId, screenToken }: Pick<RoomSeat, 'screenId' | 'screenToken'>,
): SignalOutbox {
  const outbox = new Map<string, Waiting>()
  let closed = false

  const post = (to: string, signals: Waiting['signals'], keepalive = false) =>
    call('POST', `/api/classes/${classId}/signals`, { body: { screenId, screenToken, to, signals }, keepalive })

  async function flush(to: string, waiting: Waiting): Promise<void> {
    waiting.timer = undefined
    waiting.sending = true
    const batch = waiting.signals.slice(0, PER_CALL)
    const outcome = await post(to, batch).then(
      () => 'sent' as const,
      (error: unknown) =>
        error instanceof AppError && error.code !== 'unavailable' && error.code !== 'too_many_requests'
          ? ('refused' as const)
          : ('again' as const),
    )
    waiting.sending = false
    if (closed) return
    const againMs = outcome === 'again' ? AGAIN_MS[waiting.tries] : undefined
    if (againMs === undefined) {
      // Sent, refused or given up: what is lost is made good by the connection's own recovery.
      waiting.signals.splice(0, batch.length)
      waiting.tries = 0
    } else waiting.tries += 1
    if (waiting.signals.length > 0) waiting.timer = setTimeout(() => void flush(to, waiting), againMs ?? GATHER_MS)
    else outbox.delete(to)
  }

  return {
    send(to, connectionId, signal) {
      if (closed) return
      const waiting = outbox.get(to) ?? { signals: [], sending: false, tries: 0, timer: undefined }
      outbox.set(to, waiting)
      waiting.signals.push({ connectionId, signal })
      if (!waiting.sending) waiting.timer ??= setTimeout(() => void flush(to, waiting), GATHER_MS)
    },
    close() {
      closed = true
      for (const [to, { timer, signals, sending }] of outbox) {
        clearTimeout(timer)
        const byes = signals.filter(({ signal }) => signal.type === 'bye')
        if (!sending && byes.length > 0) void post(to, byes, true).catch(() => undefined)
      }
      outbox.clear()
    },
  }
}
