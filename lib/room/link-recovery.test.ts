import { expect, test } from 'vitest'
import { repairOf, type LinkRole, type Trouble } from './link-recovery'

/** A minute of one trouble: `r` restart, `B` rebuild, at their second. */
const drawn = (trouble: Trouble, role: LinkRole) =>
  [0, 1, 2, 3, 4, 5]
    .map((step) => repairOf(trouble, role, step))
    .map(({ afterMs, repair }) => `${repair === 'restart' ? 'r' : 'B'}${afterMs / 1_000}`)
    .join(' ')

test('a broken link is repaired within 10 s by the caller, and by the answerer only if that did not help', () => {
  expect(drawn('broken', 'caller')).toBe('r1 B5 B11 B19 B29 B39')
  expect(drawn('broken', 'answerer')).toBe('r2.5 B9 B22 B36 B56 B76')
})

test('a link that never stood is given time before it is built again', () => {
  expect(drawn('starting', 'caller')).toBe('B12 B27 B45 B65 B85 B105')
  expect(drawn('starting', 'answerer')).toBe('B20 B42 B70 B110 B150 B190')
})
