import { expect, test } from 'vitest'
import type { Beat, Frame } from './beat'
import {
  AWAY_MS,
  emptyBoard,
  hasLeft,
  hasStrangers,
  hostScreens,
  mainScreen,
  reduceBoard,
  sharedAt,
  tilesAt,
  type Board,
  type BoardEvent,
  type Screen,
} from './board'
import type { ParticipantInfo } from './room-event'

const person = (participantId: string, seat: number, more: Partial<ParticipantInfo> = {}): ParticipantInfo => ({
  participantId,
  name: participantId,
  role: seat === 0 ? 'host' : 'member',
  seat,
  cameraReach: 'trainer',
  heartRateReach: null,
  left: false,
  handRaisedAt: null,
  revision: 0,
  ...more,
})
const screen = (screenId: string, participantId: string, since = 0): Screen => ({
  screenId,
  info: { participantId, role: participantId === 'host' ? 'host' : 'member', name: participantId, since },
})
const reading = (seq: number, bpm: number, more: Partial<Extract<Beat, { kind: 'reading' }>> = {}): Beat => ({
  kind: 'reading',
  run: 'run1',
  seq,
  reach: 'everyone',
  bpm,
  percentOfMax: 80,
  zone: 3,
  estimated: false,
  contact: true,
  trend: 'steady',
  ...more,
})
const silence = (seq: number, why: Extract<Beat, { kind: 'silence' }>['why'], run = 'run1'): Beat => ({ kind: 'silence', run, seq, why })

const PEOPLE = [person('host', 0), person('ana', 1), person('ben', 2)]
function boardOf(
  events: BoardEvent[] = [],
  viewer: 'host' | 'member' = 'host',
  classReach: 'trainer' | 'everyone' = 'everyone',
  me = viewer === 'host' ? 'host' : 'ben',
): Board {
  const start: BoardEvent[] = [
    { type: 'snapshot', participants: PEOPLE, atMs: 0 },
    { type: 'screens', screens: [screen('scr_h', 'host'), screen('scr_a', 'ana'), screen('scr_b', 'ben')], atMs: 0 },
  ]
  return [...start, ...events].reduce(reduceBoard, emptyBoard(me, viewer, classReach, 0))
}
const beat = (atMs: number, said: Beat, participantId = 'ana'): BoardEvent => ({ type: 'beat', participantId, beat: said, atMs })
const tile = (board: Board, atMs: number, participantId = 'ana') =>
  tilesAt(board, atMs, null, []).find((one) => one.participantId === participantId)

/** One character a second: `1` live · `~` stale · `M` a machine, `m` stale · or the first letter of why there is none. */
function timeline(board: Board, seconds: number, participantId = 'ana'): string {
  return Array.from({ length: seconds }, (_, second) => {
    const shown = tile(board, second * 1_000, participantId)?.reading
    if (!shown) return ' '
    if (shown.state === 'moving') return shown.stale ? 'm' : 'M'
    return shown.state === 'live' ? '1' : shown.state === 'stale' ? '~' : shown.state === 'effort' ? 'e' : (shown.why[0] ?? '?')
  }).join('')
}

test('a number is live for 4 s, stale until 10 s, then lost: by arrival, not by change', () => {
  expect(timeline(boardOf([beat(0, reading(0, 120))]), 13)).toBe('1111~~~~~~lll')
  const same = boardOf([0, 3_000, 6_000].map((atMs, seq) => beat(atMs, reading(seq, 120))))
  expect(timeline(same, 18).slice(6)).toBe('1111~~~~~~ll')
})

test('a strap that says it dropped is stale at once and lost at 10 s with its own reason; the next number is live', () => {
  const board = boardOf([beat(0, reading(0, 120)), beat(2_000, silence(1, 'reconnecting'))])
  expect(timeline(board, 12).slice(2)).toBe('~~~~~~~~rr')
  const lost = tile(board, 11_000)?.reading
  expect(lost).toEqual({ state: 'none', why: 'reconnecting', sinceMs: 11_000 })
  expect(tile(reduceBoard(board, beat(15_000, reading(2, 131))), 15_100)?.reading).toMatchObject({ state: 'live', bpm: 131, ageMs: 100 })
})

