import { type Board, sharedAt, staleMsOn, tilesAt } from './board'
import { keptTiles } from './kept-tiles'
import { HOLD_MS } from './member-heart'
import type { RoomView, Tile, TileReading } from './room-view'
import { drawable } from './share-mask'
import type { RemoteMedia } from './video-room'
import { createViewStore, pageAfter, type ViewStore } from './view-store'

type Seen = {
  readonly board: Board
  readonly own: TileReading | null
  readonly remotes: readonly RemoteMedia[]
  readonly sharing: RoomView['sharing']
  /** Beside the class's own people: simulated ones. */
  readonly others: readonly Tile[]
}

/** Arrivals of this long are one drawing. */
export const DRAW_MS = 50
/**
 * A frame costs the page about the same whether one number changed in it or ten, and whoever looks at more hearts than this takes them in
 * at a glance: a large wall draws three times a second, the room's own drawing among them, and leaves the processor to the pictures.
 */
const FEW = 32
const DRAW_MANY_MS = 350

/** Everybody is drawn with the room at least this often; what ends sooner is drawn by itself. */
export const ROOM_EVERY_MS = 1_000

/** The people on one screen. A heart that is heard, or no longer, draws its own tile; everybody is drawn with the room. */
export type RoomTiles = {
  /** Everybody as they are now, in seat order. A tile that looks as it did is the same object. */
  all(): readonly Tile[]
  heard(participantId: string): void
  /** The newest drawing of each tile; new with every heart that is heard, and newer than the room's own drawing. */
  readonly newest: Pick<ViewStore<ReadonlyMap<string, Tile>>, 'view' | 'subscribe'>
  close(): void
}

/** `fades`: told too when a number's time is over, for a screen that draws everybody with the room. */
export function createRoomTiles(see: (atMs: number) => Seen, after = pageAfter, fades: () => void = () => undefined): RoomTiles {
  const heard = new Set<string>()
  const fading: Array<() => void> = []
  let drawn: ReadonlyMap<string, Tile> = new Map()
  const store = createViewStore(drawHeard, () => (drawn.size > FEW ? DRAW_MANY_MS : DRAW_MS), after)

  function look(only: ReadonlySet<string> | null): Seen & { readonly tiles: readonly Tile[] } {
    const atMs = performance.now()
    const seen = see(atMs)
    const { board, own, remotes, sharing, others } = seen
    const people = drawable(tilesAt(board, atMs, own, remotes, only), sharing, () => sharedAt(board, atMs))
    return { ...seen, tiles: only ? people : [...people, ...others] }
  }
  function drawHeard(): ReadonlyMap<string, Tile> {
    if (heard.size === 0) return drawn
    const next = new Map(drawn)
    for (const tile of look(heard).tiles) next.set(tile.participantId, tile)
    heard.clear()
    return (drawn = next)
  }
  /** A number is greyed, and gone, when its time is over, and not with the room's next drawing. */
  function watchFading(tiles: readonly Tile[], staleMs: number): void {
    for (const cancel of fading.splice(0)) cancel()
    for (const { participantId, reading } of tiles) {
      if (!('ageMs' in reading) || reading.state === 'effort') continue
      const leftMs = [staleMs, HOLD_MS].map((endMs) => endMs - reading.ageMs).find((ms) => ms > 0)
      if (leftMs !== undefined && leftMs < ROOM_EVERY_MS) fading.push(after(leftMs, () => fade(participantId)))
    }
  }
  /** At once: what ends is not shown until the next arrivals are due. */
  function fade(participantId: string): void {
    heard.add(participantId)
    store.drawNow()
    fades()
  }
  return {
    all() {
      const { board, tiles: seen } = look(null)
      watchFading(seen, staleMsOn(board))
      const tiles = keptTiles(drawn, seen, board.viewer)
      drawn = new Map(tiles.map((tile) => [tile.participantId, tile]))
      heard.clear()
      // Each tile hears of it, and the next hearts wait as after any other drawing.
      store.drawNow()
      return tiles
    },
    heard(participantId) {
      heard.add(participantId)
      store.draw()
    },
    newest: store,
    close() {
      for (const cancel of fading.splice(0)) cancel()
      store.close()
    },
  }
}
