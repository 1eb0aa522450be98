import { describe, expect, it } from 'vitest'
import { inviteMessage, linkTitle, whatsAppUrl } from './invite'
import { callServiceName, NewSeries } from './series'
import { newSlug } from './slug'

const series = (change: object) => NewSeries.safeParse({ title: 'Morning burn', timezone: 'Europe/Berlin', ...change })

describe('a new series', () => {
  it('needs a title and a time zone; the rest has a default', () => {
    expect(series({}).data).toMatchObject({
      kind: 'other',
      durationMin: 45,
      capacity: 12,
      heartRateReach: 'trainer',
      videoPlace: 'here',
      videoUrl: null,
    })
    for (const change of [
      { title: '  ' },
      { timezone: 'Mars/Olympus' },
      { capacity: 0 },
      { capacity: 81 },
      { durationMin: 4 },
      { kind: 'chess' },
      { hostId: 'per_1' },
    ]) {
      expect(series(change).success, JSON.stringify(change)).toBe(false)
    }
  })

  it("takes the trainer's own call by https only", () => {
    const own = (videoUrl: unknown) => series({ videoPlace: 'own_link', videoUrl }).success
    expect(own('https://us02web.zoom.us/j/123?pwd=abc')).toBe(true)
    for (const url of [
      null,
      'http://zoom.us/j/1',
      'javascript:alert(1)',
      'zoom.us/j/1',
      'https://user:pass@zoom.us/j/1',
      'https://localhost/',
      'https://',
    ]) {
      expect(own(url), String(url)).toBe(false)
    }
  })
})

it('names the service that a link leads to, and is not fooled by a name inside another', () => {
  expect(callServiceName('https://us02web.zoom.us/j/1')).toBe('Zoom')
  expect(callServiceName('https://meet.google.com/abc-defg-hij')).toBe('Google Meet')
  expect(callServiceName('https://teams.live.com/meet/1')).toBe('Teams')
  expect(callServiceName('https://zoom.us.evil.example/j/1')).toBe('zoom.us.evil.example')
  expect(callServiceName('https://www.whereby.com/mara')).toBe('whereby.com')
})

it('makes a permanent link that people know again and nobody guesses', () => {
  expect(newSlug('Früh am Morgen: HIIT & Core!')).toMatch(/^fruh-am-morgen-hiit-core-[0-9a-z]{8}$/)
  expect(newSlug('朝の運動')).toMatch(/^[0-9a-z]{8}$/)
  expect(newSlug('x'.repeat(200)).length).toBeLessThanOrEqual(49)
  expect(newSlug('Same')).not.toBe(newSlug('Same'))
})

it("invites in one message, in the trainer's local time, with what iPhone members must know", () => {
  const of = { title: 'Morning burn', hostName: 'Mara', startsAt: Date.UTC(2026, 10, 26, 17, 30), timezone: 'Europe/Berlin' }
  expect(linkTitle(of)).toBe('Morning burn with Mara, Thu 18:30')
  expect(linkTitle({ ...of, startsAt: null })).toBe('Morning burn with Mara')
  const message = inviteMessage({ ...of, url: 'https://pulseroom.example/c/morning-burn-7k2q9xya' })
  expect(message).toContain('https://pulseroom.example/c/morning-burn-7k2q9xya')
  expect(message).toMatch(/strap.*iPhone/)
  expect(new URL(whatsAppUrl(message)).searchParams.get('text')).toBe(message)
})
