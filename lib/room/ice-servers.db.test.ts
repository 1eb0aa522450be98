import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { iceServers } from './ice-servers.server'

it('gives a relay credentials that die by themselves, made as its protocol says', () => {
  Object.assign(process.env, {
    TURN_URLS: 'stun:relay.example, turn:relay.example?transport=udp,turns:relay.example:443',
    TURN_SECRET: 'shared',
  })
  const [stun, turn] = iceServers('par_1')
  expect(stun).toEqual({ urls: ['stun:relay.example'] })
  expect(turn?.urls).toEqual(['turn:relay.example?transport=udp', 'turns:relay.example:443'])
  const [expires, who] = turn?.username?.split(':') ?? []
  expect(who).toBe('par_1')
  expect(Number(expires) * 1000 - Date.now()).toBeGreaterThan(4 * 3600 * 1000)
  expect(turn?.credential).toBe(
    createHmac('sha1', 'shared')
      .update(turn?.username ?? '')
      .digest('base64'),
  )
})