test.each(['hidden', 'private', 'none'] as const)('a silence by choice (%s) takes the number away at once', (why) => {
  const board = boardOf([beat(0, reading(0, 120)), beat(1_000, silence(1, why))])
  expect(tile(board, 1_001)?.reading.state).toBe('none')
  if (why === 'none') return
  // and no trace of what was before is drawn when the number comes back
  const back = reduceBoard(board, beat(2_000, reading(2, 140)))
  expect(tile(back, 5_000)?.reading).toMatchObject({ history: [...Array(56).fill(null), 140, 140, 140, 140] })
})

test('late, reordered and repeated beats change nothing; a reloaded page starts counting again', () => {
  const board = boardOf([beat(0, reading(5, 150)), beat(1_000, reading(4, 99)), beat(1_500, reading(5, 98))])
  expect(tile(board, 2_000)?.reading).toMatchObject({ bpm: 150, ageMs: 2_000 })
  const reloaded = [beat(3_000, reading(0, 155, { run: 'run2' })), beat(3_100, reading(6, 97))].reduce(reduceBoard, board)
  expect(tile(reloaded, 3_200)?.reading).toMatchObject({ bpm: 155 })
})

test('a second device without a strap does not silence the first; an older one does not undo "hide me"', () => {
  const board = boardOf([beat(0, reading(0, 120)), beat(500, silence(0, 'none', 'lapt'))])
  expect(tile(board, 1_000)?.reading).toMatchObject({ state: 'live', bpm: 120 })
  const hidden = [
    beat(1_000, reading(1, 121, { run: 'lapt' })),
    beat(2_000, silence(2, 'hidden', 'lapt')),
    beat(3_000, reading(1, 122)),
  ].reduce(reduceBoard, board)
  expect(tile(hidden, 3_100)?.reading).toMatchObject({ state: 'none', why: 'hidden' })
})

test('an effort stands for five minutes', () => {
  const board = boardOf([beat(0, { kind: 'effort', run: 'run1', seq: 0, reach: 'everyone', effort: 7 })])
  expect(tile(board, 299_000)?.reading).toEqual({ state: 'effort', effort: 7, ageMs: 299_000 })
  expect(tile(board, 300_000)?.reading.state).toBe('none')
})

test('the sparkline has one value a second, holds it for 10 s, leaves a gap beyond, and moves on every 5 s', () => {
  const board = boardOf([beat(0, reading(0, 100)), beat(1_000, reading(1, 101)), beat(19_000, reading(2, 110)), beat(21_000, reading(3, 111))])
  const history = (atMs: number) => {
    const shown = tile(board, atMs)?.reading
    return shown && 'history' in shown ? shown.history.slice(-21) : []
  }
  const to20s = [100, 101, 101, 101, 101, 101, 101, 101, 101, 101, 101, ...Array(8).fill(null), 110, 110]
  expect(history(21_000)).toEqual(to20s)
  expect(history(24_999)).toEqual(to20s)
  expect(history(25_000).slice(-6)).toEqual([110, 111, 111, 111, 111, 111])
})

test('a vanished screen is "reconnecting" until the server says left, or for five minutes; coming back undoes both', () => {
  const gone = boardOf([{ type: 'screen-out', screenId: 'scr_a', atMs: 10_000 }])
  expect(tile(gone, 10_000 + AWAY_MS - 1)?.presence).toBe('reconnecting')
  expect(tile(gone, 10_000 + AWAY_MS)?.presence).toBe('left')
  const left = reduceBoard(gone, { type: 'room-event', event: { type: 'participant-left', participant: person('ana', 1, { left: true, revision: 1 }) }, atMs: 11_000 })
  expect(tile(left, 11_000)?.presence).toBe('left')
  const seen = reduceBoard(left, { type: 'screen-in', screen: screen('scr_a2', 'ana'), atMs: 12_000 })
  expect([tile(seen, 12_000)?.presence, hasLeft(seen, 'ana')]).toEqual(['left', true])
  const back = reduceBoard(seen, { type: 'room-event', event: { type: 'participant-changed', participant: person('ana', 1, { revision: 2 }) }, atMs: 12_000 })
  expect(tile(back, 12_000)?.presence).toBe('here')
})

