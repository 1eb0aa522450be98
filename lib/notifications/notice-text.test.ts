import { describe, expect, it } from 'vitest'
import { confirmMail, noticeMail, noticePush, type Notice, timeInWords, timeUntil } from './notice-text'

const ABOUT = { title: 'Thursday HIIT', trainer: 'Tess' }
const LINKS = { page: 'https://pulseroom.example/c/hiit', calendar: 'https://pulseroom.example/c/hiit/calendar.ics', choices: 'https://pulseroom.example/notices/t' }
const BERLIN = { own: null, ofClass: 'Europe/Berlin' }
const at = (iso: string): number => Date.parse(iso)

describe('times in words', () => {
  it('are on the class’s wall clock, and the same wall time on both sides of a clock change', () => {
    // Berlin leaves summer time on 25 October 2026: 18:30 is 16:30 UTC before and 17:30 UTC after.
    expect(timeInWords(at('2026-10-22T16:30:00Z'), BERLIN)).toBe('Thursday 22 October at 18:30, Berlin time')
    expect(timeInWords(at('2026-10-29T17:30:00Z'), BERLIN)).toBe('Thursday 29 October at 18:30, Berlin time')
  })

  it('are on the reader’s clock where it is known, the next day if need be', () => {
    expect(timeInWords(at('2026-11-26T17:30:00Z'), { own: 'America/New_York', ofClass: 'Europe/Berlin' })).toBe('Thursday 26 November at 12:30, New York time')
    expect(timeInWords(at('2026-11-26T17:30:00Z'), { own: 'Asia/Tokyo', ofClass: 'Europe/Berlin' })).toBe('Friday 27 November at 02:30, Tokyo time')
  })

  it('say how far away the start is', () => {
    const start = at('2026-11-26T17:30:00Z')
    const before = (minutes: number): string => timeUntil(start, start - minutes * 60_000)
    expect([60, 59, 55, 1, 0, 180, 1440, 1400].map(before)).toEqual(['in an hour', 'in an hour', 'in 55 minutes', 'in a minute', 'now', 'in 3 hours', 'in a day', 'in a day'])
  })
})

const notices: Notice[] = [
  { kind: 'reminder', startsAt: at('2026-11-26T17:30:00Z') },
  { kind: 'cancelled', startsAt: at('2026-11-26T17:30:00Z'), note: 'I have a cold.\nSee https://evil.example' },
  { kind: 'moved', startsAt: at('2026-11-26T18:30:00Z'), again: true },
  { kind: 'promoted', startsAt: at('2026-11-26T17:30:00Z'), heldUntil: at('2026-11-26T17:35:00Z') },
  { kind: 'announcement', text: 'Bring a band.\n\nwww.evil.example has them' },
  { kind: 'thread', count: 3, names: ['Ana www.evil.example', 'Bo', 'Cy'] },
]

describe('a mail', () => {
  it('of each kind carries our links and no other, one line of subject, and the way to stop', () => {
    for (const notice of notices) {
      const { subject, text } = noticeMail(notice, { title: 'Prize\nhttps://evil.example/', trainer: 'www.evil.example' }, BERLIN, at('2026-11-26T16:30:00Z'), LINKS)
      expect(subject).not.toMatch(/[\r\n]/)
      expect(`${subject} ${text}`.match(/(https?:\/\/|www\.)\S+/g)?.filter((link) => !Object.values(LINKS).includes(link))).toEqual([])
      expect(text).toContain(LINKS.page)
      expect(text).toContain(LINKS.choices)
    }
  })

  it('reminds with the time in words and the calendar', () => {
    const { subject, text } = noticeMail({ kind: 'reminder', startsAt: at('2026-11-26T17:30:00Z') }, ABOUT, BERLIN, at('2026-11-26T16:30:00Z'), LINKS)
    expect(subject).toBe('Thursday HIIT starts in an hour')
    expect(text).toContain('Thursday 26 November at 18:30, Berlin time')
    expect(text).toContain(LINKS.calendar)
  })

  it('keeps a trainer’s paragraphs, and never quotes what members wrote', () => {
    expect(noticeMail({ kind: 'announcement', text: 'One.\n\nTwo.' }, ABOUT, BERLIN, 0, LINKS).text).toContain('One.\n\nTwo.')
    expect(noticeMail({ kind: 'thread', count: 3, names: ['Ana', 'Bo', 'Cy'] }, ABOUT, BERLIN, 0, LINKS).subject).toBe('Ana, Bo and others wrote in Thursday HIIT')
  })

  it('that asks for a confirmation has one link and says what happens without', () => {
    const { text } = confirmMail({ title: 'HIIT', trainer: 'x.example' }, LINKS.choices)
    expect(text.match(/https?:\/\/\S+/g)).toEqual([LINKS.choices])
    expect(text).toContain('forgotten after a week')
  })
})

it('a push says the same on one short line', () => {
  const push = noticePush({ kind: 'announcement', text: 'word '.repeat(100) }, ABOUT, BERLIN, 0)
  expect(push.title).toBe('Tess about Thursday HIIT')
  expect(push.body).toHaveLength(180)
  expect(noticePush({ kind: 'cancelled', startsAt: at('2026-11-26T17:30:00Z'), note: 'I have a cold.' }, ABOUT, BERLIN, 0).body).toBe(
    'The class on Thursday 26 November at 18:30, Berlin time does not take place. I have a cold.',
  )
})
