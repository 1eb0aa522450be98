import { unlinked } from '@/lib/platform/one-line'

/** The words of our mails: plain text, a link, and never a health value. Anybody may have mail sent, so names and titles link nowhere. */
export type MailText = { readonly subject: string; readonly text: string }

const paragraphs = (...parts: ReadonlyArray<string | null>): string => `${parts.filter((part) => part !== null).join('\n\n')}\n`

/** The code comes first, in the subject too: most people read it from a notification and never open the mail. */
export function signInMail(of: {
  code: string
  link: string
  claimedName: string | null
  codeMinutes: number
  linkMinutes: number
}): MailText {
  return {
    subject: `${of.code} is your Pulseroom code`,
    text: paragraphs(
      'Your code:',
      `    ${of.code}`,
      `Type it where you asked for it, within ${of.codeMinutes} minutes.`,
      `Or open this link on the device where you want to be signed in. It works once, for ${of.linkMinutes} minutes:`,
      of.link,
      of.claimedName === null ? null : `Signing in also moves the classes that were joined as "${unlinked(of.claimedName)}" into your account.`,
      'If you did not ask for this, ignore it: nobody gets in without it.',
      'Pulseroom',
    ),
  }
}

/** A link to one member's summary of one class. No figure is in it: mail is read on shared screens. */
export function summaryMail(of: { title: string; hostName: string; link: string }): MailText {
  return {
    subject: `Your summary of ${unlinked(of.title)}`,
    text: paragraphs(
      `${unlinked(of.title)} with ${unlinked(of.hostName)}: your summary is ready.`,
      of.link,
      'Whoever has this link can open the summary. On its page you can make the link stop working, or delete the summary.',
      'Pulseroom',
    ),
  }
}
