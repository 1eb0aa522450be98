import 'server-only'
import { createTransport, type Transporter } from 'nodemailer'
import { AppError } from './app-error'
import { env } from './env.server'
import { log } from './log.server'

/** `stopUrl`: where a mail program may POST to stop such mails, with one click and no page (RFC 8058). */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly stopUrl?: string }

let transport: Transporter | undefined

/** Plain text only. Throws `unavailable` when the mail server does not take it; never reports a success that was none. */
export async function sendMail(mail: Mail): Promise<void> {
  const { to, subject, text, stopUrl } = mail
  const headers: Record<string, string> = stopUrl === undefined ? {} : { 'List-Unsubscribe': `<${stopUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
  transport ??= createTransport(env().MAIL_URL, { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 })
  try {
    await transport.sendMail({ from: env().MAIL_FROM, to, subject, text, headers })
  } catch (error) {
    log.error({ err: error }, 'a mail was not taken by the mail server')
    throw new AppError('unavailable', 'The e-mail could not be sent. Try again in a minute.')
  }
}
