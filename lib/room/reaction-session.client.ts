import type { Api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { GATHER_MS, MAX_REACTIONS, PER_MS, tap, type Reacted, type Reaction, type Taps } from './reaction'
import type { RoomNews } from './room-view'
import { createViewStore } from './view-store'

/** How long a reaction floats, and a high-five is said. */
export const SHOWN_MS = 3_000

/** One reaction that floats now, over the tile of who sent it. */
export type Floating = { readonly key: number; readonly participantId: string; readonly reaction: Reaction }
export type ReactionView = {
  readonly floating: readonly Floating[]
  /** Who high-fived the person at this screen, newest last. */
  readonly fives: ReadonlyArray<{ readonly key: number; readonly name: string }>
  /** Whether one more tap counts. */
  readonly ready: boolean
}

/** The reactions of one class on one screen: sent at a pace, shown for three seconds, kept nowhere. */
export interface ReactionSession {
  readonly view: ReactionView
  subscribe(listener: () => void): () => void
  /** `to`: whom a high-five is for. A tap beyond the pace is none. */
  react(reaction: Reaction, to?: string): void
  dispose(): void
}
type ReactionOptions = {
  readonly api: Api
  readonly classId: string
  readonly me: string
  readonly news: RoomNews
  /** Lets the phone tremble, where it can. */
  readonly vibrate?: (ms: number) => void
}

const TAP_BUZZ_MS = 12
const FIVE_BUZZ_MS = 80
/** A burst of a whole class is one picture, not a hundred. */
const FLOATING_MAX = 30

export function createReactionSession({ api, classId, me, news, vibrate = buzz }: ReactionOptions): ReactionSession {
  const at = () => performance.now()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let floating: readonly Floating[] = []
  let fives: ReactionView['fives'] = []
  let taps: Taps = []
  let waiting: Reacted[] = []
  let sentAtMs = -Infinity
  let sending: ReturnType<typeof setTimeout> | undefined
  /** Own calls whose news has not come back: those are on the screen already. From another screen of the same person they are not. */
  let echoes = 0
  let nextKey = 0
  const store = createViewStore(() => ({ floating, fives, ready: taps.filter((when) => at() - when < PER_MS).length < MAX_REACTIONS }), 0)

  function later(run: () => void, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
      store.drawNow()
    }, ms)
    timers.add(timer)
  }

  function show(participantId: string, reactions: readonly Reacted[]): void {
    for (const { reaction } of reactions) {
      const one = { key: nextKey++, participantId, reaction }
      floating = [...floating, one].slice(-FLOATING_MAX)
      later(() => (floating = floating.filter(({ key }) => key !== one.key)), SHOWN_MS)
    }
    store.drawNow()
  }

  function greet(name: string): void {
    const one = { key: nextKey++, name }
    fives = [...fives, one]
    later(() => (fives = fives.filter(({ key }) => key !== one.key)), SHOWN_MS)
    vibrate(FIVE_BUZZ_MS)
    store.drawNow()
  }

  async function flush(): Promise<void> {
    sending = undefined
    const reactions = waiting
    waiting = []
    sentAtMs = at()
    echoes++
    try {
      await api('POST', `/api/classes/${classId}/reactions`, { body: { reactions } })
    } catch (error) {
      echoes--
      // A clap that did not arrive is not clapped again.
      if (!(error instanceof AppError)) throw error
    }
  }

  const stop = news.onEvent((event) => {
    if (event.type !== 'reacted') return
    if (event.participantId === me && echoes > 0) return void echoes--
    show(event.participantId, event.reactions)
    if (event.reactions.some(({ to }) => to === me)) greet(event.name)
  })

  return {
    get view() {
      return store.view
    },
    subscribe: store.subscribe,
    react(reaction, to) {
      const tapped = tap(taps, at())
      taps = tapped.taps
      if (!tapped.counts) return
      vibrate(TAP_BUZZ_MS)
      later(() => undefined, PER_MS)
      const reacted = { reaction, to: to ?? null }
      waiting.push(reacted)
      show(me, [reacted])
      if (sending !== undefined) return
      const inMs = sentAtMs + GATHER_MS - at()
      if (inMs <= 0) void flush()
      else sending = setTimeout(() => void flush(), inMs)
    },
    dispose() {
      stop()
      clearTimeout(sending)
      for (const timer of timers) clearTimeout(timer)
      store.close()
    },
  }
}

/** Absent on iPhones and desktops. */
function buzz(ms: number): void {
  const can: Partial<Pick<Navigator, 'vibrate'>> = navigator
  can.vibrate?.(ms)
}
