import { isPlausibleBpm, isPlausibleRr } from '@/lib/physiology/plausible-heart-rate'
import { ByteReader } from './byte-reader'
import type { Reading } from './sensor'

export type HeartRateMeasurement =
  | ({ readonly outcome: 'read' } & Omit<Reading, 'atMs'>)
  /** `implausible`: a number that no person has; straps send 0 while they search. */
  | { readonly outcome: 'refused'; readonly reason: 'truncated' | 'implausible' }

const U16_BPM = 0b00001
const ENERGY = 0b01000
const RR = 0b10000

/**
 * The bytes of Heart Rate Measurement (0x2A37 of service 0x180D), little-endian: flags u8 (b0 bpm is u16, b1–2 contact, b3 energy,
 * b4 RR), bpm u8 or u16, [energy u16 kJ], [RR u16 in 1/1024 s to the end, oldest first]. Contact 0 and 1 mean "cannot tell", not
 * "no contact". Implausible RR intervals are left out; the reading stays. Any bytes give a reading or a refusal, never an exception.
 */
export function readHeartRateMeasurement(bytes: DataView): HeartRateMeasurement {
  const reader = new ByteReader(bytes)
  const flags = reader.u8()
  if (flags === null) return { outcome: 'refused', reason: 'truncated' }
  const bpm = flags & U16_BPM ? reader.u16() : reader.u8()
  const energyKj = flags & ENERGY ? reader.u16() : null
  if (bpm === null || (flags & ENERGY && energyKj === null)) return { outcome: 'refused', reason: 'truncated' }
  if (!isPlausibleBpm(bpm)) return { outcome: 'refused', reason: 'implausible' }
  const rr: number[] = []
  if (flags & RR) for (let interval = reader.u16(); interval !== null; interval = reader.u16()) if (isPlausibleRr(interval)) rr.push(interval)
  return { outcome: 'read', bpm, contact: contactOf(flags), energyKj, rr }
}

function contactOf(flags: number): boolean | null {
  const contact = (flags >> 1) & 0b11
  return contact < 2 ? null : contact === 3
}
