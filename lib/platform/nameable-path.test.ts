import { expect, it } from 'vitest'
import { isNameablePath } from './nameable-path'

it.each(['/', '/c/thursday-hiit-9k2m', '/c/%C3%BCbung', '/s/a.b-c_d', '/c/100%25'])('%s may name something', (path) => {
  expect(isNameablePath(path)).toBe(true)
})
it.each(['/c/%00', '/room/cls_%00', '/c/a%0Ab', '/c/%7F', '/c/%', '/c/%E0%A4%A', '/c/%zz'])('%s names nothing', (path) => {
  expect(isNameablePath(path)).toBe(false)
})
