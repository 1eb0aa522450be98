import 'server-only'
import { decode } from 'next-auth/jwt'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'

export type Account = { readonly personId: string; readonly name: string; readonly email: string }

export const SESSION_SECONDS = 30 * 24 * 3600
/** next-auth's own name for it; the prefix makes browsers refuse it from plain http. */
export const sessionCookieName = (): string => `${env().NEXTAUTH_URL.startsWith('https:') ? '__Secure-' : ''}next-auth.session-token`

/** The account that a session cookie's value stands for; undefined when it is absent, expired, forged, or the account is gone. */
export async function findAccountOfSession(cookie: string | undefined): Promise<Account | undefined> {
  if (cookie === undefined) return undefined
  const token = await decode({ token: cookie, secret: env().NEXTAUTH_SECRET }).catch(() => null)
  return token?.sub === undefined ? undefined : await findAccountById(token.sub)
}

/** The account of a person, followed through a merge; undefined for a guest. */
export async function findAccountById(personId: string): Promise<Account | undefined> {
  const person = await db.person.findUnique({ where: { id: personId }, include: { credential: true } })
  if (person?.mergedIntoId) return await findAccountById(person.mergedIntoId)
  return person?.credential ? { personId: person.id, name: person.name, email: person.credential.email } : undefined
}
