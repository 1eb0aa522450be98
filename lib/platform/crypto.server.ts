import 'server-only'
import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { env } from './env.server'

export const sha256 = (input: string | Uint8Array): string => createHash('sha256').update(input).digest('hex')

/** 256 unguessable bits, safe in addresses. Only its sha256 is stored. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** `digits` decimal digits, each value as likely as any other. */
export const randomDigits = (digits: number): string => String(randomInt(10 ** digits)).padStart(digits, '0')

/** A signature of ours. `purpose` keeps one use's signature from counting for another. */
export const sign = (purpose: string, value: string): string =>
  createHmac('sha256', env().APP_SECRET).update(`${purpose}\0${value}`).digest('base64url')

/** Takes the same time whether the first or the last character differs. */
export function sameText(left: string, right: string): boolean {
  const a = createHash('sha256').update(left).digest()
  const b = createHash('sha256').update(right).digest()
  return timingSafeEqual(a, b)
}

export const isSigned = (purpose: string, value: string, signature: string): boolean => sameText(sign(purpose, value), signature)

/** The password of TURN's time-limited credentials: base64 HMAC-SHA1 of the user name, by that protocol. */
export const turnPassword = (userName: string, secret: string): string => createHmac('sha1', secret).update(userName).digest('base64')
