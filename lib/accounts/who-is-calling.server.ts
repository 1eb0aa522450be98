import 'server-only'
import { cookies } from 'next/headers'
import type { DeviceScope } from './device'
import { type Device, deviceCookieName, findDevice } from './device.server'
import { findClaim, findGuestOfCookie, type Guest, guestCookieName } from './guest-cookie.server'
import { type Account, findAccountOfSession, sessionCookieName } from './session.server'

/** For Server Components: the account that is signed in here, if any. */
export async function findAccount(): Promise<Account | undefined> {
  return await findAccountOfSession((await cookies()).get(sessionCookieName())?.value)
}

/** For Server Components: the guest that this browser is known as by one trainer, if any. */
export async function findGuestFor(trainerId: string): Promise<Guest | undefined> {
  return await findGuestOfCookie(trainerId, (await cookies()).get(guestCookieName(trainerId))?.value)
}

/** For Server Components: what this browser is in one class by a code, if anything. */
export async function findDeviceHere(classId: string, scopes: readonly DeviceScope[]): Promise<Device | undefined> {
  return await findDevice((await cookies()).get(deviceCookieName(classId))?.value, classId, scopes)
}

/** For Server Components: how this browser's guest of a trainer became part of an account, if it did. */
export async function findClaimFor(trainerId: string, accountId: string): Promise<'became' | 'merged' | undefined> {
  return await findClaim(trainerId, (await cookies()).get(guestCookieName(trainerId))?.value, accountId)
}
