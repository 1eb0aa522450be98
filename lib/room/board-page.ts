import { z } from 'zod'
import { Audience } from '@/lib/accounts/device'
import { Moved, ReadingBeat, Zone } from './beat'
import { HISTORY_SECONDS, type Heard, HOLD_MS, historyAt } from './member-heart'
import { RoomSnapshot } from './room-event'
import { type MovingReading, STALE_MS, type Tile, type TileReading } from './room-view'
import { TimerState } from './timer'

/**
 * What a television or a remote shows: the board of the writing host screen, whole, once a second and only while somebody looks. On
 * Pusher each page costs two messages (one in, one out) and one more for each further host screen: 7,200 an hour for one television and
 * 25 people, less than one member with a strap who shares. Pages of 25 tiles stay under the 10 kB of one event; where long names ride machines, a page is shorter.
 */
const PAGE_TILES = 25
/** Of the tiles; what is around them stays under 1 kB. */
const PAGE_BYTES = 9_000
export const BOARD_EVERY_MS = 1_000

/** Presence `user_info` on the readers' channel. */
export const ReaderInfo = z.object({ reader: z.enum(['tv', 'remote']), audience: Audience })
export type ReaderInfo = z.infer<typeof ReaderInfo>

/** GET /api/classes/{classId}/board: what a reader knows before the first page. */
export const BoardFacts = RoomSnapshot.omit({ participants: true, videoUrl: true }).extend({ readerId: z.string(), ...ReaderInfo.shape })
export type BoardFacts = z.infer<typeof BoardFacts>

const LiveNumber = z.object({
  bpm: z.number(),
  percentOfMax: z.number().nullable(),
  zone: Zone.nullable(),
  estimated: z.boolean(),
  contact: z.boolean().nullable(),
  trend: ReadingBeat.shape.trend,
  ageMs: z.number(),
})
const PageReading = z.discriminatedUnion('state', [
  LiveNumber.extend({ state: z.literal('live') }),
  LiveNumber.extend({ state: z.literal('stale') }),
  z.object({ state: z.literal('effort'), effort: z.number(), ageMs: z.number() }),
  z.object({
    state: z.literal('none'),
    why: z.enum(['never', 'pairing', 'private', 'hidden', 'reconnecting', 'lost', 'contact', 'phone_locked', 'masked']),
    sinceMs: z.number().nullable(),
  }),
])
const PageTile = z.object({
  participantId: z.string(),
  name: z.string(),
  seat: z.number(),
  presence: z.enum(['here', 'reconnecting', 'left']),
  handRaisedAt: z.number().nullable(),
  reading: PageReading,
  /** What counts in place of `reading`; beside it, so that a reader of another version still reads the page. */
  moving: z.object({ ...Moved.shape, effort: z.number().nullable(), stale: z.boolean(), ageMs: z.number() }).optional(),
})
type PageTile = z.infer<typeof PageTile>

export const BoardPage = z.object({
  /** The host screen that wrote it. */
  from: z.string(),
  seq: z.number(),
  page: z.number(),
  pages: z.number(),
  spotlightId: z.string().nullable(),
  timer: TimerState.nullable(),
  workoutEndedAt: z.number().nullable(),
  /** Rises when the plan changed: what a page does not carry is read anew. */
  factsRevision: z.number(),
  tiles: z.array(PageTile).max(PAGE_TILES),
})
export type BoardPage = z.infer<typeof BoardPage>

export type BoardRest = Omit<BoardPage, 'page' | 'pages' | 'tiles'>

/** The members of a wall as one round of pages; a class without members is one empty page, so that silence means that nobody writes. */
export function boardPages(tiles: readonly Tile[], rest: BoardRest): BoardPage[] {
  const cut: PageTile[][] = [[]]
  let bytes = 0
  for (const tile of tiles.filter(({ role }) => role === 'member').map(pageTile)) {
    const size = utf8.encode(JSON.stringify(tile)).length + 1
    if (cut.at(-1)?.length === PAGE_TILES || bytes + size > PAGE_BYTES) {
      cut.push([])
      bytes = 0
    }
    cut.at(-1)?.push(tile)
    bytes += size
  }
  return cut.map((tiles, page) => ({ ...rest, page, pages: cut.length, tiles }))
}
const utf8 = new TextEncoder()

function pageTile({ participantId, name, seat, presence, handRaisedAt, reading }: Tile): PageTile {
  const tile = { participantId, name, seat, presence, handRaisedAt }
  if (reading.state !== 'moving') return { ...tile, reading: withoutHistory(reading) }
  // Why the heart is not heard is for the trainer's own screen.
  const { state: _told, heart: _trainers, ...moving } = reading
  const { effort, ageMs } = moving
  return { ...tile, moving, reading: effort === null ? { state: 'none', why: 'never', sinceMs: null } : { state: 'effort', effort, ageMs } }
}

