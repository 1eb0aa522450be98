import { z } from 'zod'
import { type Api, api as browserApi } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { connectRealtime, ownHost, type Realtime, type RealtimeConfig, type RealtimeSubscription } from '@/lib/platform/realtime.client'
import { every } from '@/lib/platform/steady-timer.client'
import { BOARD_LOST_MS, BoardFacts, BoardPage, type HeardBoard, hearPage, NO_BOARD, readerTilesAt } from './board-page'
import { ChannelPasses } from './channel-auth'
import { finalRefusal } from './room-channels.client'
import { channels, CLIENT_BOARD, READER_CHANGED } from './room-event'
import { createRoomNews } from './room-news.client'
import { STALE_MS, type Tile } from './room-view'
import { createTimerSession, type TimerSession } from './timer-session.client'
import { createViewStore } from './view-store'
import { keepAwake } from './wake-lock.client'

export type ReaderView = {
  /** `ended`: the leave was taken away, or the class is over; nothing is drawn any more. */
  readonly phase: 'waiting' | 'live' | 'stale' | 'lost' | 'ended'
  /** Since the last round of the board; 0 before the first. */
  readonly silentMs: number
  readonly tiles: readonly Tile[]
  readonly spotlightId: string | null
  readonly facts: BoardFacts
}
export interface BoardReader {
  readonly view: ReaderView
  subscribe(listener: () => void): () => void
  readonly timer: TimerSession
  dispose(): void
}

const TICK_MS = 500
/** A silent board is asked about this often: it may be over. */
const ASK_AGAIN_MS = 5_000
const CLOCK_EVERY_MS = 30_000

/** A television's or a remote's side of the board: hears its own channel and nothing else. */
export function createBoardReader(facts: BoardFacts, config: RealtimeConfig, call: Api = browserApi): BoardReader {
  const { classId, readerId } = facts
  const base = `/api/classes/${classId}` as const
  const at = () => performance.now()
  const startedAtMs = at()
  let board: HeardBoard = NO_BOARD
  let known = facts
  let ended = false
  let asking = false
  let askedAtMs = at()
  // The way there and back is under a second on any line that can show a wall; half of it is how wrong the clock may be.
  let clock: { readonly offsetMs: number; readonly tripMs: number } | null = null
  const news = createRoomNews()
  const timer = createTimerSession({ snapshot: facts, news, serverNowMs: () => clock && at() + clock.offsetMs, api: call })

  const realtime: Realtime = connectRealtime({
    ...{ key: config.key, cluster: config.cluster, host: config.sameOrigin ? ownHost(location) : null },
    authorize: async (socketId, names) => {
      try {
        const body = { socketId, readerId, channels: names }
        const passes = await call('POST', `${base}/board/channels`, { body, reply: ChannelPasses })
        move(passes.epoch)
        return passes.channels
      } catch (error) {
        if (finalRefusal(error) === null) throw error
        ask()
        return Object.fromEntries(names.map((name) => [name, { error: 'not_allowed' }]))
      }
    },
  })
  const readers = realtime.subscribe(channels.readers(classId), { on: { [READER_CHANGED]: ask } })
  let { epoch } = facts
  let own = listen()
  const awake = keepAwake(() => undefined)
  const store = createViewStore(look, 50)
  const stops = [every(TICK_MS, tick), every(CLOCK_EVERY_MS, readClock)]
  readClock()

  function listen(): RealtimeSubscription {
    return realtime.subscribe(channels.board(readerId, epoch), {
      on: {
        [CLIENT_BOARD]: (data) => {
          const page = BoardPage.safeParse(data)
          if (page.success) hear(page.data)
        },
      },
    })
  }
  /** The class is on this epoch's channels now; an older one is no news. */
  function move(to: number): void {
    if (ended || to <= epoch) return
    epoch = to
    own.close()
    own = listen()
  }

  function hear(page: BoardPage): void {
    if (ended) return
    const before = board.round
    board = hearPage(board, page, at())
    const { round } = board
    if (round && round !== before) {
      if (round.timer) news.event({ type: 'timer-changed', timer: round.timer })
      if (before && before.factsRevision !== round.factsRevision) ask()
    }
    store.draw()
  }

  /** Whether this reader may still look, and what a page does not carry. */
  function ask(): void {
    if (ended || asking) return
    asking = true
    askedAtMs = at()
    call('GET', `${base}/board`, { reply: BoardFacts })
      .then((next) => {
        known = next
        move(next.epoch)
        news.event({ type: 'plan-changed', plan: next.plan })
        news.event({ type: 'timer-changed', timer: next.timer })
      })
      .catch((error: unknown) => {
        if (error instanceof AppError && finalRefusal(error) !== null) end()
      })
      .finally(() => {
        asking = false
        store.draw()
      })
  }

  function readClock(): void {
    const sentAtMs = at()
    call('GET', '/api/time', { reply: z.object({ now: z.number() }) })
      .then(({ now: serverMs }) => {
        const tripMs = at() - sentAtMs
        // A slower answer knows less than a fast one before it.
        if (clock === null || tripMs <= clock.tripMs * 2) clock = { offsetMs: serverMs - sentAtMs - tripMs / 2, tripMs }
      })
      .catch(() => undefined)
  }

  function tick(): void {
    if (clock === null && at() - startedAtMs > TICK_MS) readClock()
    if (silentMs() >= STALE_MS && at() - askedAtMs >= ASK_AGAIN_MS) ask()
    store.draw()
  }
  function silentMs(): number {
    return at() - (board.heardAtMs ?? startedAtMs)
  }

  function phase(): ReaderView['phase'] {
    if (ended) return 'ended'
    if (board.heardAtMs === null) return silentMs() >= BOARD_LOST_MS ? 'lost' : 'waiting'
    return silentMs() >= BOARD_LOST_MS ? 'lost' : silentMs() >= STALE_MS ? 'stale' : 'live'
  }
  function look(): ReaderView {
    return {
      phase: phase(),
      silentMs: board.heardAtMs === null ? 0 : Math.round(silentMs()),
      tiles: ended ? [] : readerTilesAt(board, at()),
      // Nobody, said by the board, is news too.
      spotlightId: board.round ? board.round.spotlightId : known.spotlightId,
      facts: known,
    }
  }

  function end(): void {
    ended = true
    board = NO_BOARD
    release()
    store.drawNow()
  }
  function release(): void {
    for (const stop of stops.splice(0)) stop()
    realtime.close()
    own.close()
    readers.close()
    awake.close()
    timer.dispose()
  }

  return {
    get view() {
      return store.view
    },
    subscribe: store.subscribe,
    timer,
    dispose() {
      if (!ended) release()
      ended = true
      store.close()
    },
  }
}
