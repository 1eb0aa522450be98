import { expect, it } from 'vitest'
import { confirmUrl, safeReturnTo } from './return-to'

it('goes back only to a path of this site', () => {
  for (const path of ['/home', '/c/morning-burn-7k2q', '/summaries/cls_1?from=mail#curve']) expect(safeReturnTo(path)).toBe(path)
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'home',
    '',
    null,
    undefined,
    '/a b',
    `/${'x'.repeat(600)}`,
  ]) {
    expect(safeReturnTo(path), String(path)).toBe('/home')
  }
})

it('carries the token where no server sees it', () => {
  const link = new URL(confirmUrl('https://pulseroom.example', 'tok-en_1', '//evil.example'))
  expect(link.pathname + link.search).toBe('/sign-in/confirm')
  expect(Object.fromEntries(new URLSearchParams(link.hash.slice(1)))).toEqual({ token: 'tok-en_1', to: '/home' })
})
