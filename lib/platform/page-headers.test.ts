import { expect, it } from 'vitest'
import { pageHeaders, type PageRequest } from './page-headers'

const page = (change: Partial<PageRequest> = {}) =>
  pageHeaders({ path: '/', nonce: 'n0nce', host: 'pulseroom.example', secure: true, development: false, realtimeHost: null, ...change })

it('lets run only what carries the nonce of this request', () => {
  const policy = page()['content-security-policy']
  expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';")
  expect(policy).toContain("style-src 'self' 'nonce-n0nce';")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
  expect(policy).toContain("frame-ancestors 'none'")
})

it('lets sockets go home and to the realtime vendor, nowhere else', () => {
  expect(page({ host: '192.168.1.20:3000', secure: false })['content-security-policy']).toContain(
    "connect-src 'self' ws://192.168.1.20:3000;",
  )
  expect(page({ realtimeHost: 'ws-eu.pusher.com' })['content-security-policy']).toContain(
    "connect-src 'self' wss://pulseroom.example wss://ws-eu.pusher.com;",
  )
})

it('keeps the address of a summary to itself and out of search engines', () => {
  for (const path of ['/s/abc', '/summaries/cls_1', '/sign-in/confirm'])
    expect(page({ path })).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
  expect(page({ path: '/room/cls_1' })).toMatchObject({ 'x-robots-tag': 'noindex' })
  expect(page({ path: '/c/morning-burn' })).not.toHaveProperty('x-robots-tag')
  expect(page({ path: '/series' })).toMatchObject({ 'referrer-policy': 'strict-origin-when-cross-origin' })
})

it('promises https only for a public name, because the promise covers every port', () => {
  expect(page()).toHaveProperty('strict-transport-security')
  for (const host of ['localhost:3000', '192.168.1.20:3000', '[::1]:3000', 'mara.local', 'box'])
    expect(page({ host })).not.toHaveProperty('strict-transport-security')
  expect(page({ secure: false })).not.toHaveProperty('strict-transport-security')
})
