import { expect, it } from 'vitest'
import { redact } from './log-redaction'

it('drops what must never be logged, by name and at any depth', () => {
  const fields = {
    classId: 'cls_1',
    email: 'ana@example.com',
    participant: { bpm: 171, heartRateReach: 'everyone', profile: { birthYear: 1974, weightKg: 62 }, seat: 3 },
    headers: { authorization: 'Bearer x', cookie: 'a=b', 'user-agent': 'test' },
    chunks: [{ bpm: [120, 121] }],
    codeHash: 'abc',
    amount: 1200,
  }
  const logged = JSON.stringify(redact(fields))
  for (const secret of ['ana@', '171', 'everyone', '1974', '62', 'Bearer', 'a=b', '120', 'abc', '1200'])
    expect(logged).not.toContain(secret)
  expect(redact(fields)).toMatchObject({ classId: 'cls_1', participant: { seat: 3 }, headers: { 'user-agent': 'test' } })
})

it("keeps an error's kind, code and cause, and takes out what a vendor quoted in it", () => {
  const cause = Object.assign(new Error('Key (email)=(ana@example.com) already exists.'), {
    code: '23505',
    parameters: ['ana@example.com'],
  })
  const error = new Error(`refused token ${'a1B2'.repeat(12)}`, { cause })
  const logged = redact({ err: error })
  expect(logged).toMatchObject({ err: { type: 'Error', message: 'refused token [token]', cause: { errorCode: '23505' } } })
  expect(JSON.stringify(logged)).not.toMatch(/ana@|a1B2a1B2/)
})

it('stops at a depth, so that a circle ends', () => {
  const circle: Record<string, unknown> = {}
  circle.again = circle
  expect(JSON.stringify(redact(circle))).toContain('[deep]')
})
