import 'server-only'
import { cookies } from 'next/headers'
import { findGuestOfCookie, type Guest, guestCookieName } from './guest-cookie.server'
import { type Account, findAccountOfSession, sessionCookieName } from './session.server'

/** For Server Components: the account that is signed in here, if any. */
export async function findAccount(): Promise<Account | undefined> {
  return await findAccountOfSession((await cookies()).get(sessionCookieName())?.value)
}

/** For Server Components: the guest that this browser is known as by one trainer, if any. */
export async function findGuestFor(trainerId: string): Promise<Guest | undefined> {
  return await findGuestOfCookie(trainerId, (await cookies()).get(guestCookieName(trainerId))?.value)
}
