import { expect, it } from 'vitest'
import { callerAddress } from './http.server'

const from = (headers: Record<string, string>): string => callerAddress(new Request('http://localhost/', { headers }))

it('counts a caller by address, and an IPv6 caller by network', () => {
  expect(from({ 'x-forwarded-for': '81.2.3.4' })).toBe('81.2.3.4')
  expect(from({ 'x-forwarded-for': '2001:db8:7:1::5' })).toBe('2001:db8:7:1')
  expect(from({ 'x-forwarded-for': '2001:DB8:0007:1:ffff:1:2:3' })).toBe('2001:db8:7:1')
  expect(from({ 'x-forwarded-for': '2001:db8::1' })).toBe('2001:db8:0:0')
  expect(from({ 'x-forwarded-for': '::1' })).toBe('0:0:0:0')
  expect(from({ 'x-forwarded-for': '::ffff:81.2.3.4' })).toBe('::ffff:81.2.3.4')
  expect(from({})).toBe('unknown')
})
