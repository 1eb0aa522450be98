import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import { now } from '@/lib/platform/clock'
import { findInMail, type MailFound } from './mail-found'

export const MAX_MAIL_BYTES = 1_000_000
const MAX_KEPT = 500

export interface CaughtMail extends MailFound {
  readonly to: string
  readonly subject: string
  /** The `.eml` on disk, for any mail program. */
  readonly file: string
}

/**
 * SMTP for one machine: takes every mail, sends none, keeps the newest 500 as `.eml` in `folder` and tells `onMail` what a person needs.
 * Not a product: no TLS and no sign-in, so it listens on loopback only.
 */
export async function startMailDoor(options: { port: number; host: string; folder: string; onMail(mail: CaughtMail): void }): Promise<{ port: number; close(): Promise<void> }> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    size: MAX_MAIL_BYTES,
    maxClients: 50,
    socketTimeout: 60_000,
    closeTimeout: 1_000,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(', ')
      keep(stream, to, options.folder).then(
        (mail) => {
          done()
          options.onMail(mail)
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('The mail could not be kept.')),
      )
    },
  })
  server.on('error', () => {}) // a client that hangs up in the middle of a mail
  const listener = await new Promise<ReturnType<SMTPServer['listen']>>((resolve, reject) => {
    const listening = server.listen(options.port, options.host, () => resolve(listening))
    listening.once('error', reject)
  })
  const address = listener.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function keep(stream: SMTPServerDataStream, to: string, folder: string): Promise<CaughtMail> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) {
    // A client may lie about the size; the rest of a too large mail is read, for the protocol's sake, and never kept.
    if (Buffer.isBuffer(chunk) && !stream.sizeExceeded) chunks.push(chunk)
  }
  if (stream.sizeExceeded) throw Object.assign(new Error(`A mail may have ${MAX_MAIL_BYTES} bytes at most.`), { responseCode: 552 })
  const raw = Buffer.concat(chunks)
  const { subject = '(no subject)', text = '' } = await simpleParser(raw, { skipHtmlToText: false, skipImageLinks: true })
  const file = join(folder, `${new Date(now()).toISOString().replaceAll(':', '-')}-${randomBytes(3).toString('hex')}.eml`)
  writeFileSync(file, raw, { mode: 0o600 })
  const kept = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort()
  for (const old of kept.slice(0, -MAX_KEPT)) rmSync(join(folder, old), { force: true })
  return { to, subject, file, ...findInMail(text) }
}
