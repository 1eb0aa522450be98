import { expect, test } from 'vitest'
import { z } from 'zod'
import { Beat, EffortBeat, ReadingBeat, SilenceBeat } from './beat'
import { paceEffort, paceMotion, paceNumber, paceSilence, startPacer, type LiveMotion, type LiveNumber, type Paced } from './beat-pacer'

const number = (bpm: number, more: Partial<LiveNumber> = {}): LiveNumber => ({
  reach: 'trainer',
  bpm,
  percentOfMax: null,
  zone: null,
  estimated: false,
  contact: true,
  trend: 'steady',
  ...more,
})
type Step = readonly [atMs: number, step: LiveNumber | 'reconnecting' | 'hidden']

/** Which of the notifications left as a beat, by their time. */
function sent(steps: readonly Step[]): number[] {
  let paced: Paced = { pacer: startPacer('abcd'), beat: null }
  const times: number[] = []
  for (const [atMs, step] of steps) {
    paced = typeof step === 'string' ? paceSilence(paced.pacer, step, atMs) : paceNumber(paced.pacer, step, atMs)
    if (paced.beat) times.push(Beat.parse(paced.beat) && atMs)
  }
  return times
}
const every = (ms: number, bpms: readonly number[]): Step[] => bpms.map((bpm, index) => [index * ms, number(bpm)])

test('unchanged numbers leave with every third notification', () => {
  expect(sent(every(1_000, Array(10).fill(120)))).toEqual([0, 3_000, 6_000, 9_000])
})

test('a changed bpm, zone, contact or reach leaves at once', () => {
  expect(sent(every(1_000, [120, 121, 121, 122]))).toEqual([0, 1_000, 3_000])
  expect(
    sent([
      [0, number(120)],
      [1_000, number(120, { zone: 2 })],
      [2_000, number(120, { zone: 2, contact: false })],
      [3_000, number(120, { zone: 2, contact: false, reach: 'everyone' })],
    ]),
  ).toEqual([0, 1_000, 2_000, 3_000])
})

test('a slow strap never leaves more than 3.2 s between two beats while it could', () => {
  expect(sent(every(1_100, Array(7).fill(120)))).toEqual([0, 2_200, 4_400, 6_600])
  expect(sent(every(2_000, Array(4).fill(120)))).toEqual([0, 2_000, 4_000, 6_000])
})

test('at most two a second, and the newest number is the one that leaves', () => {
  let paced: Paced = { pacer: startPacer('abcd'), beat: null }
  const beats: unknown[] = []
  for (let tick = 0; tick <= 20; tick += 1) {
    paced = paceNumber(paced.pacer, number(100 + tick), tick * 100)
    if (paced.beat?.kind === 'reading') beats.push([tick * 100, paced.beat.bpm])
  }
  expect(beats).toEqual([
    [0, 100],
    [500, 105],
    [1_000, 110],
    [1_500, 115],
    [2_000, 120],
  ])
})

test('a silence is said once, at once; the next number breaks it at once', () => {
  expect(
    sent([
      [0, number(120)],
      [100, 'hidden'],
      [200, 'hidden'],
      [300, 'reconnecting'],
      [400, number(120)],
    ]),
  ).toEqual([0, 100, 300, 400])
})

test('"only me" sends one silence and never the number', () => {
  const first = paceNumber(startPacer('abcd'), number(120, { reach: 'me' }), 0)
  expect(first.beat).toEqual({ kind: 'silence', run: 'abcd', seq: 0, why: 'private' })
  expect(paceNumber(first.pacer, number(130, { reach: 'me' }), 1_000).beat).toBeNull()
  expect(paceEffort(first.pacer, 7, 'me', 2_000).beat).toBeNull()
})

test('beats of a run are numbered without holes', () => {
  const effort = paceEffort(startPacer('abcd'), 7, 'everyone', 0)
  const number = paceNumber(
    effort.pacer,
    { reach: 'everyone', bpm: 120, percentOfMax: null, zone: null, estimated: false, contact: null, trend: 'steady' },
    6_000,
  )
  expect([effort.beat, number.beat]).toMatchObject([
    { kind: 'effort', effort: 7, seq: 0 },
    { kind: 'reading', bpm: 120, seq: 1 },
  ])
})

test('a machine leaves at once when its figures change, at most once a second, else with every third notification; "only me" never', () => {
  const motion = (watts: number, more: Partial<LiveMotion> = {}): LiveMotion => ({ ...{ reach: 'trainer', watts, cadence: 90, speed: null }, ...{ heart: 'none', effort: null }, ...more })
  const left = (steps: ReadonlyArray<readonly [number, LiveMotion]>) => {
    let paced: Paced = { pacer: startPacer('abcd'), beat: null }
    return steps.flatMap(([atMs, step]) => {
      paced = paceMotion(paced.pacer, step, atMs)
      return paced.beat ? [`${atMs} ${Beat.parse(paced.beat).kind}`] : []
    })
  }
  // A bike that speaks four times a second, with other watts each time.
  expect(left(Array.from({ length: 13 }, (_, turn) => [turn * 250, motion(200 + turn)] as const))).toEqual(['0 motion', '1000 motion', '2000 motion', '3000 motion'])
  expect(left([0, 1, 2, 3].map((second) => [second * 1_000, motion(200)] as const))).toEqual(['0 motion', '3000 motion'])
  expect(left([[0, motion(200)], [1_000, motion(200, { heart: 'lost' })], [2_000, motion(200, { heart: 'lost', effort: 7 })]])).toHaveLength(3)
  expect(left([[0, motion(200)], [1_000, motion(201, { reach: 'me' })], [2_000, motion(202, { reach: 'me' })]])).toEqual(['0 motion', '1000 silence'])
  // From heart to machine and back there is nothing to wait for.
  const heart = paceNumber(startPacer('abcd'), number(120), 0)
  const machine = paceMotion(heart.pacer, motion(200), 100)
  expect([machine.beat?.kind, paceNumber(machine.pacer, number(120), 200).beat?.kind]).toEqual(['motion', 'reading'])
})

test('a kind of beat that a screen does not know is no beat to it: refused, never an exception', () => {
  const { beat } = paceMotion(startPacer('abcd'), { reach: 'trainer', watts: 205, cadence: 90, speed: null, heart: 'none', effort: null }, 0)
  expect(Beat.parse(beat)).toMatchObject({ kind: 'motion', watts: 205 })
  expect(z.discriminatedUnion('kind', [ReadingBeat, EffortBeat, SilenceBeat]).safeParse(beat).success, 'a screen from before there were machines').toBe(false)
  expect(Beat.safeParse({ ...beat, kind: 'oxygen' }).success).toBe(false)
})
