import { expect, it } from 'vitest'
import { groupCurve } from './group-curve'

it('is the mean % of own maximum of three or more', () => {
  const curve = groupCurve([
    { curve: [100, 150], hrmaxBpm: 200 },
    { curve: [90, 135], hrmaxBpm: 180 },
    { curve: [114, 152], hrmaxBpm: 190 },
  ])
  expect(curve).toEqual([53.3, 76.7])
})

it('shows nothing where fewer than three contribute: gaps, nobody’s maximum, nobody at all', () => {
  const two = [
    { curve: [100, 150], hrmaxBpm: 200 },
    { curve: [90, 135], hrmaxBpm: 180 },
  ]
  expect(groupCurve(two)).toEqual([null, null])
  expect(groupCurve([...two, { curve: [120], hrmaxBpm: 200 }])).toEqual([53.3, null])
  expect(groupCurve([...two, { curve: [null, 120], hrmaxBpm: 200 }])).toEqual([null, 70])
  expect(groupCurve([...two, { curve: [120, 120], hrmaxBpm: null }])).toEqual([null, null])
  expect(groupCurve([])).toEqual([])
})
