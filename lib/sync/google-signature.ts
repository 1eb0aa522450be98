import { z } from 'zod'

/**
 * The signature on Google Health's webhooks (`GOOGLE-HEALTH-API-SIGNATURE`, Tink's ECDSA wire format): base64 of 0x01, the key's number in
 * four bytes, the DER signature (P-256, SHA-256) over the raw body; and the public keys, as Tink writes a keyset.
 */
const VERSION = 1
const HEAD_BYTES = 5

export type GoogleSignature = { readonly keyId: number; readonly der: Uint8Array }

export function readGoogleSignature(header: string | null): GoogleSignature | null {
  const bytes = bytesOf(header ?? '')
  if (bytes === null || bytes.length <= HEAD_BYTES || bytes[0] !== VERSION) return null
  return { keyId: new DataView(bytes.buffer).getUint32(1), der: bytes.subarray(HEAD_BYTES) }
}

const Keyset = z.object({
  key: z.array(z.object({ keyId: z.number().int(), status: z.string().optional(), keyData: z.object({ typeUrl: z.string().optional(), value: z.string() }) })).max(100),
})
export type GoogleKeyset = z.infer<typeof Keyset>
export const GoogleKeyset = Keyset

export type PublicPoint = { readonly x: Uint8Array; readonly y: Uint8Array }

/** The key of that number; null when there is none in use. */
export function pointOf({ key }: GoogleKeyset, keyId: number): PublicPoint | null {
  const found = key.find((each) => each.keyId >>> 0 === keyId && (each.status ?? 'ENABLED') === 'ENABLED')
  const message = found && bytesOf(found.keyData.value)
  return message ? readEcdsaKey(message) : null
}

/** google.crypto.tink.EcdsaPublicKey: x is field 3, y field 4, each 32 bytes with zeros before them. */
function readEcdsaKey(message: Uint8Array): PublicPoint | null {
  const fields = new Map<number, Uint8Array>()
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = message[at++]
      if (byte === undefined) return NaN
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    return NaN
  }
  while (at < message.length) {
    const tag = varint()
    const size = varint()
    // Field 1, the version, is a number; all others are bytes.
    if (Number.isNaN(tag) || Number.isNaN(size)) return null
    if ((tag & 7) === 0) continue
    if ((tag & 7) !== 2 || at + size > message.length) return null
    fields.set(tag >> 3, message.subarray(at, at + size))
    at += size
  }
  const [x, y] = [coordinate(fields.get(3)), coordinate(fields.get(4))]
  return x && y && { x, y }
}

function coordinate(bytes: Uint8Array | undefined): Uint8Array | null {
  const own = bytes?.subarray(bytes.findIndex((byte) => byte !== 0))
  if (own === undefined || own.length === 0 || own.length > 32) return null
  const whole = new Uint8Array(32)
  whole.set(own, 32 - own.length)
  return whole
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
