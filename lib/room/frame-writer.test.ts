import { expect, test } from 'vitest'
import { Frame } from './beat'
import type { Shared } from './board'
import { heardFrame, nextFrame, READINGS_PER_FRAME, startWriter, tellAll, type FrameWriter, type Turn } from './frame-writer'

const shared = (participantId: string, heardAtMs: number, bpm = 120): Shared => ({
  participantId,
  heardAtMs,
  beat: {
    kind: 'reading',
    run: 'run1',
    seq: 0,
    reach: 'everyone',
    bpm,
    percentOfMax: 70,
    zone: 3,
    estimated: false,
    contact: null,
    trend: 'steady',
  },
})
const turn = (more: Partial<Turn> = {}): Turn => ({ shared: [], everyone: ['ana', 'ben'], rank: 0, alone: true, ...more })
const told = (frame: Frame | null) => frame?.readings.map(({ participantId, bpm }) => [participantId, bpm]) ?? null

test('the first frame says everything, also who is not to be shown; later ones only what was heard since, a second apart', () => {
  const first = nextFrame(startWriter(0), turn({ shared: [shared('ana', 100)] }), 100)
  expect(told(Frame.parse(first.frame))).toEqual([
    ['ben', null],
    ['ana', 120],
  ])
  const nothing = nextFrame(first.writer, turn({ shared: [shared('ana', 100)] }), 5_000)
  expect([nothing.frame, nothing.againAtMs]).toEqual([null, null])
  const early = nextFrame(first.writer, turn({ shared: [shared('ana', 600, 121)] }), 600)
  expect([early.frame, early.againAtMs]).toEqual([null, 1_100])
  // Heard again, though unchanged: a member’s screen must not call it stale.
  expect(told(nextFrame(early.writer, turn({ shared: [shared('ana', 600, 121)] }), 1_100).frame)).toEqual([['ana', 121]])
})

test('who stops sharing is forgotten once, with the next frame', () => {
  const first = nextFrame(startWriter(0), turn({ shared: [shared('ana', 100)] }), 100)
  const stopped = nextFrame(first.writer, turn(), 1_100)
  expect(told(stopped.frame)).toEqual([['ana', null]])
  expect(nextFrame(stopped.writer, turn(), 9_000).frame).toBeNull()
})

test('a screen that has just come is told everything', () => {
  const first = nextFrame(startWriter(0), turn({ shared: [shared('ana', 100)] }), 100)
  expect(told(nextFrame(tellAll(first.writer), turn({ shared: [shared('ana', 100)] }), 2_000).frame)).toEqual([
    ['ben', null],
    ['ana', 120],
  ])
})

test('a class that does not share writes nothing', () => {
  expect(nextFrame(startWriter(0), turn(), 10_000)).toMatchObject({ frame: null, againAtMs: null })
})

const riding = (participantId: string): Shared => ({
  ...{ participantId, heardAtMs: 100 },
  beat: { kind: 'motion', run: 'run1', seq: 0, reach: 'everyone', watts: 1_205, cadence: 110, speed: 1_050, heart: 'lost', effort: 10 },
})

test('a machine’s figures stand beside what every screen knows; why the heart is not heard is not the class’s', () => {
  const { frame } = nextFrame(startWriter(0), turn({ shared: [riding('ana')], everyone: ['ana'] }), 100)
  const [told] = Frame.parse(JSON.parse(JSON.stringify(frame))).readings
  expect(told).toEqual({
    ...{ participantId: 'ana', bpm: null, percentOfMax: null, zone: null, effort: 10, estimated: false },
    moved: { watts: 1_205, cadence: 110, speed: 1_050 },
  })
  // A screen from before there were machines reads the frame, and takes the effort.
  const before = Frame.extend({ readings: Frame.shape.readings.element.omit({ moved: true }).array() })
  expect(before.parse(frame).readings[0]).toEqual({ ...told, moved: undefined })
})