test.each<[string, BoardEvent]>([
  ['a change that was told late', { type: 'room-event', event: { type: 'participant-changed', participant: person('ana', 1, { revision: 1 }) }, atMs: 2_000 }],
  ['a state that was read before', { type: 'snapshot', participants: PEOPLE, atMs: 2_000 }],
])('%s does not undo what is known to be newer', (_, late) => {
  const left = boardOf([{ type: 'room-event', event: { type: 'participant-left', participant: person('ana', 1, { left: true, revision: 2 }) }, atMs: 1_000 }])
  expect(tile(reduceBoard(left, late), 2_000)?.presence).toBe('left')
})

test('a number that is lost while its screen is away is "reconnecting", not "lost"', () => {
  const board = boardOf([beat(0, reading(0, 120)), { type: 'screen-out', screenId: 'scr_a', atMs: 2_000 }])
  expect(tile(board, 10_000)?.reading).toMatchObject({ state: 'none', why: 'reconnecting' })
})

test('two screens of one person are one tile; the person is here while either is', () => {
  const board = boardOf([
    { type: 'screen-in', screen: screen('scr_a2', 'ana'), atMs: 0 },
    { type: 'screen-out', screenId: 'scr_a', atMs: 1_000 },
  ])
  expect(tilesAt(board, 2_000, null, []).map(({ participantId, presence }) => [participantId, presence])).toEqual([
    ['host', 'here'],
    ['ana', 'here'],
    ['ben', 'here'],
  ])
})

test('seats stay put as people come and go; who was removed is gone', () => {
  const events: BoardEvent[] = [
    { type: 'room-event', event: { type: 'participant-joined', participant: person('eve', 4) }, atMs: 0 },
    { type: 'room-event', event: { type: 'participant-joined', participant: person('dan', 3) }, atMs: 0 },
    { type: 'room-event', event: { type: 'participant-left', participant: person('ana', 1, { left: true }) }, atMs: 0 },
    { type: 'room-event', event: { type: 'participant-removed', participantId: 'ben', epoch: 1 }, atMs: 0 },
  ]
  expect(tilesAt(boardOf(events), 0, null, []).map((one) => one.participantId)).toEqual(['host', 'ana', 'dan', 'eve'])
})

test('a screen of somebody unnamed asks for the state; reading it keeps what was heard', () => {
  const board = boardOf([beat(0, reading(0, 120)), { type: 'screen-in', screen: screen('scr_z', 'zoe'), atMs: 0 }])
  expect(hasStrangers(board)).toBe(true)
  const again = reduceBoard(board, { type: 'snapshot', participants: [...PEOPLE, person('zoe', 3)], atMs: 1_000 })
  expect(hasStrangers(again)).toBe(false)
  expect(tile(again, 1_000, 'zoe')?.presence).toBe('here')
  expect(tile(again, 1_000)?.reading).toMatchObject({ state: 'live', bpm: 120 })
})

test('only what the beat, the server and the class all allow is shared', () => {
  const named = (board: Board) => sharedAt(board, 1_000).map((one) => one.participantId)
  const ana = beat(0, reading(0, 120))
  const ben = beat(0, reading(0, 130, { reach: 'trainer' }), 'ben')
  expect(named(boardOf([ana, ben]))).toEqual(['ana'])
  expect(named(boardOf([ana], 'host', 'trainer'))).toEqual([])
  const narrowed = boardOf([
    ana,
    { type: 'room-event', event: { type: 'participant-changed', participant: person('ana', 1, { heartRateReach: 'trainer' }) }, atMs: 0 },
  ])
  expect(named(narrowed)).toEqual([])
  expect(tile(narrowed, 1_000)?.reading).toMatchObject({ bpm: 120 })
  const onlyMe = reduceBoard(narrowed, {
    type: 'room-event',
    event: { type: 'participant-changed', participant: person('ana', 1, { heartRateReach: 'me' }) },
    atMs: 500,
  })
  expect(tile(onlyMe, 1_000)?.reading).toMatchObject({ state: 'none', why: 'private' })
})

const entry = (participantId: string, bpm: number | null) => ({
  participantId,
  bpm,
  percentOfMax: null,
  zone: null,
  effort: null,
  estimated: false,
})
const frame = (from: string, seq: number, atMs: number, ...readings: Frame['readings']): BoardEvent => ({
  type: 'frame',
  from,
  frame: { seq, readings },
  atMs,
})

