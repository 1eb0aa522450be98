import { expect, test } from 'vitest'
import { keptTiles } from './kept-tiles'
import type { Tile, TileReading } from './room-view'

const live = (bpm: number, ageMs: number): TileReading => ({
  ...{ state: 'live', bpm, percentOfMax: 70, zone: 3, estimated: false, contact: true, trend: 'steady', ageMs, history: [bpm] },
})
const tile = (participantId: string, reading: TileReading, more: Partial<Tile> = {}): Tile => ({
  ...{ participantId, name: participantId, role: 'member', seat: 1, me: false, presence: 'here', cameraReach: 'nobody' },
  ...{ handRaisedAt: null, media: null, reading, ...more },
})

const byId = (tiles: readonly Tile[]): ReadonlyMap<string, Tile> => new Map(tiles.map((one) => [one.participantId, one]))

/** Which of two tiles are drawn anew when the first of them becomes `now`. */
const drawn = (was: Tile, now: Tile, viewer: 'host' | 'member' = 'host'): string[] => {
  const other = tile('ben', live(150, 300))
  const before = [was, other]
  return keptTiles(byId(before), [now, { ...other, reading: live(150, 700) }], viewer)
    .filter((one, index) => one !== before[index])
    .map(({ participantId }) => participantId)
}

test('a beat draws the tile whose heart was heard and no other, also when the number is the same', () => {
  expect(drawn(tile('ana', live(120, 900)), tile('ana', live(121, 0)))).toEqual(['ana'])
  expect(drawn(tile('ana', live(120, 900)), tile('ana', live(120, 0)))).toEqual(['ana'])
  expect(drawn(tile('ana', live(120, 100)), tile('ana', live(120, 950)))).toEqual([])
})

test('a second of an age that is said, another state, and anything beside the number draw it too', () => {
  expect(drawn(tile('ana', live(120, 950)), tile('ana', live(120, 1_050)))).toEqual([])
  const stale = (ageMs: number): TileReading => ({ ...live(120, ageMs), state: 'stale' }) as TileReading
  expect(drawn(tile('ana', live(120, 3_900)), tile('ana', stale(4_000)))).toEqual(['ana'])
  expect(drawn(tile('ana', stale(4_000)), tile('ana', stale(4_900)))).toEqual([])
  expect(drawn(tile('ana', stale(4_900)), tile('ana', stale(5_000)))).toEqual(['ana'])
  const silent = (sinceMs: number | null): TileReading => ({ state: 'none', why: 'lost', sinceMs })
  expect(drawn(tile('ana', live(120, 9_990)), tile('ana', silent(10_000)))).toEqual(['ana'])
  expect(drawn(tile('ana', silent(10_000)), tile('ana', silent(10_400)))).toEqual([])
  expect(drawn(tile('ana', silent(10_000)), tile('ana', silent(11_000)))).toEqual([])
  expect(drawn(tile('ana', silent(10_000)), tile('ana', silent(2_000)))).toEqual(['ana'])
  expect(drawn(tile('ana', silent(null)), tile('ana', { state: 'none', why: 'hidden', sinceMs: null }))).toEqual(['ana'])
  expect(drawn(tile('ana', live(120, 100)), tile('ana', live(120, 200), { handRaisedAt: 7 }))).toEqual(['ana'])
  expect(drawn(tile('ana', live(120, 100)), tile('ana', live(120, 200), { presence: 'reconnecting' }))).toEqual(['ana'])
})

test('on a member’s screen, which draws everybody together, a line that moves on is drawn', () => {
  const still = tile('ana', live(120, 100))
  const moved = tile('ana', { ...live(120, 200), history: [119, 120] } as TileReading)
  expect(drawn(still, moved, 'member')).toEqual(['ana'])
  expect(drawn(still, moved, 'host')).toEqual([])
  expect(drawn(still, tile('ana', live(120, 200)), 'member')).toEqual([])
})

test('who is new is drawn, in the order of now', () => {
  const ana = tile('ana', live(120, 100))
  const cem = tile('cem', live(99, 0))
  expect(keptTiles(byId([ana]), [cem, ana], 'host')).toEqual([cem, ana])
})
