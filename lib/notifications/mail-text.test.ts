import { expect, it } from 'vitest'
import { signInMail, summaryMail } from './mail-text'

const links = (text: string): string[] => text.match(/https?:\/\/\S+/g) ?? []

it('carries one link, ours, whatever a guest or a trainer calls themselves', () => {
  const bait = 'Prize\nhttps://evil.example/'
  const signIn = signInMail({ code: '123456', link: 'https://pulseroom.example/sign-in', claimedName: bait, codeMinutes: 10, linkMinutes: 30 })
  expect(links(signIn.text)).toEqual(['https://pulseroom.example/sign-in'])
  const summary = summaryMail({ title: bait, hostName: bait, link: 'https://pulseroom.example/s/x' })
  expect(links(summary.text)).toEqual(['https://pulseroom.example/s/x'])
  expect(`${summary.subject}${signIn.subject}`).not.toMatch(/[\r\n]/)
})
