import { expect, test } from 'vitest'
import { callsOther, type CameraReach, EACH_TO_EACH_LIMIT, mayConnect, membersMeet, narrower, type PeerScreen, sendsTo } from './topology'

const screen = (participantId: string, role: 'host' | 'member' = 'member', device = ''): PeerScreen => ({
  screenId: `scr_${participantId}${device}`,
  participantId,
  role,
})
const people = (reach: Record<string, CameraReach>) => new Map(Object.entries(reach))
const many = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)
const crowd = (names: readonly string[], eachToEach = true) => ({
  screens: [screen('h', 'host'), ...names.map((name) => screen(name))],
  people: people(Object.fromEntries(['h', ...names].map((name) => [name, 'everyone' as const]))),
  eachToEach,
})

test('members meet where the class allows it and up to six of them are here; the seventh makes it a star for all', () => {
  expect(EACH_TO_EACH_LIMIT).toBe(6)
  expect(membersMeet(crowd(many(6)))).toBe('yes')
  expect(membersMeet(crowd(many(7)))).toBe('too_many')
  expect(membersMeet(crowd(many(2), false))).toBe('no')
  const six = crowd(many(6))
  expect(membersMeet({ ...six, screens: [...six.screens, screen('m0', 'member', '_phone'), screen('removed')] })).toBe('yes')
})

test('two members are connected when one of them said "everyone", and what is sent depends on the sender alone', () => {
  const [ana, ben, cem] = [screen('ana'), screen('ben'), screen('cem')]
  const reach = people({ ana: 'everyone', ben: 'trainer', cem: 'nobody' })
  expect([mayConnect(ana, ben, 'yes', reach), mayConnect(ben, ana, 'yes', reach), mayConnect(ben, cem, 'yes', reach)]).toEqual([true, true, false])
  expect([sendsTo(ana, ben, reach), sendsTo(ben, ana, reach), sendsTo(cem, ana, reach)]).toEqual([true, false, false])
  for (const meet of ['no', 'too_many'] as const) expect(mayConnect(ana, ben, meet, reach)).toBe(false)
})

test('a member and a host are always connected; hosts, a removed person, and two screens of one person never', () => {
  const reach = people({ h: 'everyone', ana: 'nobody' })
  const [host, ana] = [screen('h', 'host'), screen('ana')]
  expect([mayConnect(ana, host, 'no', reach), sendsTo(ana, host, reach)]).toEqual([true, true])
  expect(mayConnect(host, screen('h', 'host', '_tv'), 'yes', reach)).toBe(false)
  expect(mayConnect(host, screen('gone'), 'yes', reach)).toBe(false)
  const both = people({ ana: 'everyone' })
  expect(mayConnect(ana, screen('ana', 'member', '_laptop'), 'yes', both)).toBe(false)
})

test('exactly one of two screens calls', () => {
  for (const [a, b] of [
    [screen('ana'), screen('ben')],
    [screen('ana'), screen('h', 'host')],
  ] as const)
    expect(callsOther(a, b)).not.toBe(callsOther(b, a))
  expect(callsOther(screen('zoe'), screen('a', 'host')), 'a member calls a host').toBe(true)
})

test('of two choices the narrower counts', () => {
  expect([narrower('everyone', 'trainer'), narrower('nobody', 'everyone'), narrower('trainer', 'trainer')]).toEqual(['trainer', 'nobody', 'trainer'])
})
