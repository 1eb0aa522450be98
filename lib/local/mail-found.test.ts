import { expect, it } from 'vitest'
import { signInMail } from '@/lib/notifications/mail-text'
import { findInMail } from './mail-found'

it('finds the link and the code of a sign-in mail', () => {
  const link = 'https://192.168.1.20:3000/sign-in/confirm#token=111111abc&to=%2Fhome'
  const { text } = signInMail({ code: '042917', link, claimedName: null, codeMinutes: 10, linkMinutes: 30 })
  expect(findInMail(text)).toEqual({ link, code: '042917' })
})

it('takes no digits out of links, longer numbers or dates for a code, and no full stop into a link', () => {
  expect(findInMail('See https://a.example/123456. On 2026-11-22, order 1234567.')).toEqual({ link: 'https://a.example/123456' })
  expect(findInMail('Nothing here')).toEqual({})
})
