import { expect, it } from 'vitest'
import { needsAttention } from './attention'
import type { TileReading } from './room-view'

const live = (percentOfMax: number | null, change: { estimated?: boolean; contact?: boolean } = {}): TileReading => ({
  ...{ state: 'live', bpm: 150, percentOfMax, zone: null, estimated: false, contact: true, trend: 'steady', ageMs: 0, history: [] },
  ...change,
})
type Watched = Parameters<typeof needsAttention>[0][number]
const one = (name: string, seat: number, reading: TileReading, change: Partial<Watched> = {}): Watched => ({
  ...{ participantId: `par_${name}`, name, seat, role: 'member', presence: 'here', handRaisedAt: null, reading },
  ...change,
})
const told = (people: Parameters<typeof needsAttention>[0]) => needsAttention(people).map(({ name, need }) => `${name} ${need.need}`)
const lost: TileReading = { state: 'none', why: 'lost', sinceMs: 20_000 }

it('puts who needs the trainer first, and a strap that mends itself last', () => {
  expect(
    told([
      one('Lost', 1, lost),
      one('Late hand', 2, live(70), { handRaisedAt: 900 }),
      one('First hand', 3, live(70), { handRaisedAt: 100 }),
      one('Hard', 4, { state: 'effort', effort: 9, ageMs: 0 }),
      one('Over', 5, live(101)),
    ]),
  ).toEqual(['Over max', 'First hand hand', 'Late hand hand'])
  const riding: TileReading = { state: 'moving', stale: false, watts: 205, cadence: null, speed: null, heart: 'lost', effort: null, ageMs: 0 }
  expect(told([one('Rides', 1, riding), one('Rides hard', 2, { ...riding, effort: 9 }), one('Loose', 3, { ...riding, heart: 'contact' }), one('Bike alone', 4, { ...riding, heart: 'none' })])).toEqual([
    ...['Rides hard effort', 'Loose contact', 'Rides strap'],
  ])
  expect(told([one('Lost', 1, lost), one('Wet it', 2, live(70, { contact: false }))])).toEqual(['Wet it contact', 'Lost strap'])
})

it('says nothing from a maximum that is a guess, of who left, of the trainer, and of who is well', () => {
  expect(
    told([
      one('Guess', 1, live(108, { estimated: true })),
      one('Gone', 2, live(108), { presence: 'left' }),
      one('Well', 3, live(100)),
      one('No strap', 4, { state: 'none', why: 'never', sinceMs: null }),
      { ...one('Trainer', 0, live(120)), role: 'host' },
    ]),
  ).toEqual([])
})
