import 'server-only'
import { type Challenge, CODE_MINUTES, LINK_MINUTES } from '@/lib/accounts/challenge.server'
import { sendMail } from '@/lib/platform/email.server'
import { signInMail } from './mail-text'

/** Sends a challenge to its address. Throws `unavailable` when the mail server does not take it. */
export async function mailSignIn({ email, code, link, claimedName }: Challenge): Promise<void> {
  await sendMail({ to: email, ...signInMail({ code, link, claimedName, codeMinutes: CODE_MINUTES, linkMinutes: LINK_MINUTES }) })
}