function withoutHistory(reading: Exclude<TileReading, { state: 'moving' }>): PageTile['reading'] {
  if (reading.state !== 'live' && reading.state !== 'stale') return reading
  // The listener keeps its own history; watts are for the trainer's own screen.
  const { history: _kept, watts: _trainers, ...number } = reading
  return number
}

/** What a reader has heard. Pure; `atMs` is the reader's monotonic clock at arrival. */
export type HeardBoard = {
  readonly people: ReadonlyMap<string, Person>
  readonly round: Pick<BoardPage, 'spotlightId' | 'timer' | 'workoutEndedAt' | 'factsRevision'> | null
  readonly heardAtMs: number | null
  /** Pages of a round that is not whole yet. */
  readonly gathering: { readonly from: string; readonly seq: number; readonly next: number; readonly tiles: readonly PageTile[] } | null
}
type Person = { readonly tile: PageTile; readonly heard: readonly Heard[] }

export const NO_BOARD: HeardBoard = { people: new Map(), round: null, heardAtMs: null, gathering: null }
/** After this long without a round nobody writes any more, and nothing that is shown is true. */
export const BOARD_LOST_MS = HOLD_MS

/** A round counts when all its pages have come; one with a hole is forgotten, because the next is whole again. */
export function hearPage(board: HeardBoard, page: BoardPage, atMs: number): HeardBoard {
  const { from, seq, tiles } = page
  const { gathering } = board
  const before = page.page === 0 ? [] : gathering?.from === from && gathering.seq === seq && gathering.next === page.page ? gathering.tiles : null
  if (before === null) return { ...board, gathering: null }
  const all = [...before, ...tiles]
  if (page.page + 1 < page.pages) return { ...board, gathering: { from, seq, next: page.page + 1, tiles: all } }
  const people = new Map(all.map((tile) => [tile.participantId, { tile, heard: hearTile(board.people.get(tile.participantId), tile, atMs) }]))
  const { spotlightId, timer, workoutEndedAt, factsRevision } = page
  return { people, round: { spotlightId, timer, workoutEndedAt, factsRevision }, heardAtMs: atMs, gathering: null }
}

/** The last minute of numbers. A choice not to be seen takes what was seen along. */
function hearTile(before: Person | undefined, { reading }: PageTile, atMs: number): readonly Heard[] {
  if (reading.state === 'none' && (reading.why === 'private' || reading.why === 'hidden')) return []
  const kept = (before?.heard ?? []).filter((one) => atMs - one.atMs <= HISTORY_SECONDS * 1_000 + HOLD_MS)
  if (reading.state !== 'live') return kept
  const heardAtMs = atMs - reading.ageMs
  const last = kept.at(-1)
  // The same number told again is not another one.
  return last && heardAtMs - last.atMs < 500 ? kept : [...kept, { atMs: heardAtMs, bpm: reading.bpm }]
}

/** What a reader draws now, in seat order: a number ages here too, whatever the way that it came. */
export function readerTilesAt(board: HeardBoard, atMs: number): Tile[] {
  const sinceMs = board.heardAtMs === null ? 0 : atMs - board.heardAtMs
  return [...board.people.values()]
    .map(({ tile: { moving, ...tile }, heard }): Tile => ({
      ...tile,
      role: 'member',
      me: false,
      cameraReach: 'nobody',
      media: null,
      reading: moving ? movedBy(moving, sinceMs) : agedBy(tile.reading, sinceMs, historyAt(heard, atMs)),
    }))
    .sort((a, b) => a.seat - b.seat)
}

function agedBy(reading: PageTile['reading'], byMs: number, history: ReadonlyArray<number | null>): TileReading {
  if (reading.state === 'none') return { ...reading, sinceMs: reading.sinceMs === null ? null : reading.sinceMs + byMs }
  const ageMs = reading.ageMs + byMs
  if (reading.state === 'effort') return { ...reading, ageMs }
  if (ageMs >= HOLD_MS) return { state: 'none', why: 'lost', sinceMs: ageMs }
  const { state, ...number } = reading
  return { ...number, state: state === 'stale' || ageMs >= STALE_MS ? 'stale' : 'live', ageMs, history }
}

function movedBy(moving: Omit<MovingReading, 'heart'> & { readonly stale: boolean }, byMs: number): TileReading {
  const ageMs = moving.ageMs + byMs
  if (ageMs >= HOLD_MS) return { state: 'none', why: 'lost', sinceMs: ageMs }
  return { state: 'moving', ...moving, heart: 'none', stale: moving.stale || ageMs >= STALE_MS, ageMs }
}
