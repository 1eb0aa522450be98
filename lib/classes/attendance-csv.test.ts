import { expect, it } from 'vitest'
import { attendanceCsv } from './attendance-csv'
import type { Comer } from './turnout'

const comer = (name: string, more: Partial<Comer> = {}): Comer => ({
  participantId: 'par_1',
  personId: 'per_1',
  name,
  guest: true,
  presentSeconds: 1_829,
  firstSecond: 0,
  leftSecondsEarly: 0,
  removed: false,
  paid: false,
  firstTime: false,
  ...more,
})

it('is what Excel opens as a table: UTF-8 said, quotes doubled, lines in CRLF', () => {
  const csv = attendanceCsv({
    came: [comer('Zoë "Zo" Lind, jr.'), comer('Bo\nB', { firstSecond: 301, paid: true, presentSeconds: 29 })],
    missed: [{ personId: 'per_2', name: 'Cy', guest: false, streak: 2 }],
  })
  expect(csv).toBe('\uFEFFname,minutes present,attendance,paid\r\n"Zoë ""Zo"" Lind, jr.",30,came,no\r\n"Bo\nB",0,late,yes\r\nCy,0,missed,no\r\n')
})

it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1'])('%j stays text', (name) => {
  const [, line = ''] = attendanceCsv({ came: [comer(name)], missed: [] }).split('present,attendance,paid\r\n')
  expect(line.replace(/^"/, '')).toMatch(/^'/)
})