test('a member sees the host, themselves and whoever shares, from host screens’ frames only', () => {
  const ids = (board: Board) => tilesAt(board, 1_000, null, []).map((one) => one.participantId)
  expect(ids(boardOf([], 'member'))).toEqual(['host', 'ben'])
  expect(ids(boardOf([frame('scr_a', 0, 500, entry('ana', 120))], 'member'))).toEqual(['host', 'ben'])
  const shared = boardOf([frame('scr_h', 3, 500, entry('ana', 120))], 'member')
  expect(ids(shared)).toEqual(['host', 'ana', 'ben'])
  expect(tile(reduceBoard(shared, frame('scr_h', 3, 600, entry('ana', 99))), 1_000)?.reading).toMatchObject({ bpm: 120 })
  expect(ids(reduceBoard(shared, frame('scr_h', 4, 900, entry('ana', null))))).toEqual(['host', 'ben'])
})

test('when another host screen takes over the writing, its numbers count though it counts from 0', () => {
  const board = boardOf(
    [
      { type: 'screen-in', screen: screen('scr_h2', 'host', 5), atMs: 0 },
      frame('scr_h', 40, 0, entry('ana', 120)),
      frame('scr_h2', 0, 4_000, entry('ana', 125)),
    ],
    'member',
  )
  expect(tile(board, 4_000)?.reading).toMatchObject({ state: 'live', bpm: 125 })
  expect(hostScreens(board).map((one) => one.screenId)).toEqual(['scr_h', 'scr_h2'])
})

test('the host is gone from the moment the last host screen vanished', () => {
  expect(boardOf().hostGoneAtMs).toBeNull()
  const gone = boardOf([
    { type: 'screen-out', screenId: 'scr_h', atMs: 7_000 },
    { type: 'screen-out', screenId: 'scr_a', atMs: 9_000 },
  ])
  expect(gone.hostGoneAtMs).toBe(7_000)
})

test('somebody removed is gone for good, though their screen stays on the channel and late news names them', () => {
  const removed: BoardEvent = { type: 'room-event', event: { type: 'participant-removed', participantId: 'ana', epoch: 1 }, atMs: 5 }
  const late: BoardEvent[] = [
    { type: 'snapshot', participants: PEOPLE, atMs: 6 },
    { type: 'room-event', event: { type: 'participant-changed', participant: person('ana', 1) }, atMs: 7 },
    { type: 'screens', screens: [screen('scr_h', 'host'), screen('scr_a', 'ana'), screen('scr_b', 'ben')], atMs: 8 },
    { type: 'screen-in', screen: screen('scr_a2', 'ana'), atMs: 9 },
    beat(10, reading(1, 120)),
  ]
  const board = boardOf([removed, ...late])
  expect([...board.members.keys()]).toEqual(['host', 'ben'])
  expect([...board.screens.keys()]).toEqual(['scr_h', 'scr_b'])
  expect(hasStrangers(board)).toBe(false)
  expect(hasStrangers(boardOf([removed])), 'nor is the state read for them again and again').toBe(false)
})

test('of one person’s screens the newest has picture and sound; one that wears the strap never, and the older is back when it goes', () => {
  const main = (...screens: Screen[]) => mainScreen(boardOf([{ type: 'screens', screens, atMs: 1 }]), 'ana')
  const [phone, laptop] = [screen('scr_phone', 'ana', 10), screen('scr_laptop', 'ana', 20)]
  expect(main(phone)).toBe('scr_phone')
  expect(main(phone, laptop)).toBe('scr_laptop')
  expect(main(laptop, { screenId: 'scr_strap', info: { ...laptop.info, since: 30, sensor: true } })).toBe('scr_laptop')
  expect(main({ ...phone, info: { ...phone.info, sensor: true } })).toBeNull()
  expect(main(screen('scr_b', 'ben', 40))).toBeNull()
})

