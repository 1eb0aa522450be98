import { expect, it } from 'vitest'
import { BoardPage, boardPages, hearPage, NO_BOARD, readerTilesAt } from './board-page'
import type { Tile, TileReading } from './room-view'

const reading = (bpm: number, ageMs = 0): TileReading => ({
  ...{ state: ageMs < 4_000 ? 'live' : 'stale', bpm, percentOfMax: 71.5, zone: 3, estimated: false, contact: true, trend: 'rising', ageMs, history: [] },
})
const tile = (seat: number, now: TileReading): Tile => ({
  ...{ participantId: `par_${String(seat).padStart(26, '0')}`, name: `Person ${seat}`, role: 'member', seat, me: false, presence: 'here' },
  ...{ cameraReach: 'trainer', handRaisedAt: null, reading: now, media: null },
})
const rest = (seq: number) => ({ from: 'scr_a', seq, spotlightId: null, timer: null, workoutEndedAt: null, factsRevision: 0 })
const pagesOf = (seq: number, ...tiles: Tile[]) => boardPages(tiles, rest(seq))

it('keeps each page of ninety people within the 10 kB of one event, and puts them together again', () => {
  const pages = pagesOf(1, ...Array.from({ length: 90 }, (_, seat) => tile(seat + 1, reading(150))))
  expect(pages.map(({ tiles }) => tiles.length)).toEqual([25, 25, 25, 15])
  for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(10_000)
  const heard = pages.map((page) => BoardPage.parse(JSON.parse(JSON.stringify(page)))).reduce((board, page) => hearPage(board, page, 1_000), NO_BOARD)
  expect(readerTilesAt(heard, 1_000)).toHaveLength(90)
})

it('cuts its pages by bytes: the longest names on machines, with an effort each, are whole on the other side', () => {
  const longest = { name: 'Ж'.repeat(60), handRaisedAt: 1_764_000_000_000 }
  const wall = Array.from({ length: 90 }, (_, seat) => ({ ...tile(seat + 1, riding(1_500.123456789, 7)), ...longest }))
  const timer = { anchor: { index: 3, beganAtMs: 1_764_000_000_000, addedMs: 20_000, leadIn: true }, pausedAtMs: 1_764_000_000_000, soundOn: true, revision: 12 }
  const pages = boardPages(wall, { ...rest(1_000), spotlightId: wall[0]?.participantId ?? null, timer, workoutEndedAt: 1_764_000_000_000 })
  for (const page of pages) expect(new TextEncoder().encode(JSON.stringify(page)).length).toBeLessThan(10_240)
  expect(readerTilesAt(pages.reduce((now, page) => hearPage(now, page, 0), NO_BOARD), 0)).toHaveLength(90)
})

it('forgets a round with a hole, and whoever is not in a whole one', () => {
  const whole = pagesOf(1, ...Array.from({ length: 30 }, (_, seat) => tile(seat, reading(120))))
  const board = whole.reduce((now, page) => hearPage(now, page, 0), NO_BOARD)
  const [, second] = pagesOf(2, ...Array.from({ length: 30 }, (_, seat) => tile(seat, reading(130))))
  const holed = second ? hearPage(board, second, 1_000) : board
  expect(readerTilesAt(holed, 1_000)[29]?.reading).toMatchObject({ bpm: 120 })
  const fewer = pagesOf(3, tile(4, reading(140))).reduce((now, page) => hearPage(now, page, 2_000), holed)
  expect(readerTilesAt(fewer, 2_000).map(({ seat }) => seat)).toEqual([4])
})

it('ages a number on the reader too: grey at four seconds since the strap spoke, gone at ten', () => {
  const board = pagesOf(1, tile(1, reading(150, 1_500))).reduce((now, page) => hearPage(now, page, 10_000), NO_BOARD)
  const at = (ms: number) => readerTilesAt(board, 10_000 + ms)[0]?.reading
  expect(at(2_499)).toMatchObject({ state: 'live', bpm: 150, ageMs: 3_999 })
  expect(at(2_500)).toMatchObject({ state: 'stale', bpm: 150 })
  expect(at(8_500)).toEqual({ state: 'none', why: 'lost', sinceMs: 10_000 })
})

it('draws the minute that it has heard, and forgets it with "hide me"', () => {
  let board = NO_BOARD
  for (let second = 0; second < 5; second++) for (const page of pagesOf(second, tile(1, reading(140 + second)))) board = hearPage(board, page, second * 1_000)
  const shown = readerTilesAt(board, 4_000)[0]?.reading
  expect(shown?.state === 'live' && shown.history.slice(-5)).toEqual([140, 141, 142, 143, 144])
  for (const page of pagesOf(9, tile(1, { state: 'none', why: 'hidden', sinceMs: 0 }))) board = hearPage(board, page, 5_000)
  for (const page of pagesOf(10, tile(1, reading(150)))) board = hearPage(board, page, 6_000)
  const after = readerTilesAt(board, 6_000)[0]?.reading
  expect(after?.state === 'live' && after.history.slice(-3)).toEqual([null, null, 150])
})

const riding = (ageMs: number, effort: number | null = null): TileReading => ({
  ...{ state: 'moving', stale: false, watts: 205, cadence: 90, speed: 833, heart: 'lost', effort, ageMs },
})

it('carries a machine beside what a reader of another version knows, and ages it as a heart', () => {
  const pages = pagesOf(1, ...Array.from({ length: 25 }, (_, seat) => tile(seat, riding(1_500, seat === 1 ? 7 : null))))
  const page = BoardPage.parse(JSON.parse(JSON.stringify(pages[0])))
  // What they find who do not know `moving`: nothing, or the effort that was tapped.
  expect(page.tiles.slice(0, 2).map((one) => one.reading)).toEqual([{ state: 'none', why: 'never', sinceMs: null }, { state: 'effort', effort: 7, ageMs: 1_500 }])
  expect(JSON.stringify(page)).not.toContain('lost')
  const board = hearPage(NO_BOARD, page, 0)
  const at = (ms: number) => readerTilesAt(board, ms)[0]
  expect(at(2_499)?.reading).toEqual({ state: 'moving', stale: false, watts: 205, cadence: 90, speed: 833, heart: 'none', effort: null, ageMs: 3_999 })
  expect(at(2_500)?.reading).toMatchObject({ state: 'moving', stale: true })
  expect(at(8_500)?.reading).toEqual({ state: 'none', why: 'lost', sinceMs: 10_000 })
  expect(at(0)).not.toHaveProperty('moving')
})

it('a page with what only a later version knows is read all the same', () => {
  const [page] = pagesOf(1, tile(1, reading(150)))
  const later = { ...page, weather: 'fine', tiles: page?.tiles.map((one) => ({ ...one, oxygen: { percent: 98 } })) }
  expect(BoardPage.parse(later)).toEqual(page)
})
