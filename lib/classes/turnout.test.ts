import { expect, it } from 'vitest'
import { isLate, regularsOf } from './turnout'

const came = (...people: string[]) => new Set(people)

it('a regular was in two of the last six classes', () => {
  const before = [came('ana', 'bo'), came('ana'), came('cy'), came('dee'), came(), came('bo', 'cy'), came('dee', 'dee')]
  expect([...regularsOf(before).keys()].sort(), 'the seventh, dee’s second, is too long ago').toEqual(['ana', 'bo', 'cy'])
  expect(regularsOf([])).toEqual(new Map())
})

it('a streak counts the newest classes in a row', () => {
  const before = [came('ana', 'bo'), came('ana'), came('ana', 'bo', 'cy'), came('cy')]
  expect(Object.fromEntries([...regularsOf(before)].map(([id, { streak }]) => [id, streak]))).toEqual({ ana: 3, bo: 1, cy: 0 })
  expect(regularsOf(Array.from({ length: 8 }, () => came('ana'))).get('ana')).toEqual({ streak: 6 })
})

it('late is more than five minutes after the start', () => {
  expect([-600, 0, 300, 301].map((firstSecond) => isLate({ firstSecond }))).toEqual([false, false, false, true])
})
