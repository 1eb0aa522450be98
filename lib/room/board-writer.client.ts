import { every } from '@/lib/platform/steady-timer.client'
import { COME_AND_GO, type Realtime, type RealtimeSubscription } from '@/lib/platform/realtime.client'
import { type Board, hostScreens, sharedAt, tilesAt } from './board'
import { BOARD_EVERY_MS, BoardPage, boardPages, type BoardRest, ReaderInfo } from './board-page'
import { TAKE_OVER_MS, TAKE_OVER_STEP_MS } from './frame-writer'
import { channels, CLIENT_BOARD, type RoomEvent, type RoomSnapshot } from './room-event'
import type { RoomNews } from './room-view'

type Reader = { readonly info: ReaderInfo; readonly subscription: RealtimeSubscription }
type BoardWriterOptions = {
  readonly classId: string
  readonly screenId: string
  readonly subscribe: Realtime['subscribe']
  readonly news: RoomNews
  readonly snapshot: RoomSnapshot
  readonly board: () => Board
}

export type BoardWriter = {
  /** The readers' share of what the class costs: they have no place in it and report nothing, so the screen that writes counts for them. */
  readonly billed: number
  close(): void
}

/**
 * A host screen's part in showing the board to televisions and remotes: once a second, to each reader on its own channel, what that
 * reader may see. Who reads is known by presence, so nothing is written to nobody. The first host screen writes; another does when
 * nothing was heard from those before it for 3 s plus 1 s for each place.
 */
export function createBoardWriter({ classId, screenId, subscribe, news, snapshot, board }: BoardWriterOptions): BoardWriter {
  const readers = new Map<string, Reader>()
  const ended = new Set<string>()
  let seq = 0
  let billed = 0
  let lastHeardAtMs = performance.now()
  let facts = factsOf(snapshot)
  let { epoch } = snapshot

  const rankOf = (id: string): number => hostScreens(board()).findIndex((screen) => screen.screenId === id)

  function meet(readerId: string, said: unknown): void {
    const info = ReaderInfo.safeParse(said)
    if (!info.success || readers.has(readerId) || ended.has(readerId)) return
    readers.set(readerId, { info: info.data, subscription: open(readerId) })
    if (rankOf(screenId) === 0) billed += COME_AND_GO
  }
  function open(readerId: string): RealtimeSubscription {
    return subscribe(channels.board(readerId, epoch), {
      onJoined: write,
      on: {
        [CLIENT_BOARD]: (data) => {
          const page = BoardPage.safeParse(data)
          const rank = page.success ? rankOf(page.data.from) : -1
          if (rank >= 0 && rank < rankOf(screenId)) lastHeardAtMs = performance.now()
        },
      },
    })
  }
  /** Whoever was shut out may still hear the boards of before: nothing is written there any more. */
  function move(to: number): void {
    if (to <= epoch) return
    epoch = to
    for (const [readerId, { info, subscription }] of readers) {
      subscription.close()
      readers.set(readerId, { info, subscription: open(readerId) })
    }
  }
  function forget(readerId: string): void {
    readers.get(readerId)?.subscription.close()
    readers.delete(readerId)
  }

  function write(): void {
    const atMs = performance.now()
    const rank = rankOf(screenId)
    if (readers.size === 0 || rank < 0) return
    if (rank > 0 && atMs - lastHeardAtMs < TAKE_OVER_MS + rank * TAKE_OVER_STEP_MS) return
    const now = board()
    const all = tilesAt(now, atMs, null, [])
    const shown = new Set(sharedAt(now, atMs).map(({ participantId }) => participantId))
    const rest: BoardRest = { ...facts, from: screenId, seq: (seq += 1) }
    for (const { info, subscription } of readers.values()) {
      const tiles = info.audience === 'trainer' ? all : all.filter(({ participantId }) => shown.has(participantId))
      for (const page of boardPages(tiles, rest)) if (subscription.send(CLIENT_BOARD, page)) billed += 1
    }
  }

  function learn(event: RoomEvent): void {
    if (event.type === 'participant-removed' || event.type === 'room-moved') return move(event.epoch)
    if (event.type === 'reader-ended') {
      ended.add(event.readerId)
      return forget(event.readerId)
    }
    const next = factsAfter(facts, event)
    if (next === facts) return
    facts = next
    // A press on the remote is seen at once.
    write()
  }

  function catchUp(next: RoomSnapshot): void {
    facts = factsOf(next, facts.factsRevision + 1)
    move(next.epoch)
  }

  const room = subscribe(channels.readers(classId), {
    onHere(members) {
      const here = new Set(members.map(({ userId }) => userId))
      for (const readerId of [...readers.keys()]) if (!here.has(readerId)) forget(readerId)
      for (const { userId, info } of members) meet(userId, info)
    },
    onIn: meet,
    onOut: forget,
  })
  const stops = [news.onEvent(learn), news.onSnapshot(catchUp), every(BOARD_EVERY_MS, write)]

  return {
    get billed() {
      return billed
    },
    close() {
      for (const stop of stops) stop()
      for (const readerId of [...readers.keys()]) forget(readerId)
      room.close()
    },
  }
}

type Facts = Omit<BoardRest, 'from' | 'seq'>
const factsOf = ({ spotlightId, timer, workoutEndedAt }: RoomSnapshot, factsRevision = 0): Facts => ({
  ...{ spotlightId, timer, workoutEndedAt, factsRevision },
})

function factsAfter(facts: Facts, event: RoomEvent): Facts {
  switch (event.type) {
    case 'spotlight-changed':
      return { ...facts, spotlightId: event.participantId }
    case 'timer-changed':
      return { ...facts, timer: event.timer }
    case 'workout-ended':
      return { ...facts, workoutEndedAt: event.workoutEndedAt }
    case 'plan-changed':
      return { ...facts, factsRevision: facts.factsRevision + 1 }
    default:
      return facts
  }
}
