import { expect, test } from 'vitest'
import type { Tile, TileReading } from './room-view'
import { maskTiles } from './share-mask'

const live: TileReading = { state: 'live', bpm: 151, watts: 987, percentOfMax: 84, zone: 4, estimated: false, contact: true, trend: 'steady', ageMs: 200, history: [150, 151] }
const tile = (participantId: string, reading: TileReading, me = false): Tile => ({
  participantId, name: participantId, role: 'member', seat: 1, me, presence: 'here', cameraReach: 'trainer', handRaisedAt: null, reading, media: null,
})

test('while the screen is shared only the numbers of those who said "everyone" are there at all', () => {
  const effort: TileReading = { state: 'effort', effort: 9, ageMs: 0 }
  const gone: TileReading = { state: 'none', why: 'hidden', sinceMs: null }
  const moving: TileReading = { state: 'moving', stale: false, watts: 205, cadence: 90, speed: null, heart: 'lost', effort: null, ageMs: 0 }
  const tiles = [tile('ana', live), tile('ben', live), tile('cem', effort), tile('dee', gone), tile('eve', { ...live, state: 'stale' })]
  const masked = maskTiles(tiles, new Set(['ana']))
  expect(masked.map(({ reading }) => (reading.state === 'none' ? reading.why : reading.state))).toEqual(['live', 'masked', 'masked', 'hidden', 'masked'])
  expect(JSON.stringify(masked.slice(1))).not.toContain('151')
  expect(JSON.stringify(masked)).not.toContain('987')
  const [fay, gus] = maskTiles([tile('fay', moving), tile('gus', moving)], new Set(['fay']))
  expect([fay?.reading, gus?.reading]).toEqual([{ ...moving, heart: 'none' }, { state: 'none', why: 'masked', sinceMs: null }])
})
