import { expect, it } from 'vitest'
import { areSimilarNames, similarPairs } from './similar-names'

it.each([
  ['Mia', 'mia '],
  ['Mía Pérez', 'Mia Perez'],
  ['Mia', 'Mia P.'],
  ['Katrin', 'Kathrin'],
  ['Stefan', 'Stephan'.replace('ph', 'v')],
  ['Anna', 'Anne'],
])('%s and %s may be one', (one, other) => {
  expect(areSimilarNames(one, other)).toBe(true)
  expect(areSimilarNames(other, one)).toBe(true)
})
it.each([
  ['Mia', 'Mio'],
  ['Mia', 'Miami'],
  ['Jonas', 'Noah'],
  ['Anna', 'Hannah'],
  ['', 'Bo'],
  ['…', '!'],
])('%s and %s are two', (one, other) => {
  expect(areSimilarNames(one, other)).toBe(false)
  expect(areSimilarNames(other, one)).toBe(false)
})
it('each pair once', () => {
  expect(similarPairs(['Mia', 'Bo', 'Mia P'].map((name) => ({ name })))).toEqual([[{ name: 'Mia' }, { name: 'Mia P' }]])
})
