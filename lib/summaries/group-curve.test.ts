import { expect, it } from 'vitest'
import { groupCurve } from './group-curve'

it('is the mean % of own maximum of three or more', () => {
  const curve = groupCurve([
    { curve: [100, 150], hrmaxBpm: 200, shown: false },
    { curve: [90, 135], hrmaxBpm: 180, shown: false },
    { curve: [114, 152], hrmaxBpm: 190, shown: false },
  ])
  expect(curve).toEqual([53.3, 76.7])
})

it('shows nothing where fewer than three contribute: gaps, nobody’s maximum, nobody at all', () => {
  const two = [
    { curve: [100, 150], hrmaxBpm: 200, shown: false },
    { curve: [90, 135], hrmaxBpm: 180, shown: false },
  ]
  expect(groupCurve(two)).toEqual([null, null])
  expect(groupCurve([...two, { curve: [120], hrmaxBpm: 200, shown: false }])).toEqual([53.3, null])
  expect(groupCurve([...two, { curve: [null, 120], hrmaxBpm: 200, shown: false }])).toEqual([null, 70])
  expect(groupCurve([...two, { curve: [120, 120], hrmaxBpm: null, shown: false }])).toEqual([null, null])
  expect(groupCurve([])).toEqual([])
})

it('never lets somebody’s hidden curve be found by subtracting the shown ones', () => {
  const shown = { curve: [120], hrmaxBpm: 200, shown: true }
  const hidden = { curve: [150], hrmaxBpm: 200, shown: false }
  expect(groupCurve([shown, shown, hidden])).toEqual([null])
  expect(groupCurve([shown, shown, shown, hidden, hidden])).toEqual([60])
  expect(groupCurve([shown, hidden, hidden, hidden])).toEqual([71.3])
})
