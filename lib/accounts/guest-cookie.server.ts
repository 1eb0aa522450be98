import 'server-only'
import { now } from '@/lib/platform/clock'
import { isSigned, sign } from '@/lib/platform/crypto.server'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'

export type Guest = { readonly personId: string; readonly name: string; readonly trainerId: string }

const TWELVE_MONTHS_S = 365 * 24 * 3600
const PURPOSE = 'guest'

export const guestCookieName = (trainerId: string): string => `pulseroom.guest.${trainerId}`

/** A `Set-Cookie` that proves who this guest is to this trainer, for the next twelve months; written anew on each join. */
export function guestCookie(trainerId: string, personId: string): string {
  const value = `${personId}.${Math.floor(now() / 1000) + TWELVE_MONTHS_S}`
  // The trainer is signed too: a cookie renamed to another trainer's proves nothing there.
  const signature = sign(PURPOSE, `${trainerId}.${value}`)
  const secure = env().APP_URL.startsWith('https:') ? '; Secure' : ''
  return `${guestCookieName(trainerId)}=${value}.${signature}; Path=/; Max-Age=${TWELVE_MONTHS_S}; HttpOnly; SameSite=Lax${secure}`
}

/**
 * Who the cookie's value proves this to be, for this trainer. A claimed guest is an account now and no longer a guest. Of two guests whom
 * the trainer joined, the cookie of the one that was kept goes on: on a trainer's word no browser becomes somebody whose heart rates may
 * be recorded tomorrow.
 */
export async function findGuestOfCookie(trainerId: string, value: string | undefined): Promise<Guest | undefined> {
  const given = readCookie(trainerId, value)
  const person = given === undefined ? null : await db.person.findUnique({ where: { id: given } })
  return person?.guestOfId === trainerId && person.mergedIntoId === null ? { personId: person.id, name: person.name, trainerId } : undefined
}

/** How the guest of this browser came to be part of an account: `became` it, or was `merged` into one that existed. */
export async function findClaim(trainerId: string, value: string | undefined, accountId: string): Promise<'became' | 'merged' | undefined> {
  const given = readCookie(trainerId, value)
  if (given === undefined) return undefined
  if (given === accountId) return 'became'
  return (await db.person.count({ where: { id: given, mergedIntoId: accountId } })) > 0 ? 'merged' : undefined
}

/** The person whom a genuine cookie was made for, whatever has become of them. */
function readCookie(trainerId: string, value: string | undefined): string | undefined {
  const [personId, expires, signature, ...rest] = (value ?? '').split('.')
  if (!personId || !expires || !signature || rest.length > 0) return undefined
  if (!isSigned(PURPOSE, `${trainerId}.${personId}.${expires}`, signature) || Number(expires) * 1000 < now()) return undefined
  return personId
}