test('a device with no strap does not silence the one that has it; "hide me" on either hides, and is taken back where it was said', () => {
  const on = (run: string, seq: number, bpm: number) => reading(seq, bpm, { run })
  const shown = (...beats: Beat[]) => {
    const board = boardOf(beats.map((said, index) => beat(index * 100, said)))
    const tile = tilesAt(board, beats.length * 100, null, []).find(({ participantId }) => participantId === 'ana')?.reading
    return tile?.state === 'none' ? tile.why : tile?.state === 'live' ? tile.bpm : tile?.state
  }
  // The laptop is newer than the phone.
  const [phone, laptop] = [on('phon', 0, 140), silence(0, 'none', 'lapt')]
  expect(shown(phone, laptop)).toBe(140)
  expect(shown(phone, laptop, silence(1, 'hidden', 'lapt'))).toBe('hidden')
  expect(shown(phone, laptop, silence(1, 'hidden', 'lapt'), silence(2, 'none', 'lapt'), on('phon', 1, 141))).toBe(141)
  // The phone is newer, and the laptop hides.
  const hides = [laptop, phone, silence(1, 'hidden', 'lapt'), on('phon', 1, 142)] as const
  expect(shown(...hides)).toBe('hidden')
  expect(shown(...hides, silence(2, 'none', 'lapt'), on('phon', 2, 143))).toBe(143)
})

const motion = (seq: number, watts: number | null, more: Partial<Extract<Beat, { kind: 'motion' }>> = {}): Beat => ({
  ...{ kind: 'motion', run: 'run1', seq, reach: 'everyone', watts, cadence: 90, speed: null, heart: 'none', effort: null },
  ...more,
})

test('a machine is live for 4 s, stale until 10 s, then lost, as a heart is', () => {
  expect(timeline(boardOf([beat(0, motion(0, 205))]), 13)).toBe('MMMMmmmmmmlll')
  expect(tile(boardOf([beat(0, motion(0, 205, { effort: 7 }))]), 1_000)?.reading).toEqual({
    ...{ state: 'moving', stale: false, watts: 205, cadence: 90, speed: null, heart: 'none', effort: 7, ageMs: 1_000 },
  })
  // Given up on purpose, it is gone at once.
  expect(timeline(boardOf([beat(0, motion(0, 205)), beat(2_000, silence(1, 'none'))]), 4)).toBe('nnnn')
})

test('watts go on where a strap is lost, and its next number takes their place', () => {
  const lost = boardOf([beat(0, reading(0, 140)), beat(1_000, motion(1, 205, { heart: 'lost' })), beat(2_000, motion(2, 206, { heart: 'lost' }))])
  expect(tile(lost, 2_000)?.reading).toMatchObject({ state: 'moving', watts: 206, heart: 'lost' })
  expect(tile(reduceBoard(lost, beat(3_000, reading(3, 141))), 3_000)?.reading).toMatchObject({ state: 'live', bpm: 141 })
})

test('a heart counts before a machine on another device of the person, newer or older; "hide me" hides both', () => {
  const bike = motion(0, 205, { run: 'bike' })
  const shown = (...beats: Beat[]) => tile(boardOf(beats.map((said) => beat(0, said))), 1_000)?.reading
  expect(shown(reading(0, 140), bike)).toMatchObject({ state: 'live', bpm: 140 })
  expect(shown(bike, reading(0, 140))).toMatchObject({ state: 'live', bpm: 140 })
  expect(shown(bike, reading(0, 140), silence(1, 'lost'))).toMatchObject({ state: 'stale', bpm: 140 })
  expect(shown(bike, reading(0, 140), silence(1, 'hidden'))).toMatchObject({ state: 'none', why: 'hidden' })
  expect(shown(silence(0, 'hidden'), bike), 'who shows themselves after that has spoken last').toMatchObject({ state: 'moving', watts: 205 })
})

test('a machine is shared as a heart is, and by frames it is the figures alone', () => {
  const named = (reach: 'trainer' | 'everyone') => sharedAt(boardOf([beat(0, motion(0, 205, { reach }))]), 1_000).map(({ beat: { kind } }) => kind)
  expect([named('everyone'), named('trainer')]).toEqual([['motion'], []])
  const moved = { watts: 205, cadence: 90, speed: null }
  const heard = boardOf([frame('scr_h', 0, 500, { ...entry('ana', null), moved })], 'member')
  expect(tile(heard, 1_000)?.reading).toMatchObject({ state: 'moving', ...moved, heart: 'none', effort: null })
  expect(tile(reduceBoard(heard, frame('scr_h', 1, 1_500, entry('ana', null))), 1_600)).toBeUndefined()
})
