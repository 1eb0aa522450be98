import { expect, it } from 'vitest'
import { forwardedHeaders, publicAddress } from './forwarded'

const plain = { address: '::ffff:192.168.1.9', secure: false }

it('tells who asked, and drops what the client claims about itself', () => {
  const lies = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', 'x-forwarded-port': '1', forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4' }
  expect(forwardedHeaders({ host: 'pulse.local:3000', cookie: 'a=b', ...lies }, plain)).toEqual({
    host: 'pulse.local:3000',
    cookie: 'a=b',
    'x-forwarded-for': '192.168.1.9',
    'x-forwarded-host': 'pulse.local:3000',
    'x-forwarded-proto': 'http',
  })
})

it('believes a tunnel of ours on the last hop only, and uses its origin', () => {
  const headers = forwardedHeaders({ host: 'localhost:3000', 'x-forwarded-for': '6.6.6.6, 81.2.3.4' }, { address: '127.0.0.1', secure: false, behind: 'https://gym.example' })
  expect(headers).toMatchObject({ host: 'gym.example', 'x-forwarded-for': '81.2.3.4', 'x-forwarded-host': 'gym.example', 'x-forwarded-proto': 'https' })
})

it('takes no Host that is not one', () => {
  expect(publicAddress('[::1]:3000')).toBe('[::1]:3000')
  for (const bad of [undefined, '', 'a b', 'a/b', 'a"><script>', 'a:123456']) expect(publicAddress(bad)).toBeUndefined()
  expect(forwardedHeaders({ host: 'a"><script>' }, plain)).toMatchObject({ host: 'localhost', 'x-forwarded-host': 'localhost' })
})
