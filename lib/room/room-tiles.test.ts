import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Beat } from './beat'
import { emptyBoard, reduceBoard, type Board } from './board'
import type { ParticipantInfo } from './room-event'
import { createRoomTiles } from './room-tiles'
import type { RoomView } from './room-view'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const person = (seat: number): ParticipantInfo => ({
  ...{ participantId: `m${seat}`, name: `m${seat}`, role: 'member', seat, cameraReach: 'nobody', heartRateReach: null, left: false, handRaisedAt: null, revision: 0 },
})
const reading = (seq: number, bpm: number, reach: 'trainer' | 'everyone' = 'trainer'): Beat => ({
  ...{ kind: 'reading', run: 'run1', seq, reach, bpm, percentOfMax: 80, zone: 3, estimated: false, contact: true, trend: 'steady' },
})

/** A wall of so many members, each silent so far. */
function wall(members: number) {
  let board: Board = reduceBoard(emptyBoard('host', 'host', 'everyone', 0), {
    ...{ type: 'snapshot', participants: Array.from({ length: members }, (_, index) => person(index + 1)), atMs: 0 },
  })
  let sharing: RoomView['sharing'] = 'no'
  const tiles = createRoomTiles(() => ({ board, own: null, remotes: [], sharing, others: [] }))
  tiles.all()
  vi.advanceTimersByTime(1_000)
  const drawings: Array<Record<string, number | string>> = []
  let before = tiles.newest.view
  tiles.newest.subscribe(() => {
    const now = tiles.newest.view
    const changed = [...now].filter(([id, tile]) => before.get(id) !== tile)
    if (changed.length > 0) drawings.push(Object.fromEntries(changed.map(([id, { reading: shown }]) => [id, shown.state === 'live' ? shown.bpm : shown.state === 'none' ? shown.why : shown.state])))
    before = now
  })
  return {
    tiles,
    drawings,
    share: (next: RoomView['sharing']) => void (sharing = next),
    hear(participantId: string, beat: Beat) {
      board = reduceBoard(board, { type: 'beat', participantId, beat, atMs: performance.now() })
      tiles.heard(participantId)
    },
  }
}

test('a heart draws its own tile and no other; the room’s next drawing keeps that tile', () => {
  const { tiles, drawings, hear } = wall(3)
  hear('m2', reading(1, 131))
  vi.advanceTimersByTime(0)
  hear('m2', reading(2, 132))
  hear('m3', reading(1, 99))
  vi.advanceTimersByTime(60)
  expect(drawings).toEqual([{ m2: 131 }, { m2: 132, m3: 99 }])
  const newest = tiles.newest.view
  expect(tiles.all().map((tile) => tile === newest.get(tile.participantId))).toEqual([true, true, true])
})

test('what the room has drawn is not drawn once more, and nothing is drawn after the end', () => {
  const { tiles, hear } = wall(3)
  hear('m1', reading(1, 131))
  const [drawn] = tiles.all()
  expect(drawn?.reading).toMatchObject({ state: 'live', bpm: 131 })
  vi.advanceTimersByTime(60)
  expect(tiles.newest.view.get('m1')).toBe(drawn)
  hear('m1', reading(2, 132))
  tiles.close()
  expect(vi.getTimerCount()).toBe(0)
})

test('a number is greyed and gone when its time is over, between two drawings of the room', () => {
  const { tiles, drawings, hear } = wall(2)
  hear('m1', reading(1, 131))
  vi.advanceTimersByTime(3_300)
  tiles.all()
  vi.advanceTimersByTime(690)
  expect(drawings.at(-1)).toEqual({ m1: 131 })
  vi.advanceTimersByTime(12)
  expect(drawings.at(-1)).toEqual({ m1: 'stale' })
  vi.advanceTimersByTime(5_498)
  tiles.all()
  vi.advanceTimersByTime(490)
  expect(drawings.at(-1)).toEqual({ m1: 'stale' })
  vi.advanceTimersByTime(12)
  // No screen of theirs is here.
  expect(drawings.at(-1)).toEqual({ m1: 'reconnecting' })
})

test('while the screen is shared, a heart that is not for everyone is masked on its own drawing too', () => {
  const { drawings, hear, share } = wall(2)
  share('masked')
  hear('m1', reading(1, 131))
  hear('m2', reading(1, 99, 'everyone'))
  vi.advanceTimersByTime(0)
  expect(drawings).toEqual([{ m1: 'masked', m2: 99 }])
})

test.each([
  [32, 20],
  [33, 3],
])('a wall of %i hearts draws %i times a second', (members, timesASecond) => {
  const { drawings, hear } = wall(members)
  for (let ms = 0; ms < 990; ms += 10) {
    hear('m1', reading(ms, 100 + (ms % 50)))
    vi.advanceTimersByTime(10)
  }
  expect(drawings.length).toBe(timesASecond)
})

test('the room’s drawing reaches every tile, and hearts wait after it as after any other', () => {
  const { tiles, drawings, hear } = wall(33)
  hear('m1', reading(1, 131))
  tiles.all()
  expect(drawings).toEqual([{ m1: 131 }])
  hear('m2', reading(1, 99))
  vi.advanceTimersByTime(340)
  expect(drawings).toEqual([{ m1: 131 }])
  vi.advanceTimersByTime(10)
  expect(drawings).toEqual([{ m1: 131 }, { m2: 99 }])
})

test('a member’s screen, which draws everybody with the room, is told when a shared number’s time is over: a second later than the trainer’s', () => {
  const atMs = performance.now()
  const known = reduceBoard(emptyBoard('m2', 'member', 'everyone', 0), { type: 'snapshot', participants: [person(1), person(2)], atMs })
  const board = reduceBoard(known, { type: 'beat', participantId: 'm1', beat: reading(1, 131, 'everyone'), atMs })
  const fades = vi.fn()
  const tiles = createRoomTiles(() => ({ board, own: null, remotes: [], sharing: 'no', others: [] }), undefined, fades)
  vi.advanceTimersByTime(4_300)
  expect(tiles.all()[0]?.reading).toMatchObject({ state: 'live' })
  vi.advanceTimersByTime(690)
  expect(fades).not.toHaveBeenCalled()
  vi.advanceTimersByTime(12)
  expect(fades).toHaveBeenCalledTimes(1)
  expect(tiles.all()[0]?.reading).toMatchObject({ state: 'stale' })
})