test('a large class is told in two frames a second apart, each within 10 kB', () => {
  const many = Array.from({ length: 90 }, (_, index) => shared(`par_${String(index).padStart(26, '0')}`, 100))
  const first = nextFrame(startWriter(0), turn({ shared: many, everyone: [] }), 100)
  expect(first.frame?.readings).toHaveLength(READINGS_PER_FRAME)
  expect(JSON.stringify(first.frame).length).toBeLessThan(10_000)
  expect(first.againAtMs).toBe(1_100)
  expect(nextFrame(first.writer, turn({ shared: many, everyone: [] }), 1_100).frame?.readings).toHaveLength(90 - READINGS_PER_FRAME)
  const wheels = Array.from({ length: 90 }, (_, index) => riding(`par_${String(index).padStart(26, '0')}`))
  expect(JSON.stringify(nextFrame(startWriter(0), turn({ shared: wheels, everyone: [] }), 100).frame).length).toBeLessThan(10_000)
})

/**
 * Host screens h0, h1, h2 in rank order; all hear one sharing member every second. Drawn: who wrote in each second (`-` nobody).
 * `here` says which screens are alive in a second.
 */
function draw(seconds: number, here: (second: number) => readonly number[]): string {
  const writers = new Map<number, FrameWriter>()
  let drawn = ''
  for (let second = 0; second < seconds; second += 1) {
    const atMs = second * 1_000
    const alive = here(second)
    for (const id of [...writers.keys()]) if (!alive.includes(id)) writers.delete(id)
    const wrote: number[] = []
    for (const id of alive) {
      const { writer, frame } = nextFrame(
        writers.get(id) ?? startWriter(atMs),
        turn({ shared: [shared('ana', atMs + 1, 100 + second)], rank: alive.indexOf(id), alone: alive.length === 1 }),
        atMs,
      )
      writers.set(id, writer)
      if (!frame) continue
      wrote.push(id)
      for (const other of alive)
        if (other !== id)
          writers.set(other, heardFrame(writers.get(other) ?? startWriter(atMs), alive.indexOf(id), alive.indexOf(other), atMs))
    }
    drawn += wrote.length === 0 ? '-' : wrote.length === 1 ? String(wrote[0]) : `(${wrote.join('')})`
  }
  return drawn
}

test('one host screen writes at once and goes on', () => {
  expect(draw(5, () => [0])).toBe('00000')
})

test('of two that come together the lower rank writes, after listening for 3 s', () => {
  expect(draw(7, () => [0, 1])).toBe('---0000')
})

test('when the writer vanishes the next writes at once if it is alone, else 3 s after the last frame was heard', () => {
  expect(draw(9, (second) => (second < 5 ? [0, 1] : [1]))).toBe('---001111')
  expect(draw(12, (second) => (second < 5 ? [0, 1, 2] : [1, 2]))).toBe('---00--11111')
})

test('a writer whose frames stop being heard is replaced, and takes the place back when it is heard again', () => {
  let second = startWriter(0)
  for (const atMs of [0, 1_000]) second = heardFrame(second, 0, 1, atMs)
  const asks: string[] = []
  for (const atMs of [2_000, 3_000, 4_000, 5_000, 6_000]) {
    const written = nextFrame(second, turn({ shared: [shared('ana', atMs)], rank: 1, alone: false }), atMs)
    second = written.writer
    asks.push(written.frame ? 'writes' : 'waits')
  }
  // 3 s and one more for rank 1, counted from the first beat that nobody passed on
  expect(asks).toEqual(['waits', 'waits', 'waits', 'waits', 'writes'])
  const yielded = heardFrame(second, 0, 1, 6_500)
  expect(nextFrame(yielded, turn({ shared: [shared('ana', 7_000)], rank: 1, alone: false }), 7_000).frame).toBeNull()
})

test('a writer does not yield to a higher rank', () => {
  const writing = nextFrame(startWriter(0), turn({ shared: [shared('ana', 0)] }), 0).writer
  const heard = heardFrame(writing, 1, 0, 500)
  expect(nextFrame(heard, turn({ shared: [shared('ana', 1_200)], alone: false }), 1_200).frame).not.toBeNull()
})
