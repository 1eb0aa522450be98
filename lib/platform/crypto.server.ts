import 'server-only'
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { AppError } from './app-error'
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

const SEALED = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM under the first of SEAL_KEYS: version (1 byte), length of the key's id (1 byte), the id, nonce (12), ciphertext, tag (16).
 * `purpose` names the field and the row that it is for: what is sealed for one cannot be opened as another.
 */
export function seal(purpose: string, plain: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const [first] = env().SEAL_KEYS
  if (!first) throw new AppError('unavailable', 'This installation has no key to keep secrets with (SEAL_KEYS).')
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(Buffer.from(purpose))
  const id = Buffer.from(first.id)
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.from([SEALED, id.length]), id, nonce, sealed, cipher.getAuthTag()]))
}

/** Opens what `seal` made for the same purpose, with whichever key it names. Throws `unavailable` when that key is not here any more, or it was altered. */
export function unseal(purpose: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed)
  const name = sealKeyOf(bytes)
  const found = env().SEAL_KEYS.find(({ id }) => id === name)
  const body = 2 + Buffer.byteLength(name)
  if (!found || bytes.length < body + NONCE_BYTES + TAG_BYTES) throw notOpened()
  const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(body, body + NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(body + NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw notOpened()
  }
}

/** Whether it was sealed with a key that is no longer the first, and should be sealed anew before that key is taken away. */
export const isSealedWithOldKey = (sealed: Uint8Array): boolean => sealKeyOf(Buffer.from(sealed)) !== env().SEAL_KEYS[0]?.id

const sealKeyOf = (bytes: Buffer): string => (bytes[0] === SEALED ? bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString() : '')
const notOpened = (): AppError => new AppError('unavailable', 'What was kept here cannot be opened with the keys of this installation (SEAL_KEYS).')
