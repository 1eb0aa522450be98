import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CaughtMail, MAX_MAIL_BYTES, startMailDoor } from './mail-door.server'

const folder = mkdtempSync(join(tmpdir(), 'pulseroom-mail-'))
const caught: CaughtMail[] = []
let door: Awaited<ReturnType<typeof startMailDoor>>
const transport = () => createTransport({ url: `smtp://127.0.0.1:${door.port}` })
const mail = { from: 'Pulseroom <hello@pulseroom.example>', to: 'ana@example.com', subject: 'Größe: 123 – your code' }

beforeAll(async () => {
  door = await startMailDoor({ port: 0, host: '127.0.0.1', folder, onMail: (found) => caught.push(found) })
})
beforeEach(() => {
  caught.length = 0
})
afterAll(async () => {
  await door.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the mail door', () => {
  it('keeps a mail as a private file and tells its link and code', async () => {
    await transport().sendMail({ ...mail, text: 'Your code:\n\n    042917\n\nhttps://localhost:3000/sign-in/confirm#token=a123456b\n' })
    expect(caught).toMatchObject([{ to: 'ana@example.com', subject: mail.subject, code: '042917', link: 'https://localhost:3000/sign-in/confirm#token=a123456b' }])
    const file = caught[0]?.file ?? ''
    expect(readFileSync(file, 'utf8')).toContain('042917')
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('refuses a mail that is too large, with and without a declared size, as a mail provider does', async () => {
    const text = 'x'.repeat(MAX_MAIL_BYTES + 1).replace(/.{70}/g, '$&\n')
    await expect(transport().sendMail({ ...mail, text })).rejects.toMatchObject({ responseCode: 552 })
    expect(caught).toEqual([])
  })

  it('takes many at once and keeps them apart', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => transport().sendMail({ ...mail, to: `p${n}@example.com`, text: `code ${100_000 + n}` })))
    expect(new Map(caught.map(({ to, code }) => [to, code]))).toEqual(new Map(Array.from({ length: 20 }, (_, n) => [`p${n}@example.com`, String(100_000 + n)])))
    expect(new Set(caught.map(({ file }) => file)).size).toBe(20)
  })

  it('keeps only the newest five hundred', async () => {
    for (let n = 0; n < 600; n++) writeFileSync(join(folder, `2020-01-01T00-00-${n}.eml`), '')
    await transport().sendMail({ ...mail, text: 'the newest' })
    const names = readdirSync(folder)
    expect(names).toHaveLength(500)
    expect(names.filter((name) => readFileSync(join(folder, name), 'utf8').includes('the newest'))).toHaveLength(1)
  })
})
