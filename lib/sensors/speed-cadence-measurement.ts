import { ByteReader } from './byte-reader'
import { readCrank, readWheel, type Revolutions } from './revolutions'

export type SpeedCadenceMeasurement =
  | { readonly outcome: 'read'; readonly wheel: Revolutions | null; readonly crank: Revolutions | null }
  | { readonly outcome: 'refused'; readonly reason: 'truncated' }

const WHEEL = 0b01
const CRANK = 0b10

/**
 * The bytes of CSC Measurement (0x2A5B of service 0x1816), little-endian: flags u8, [b0 wheel u32 turns and u16 in 1/1024 s], [b1 crank
 * u16 turns and u16 in 1/1024 s].
 */
export function readSpeedCadenceMeasurement(bytes: DataView): SpeedCadenceMeasurement {
  const reader = new ByteReader(bytes)
  const flags = reader.u8()
  if (flags === null) return { outcome: 'refused', reason: 'truncated' }
  const wheel = flags & WHEEL ? readWheel(reader) : null
  const crank = flags & CRANK ? readCrank(reader) : null
  if ((flags & WHEEL && wheel === null) || (flags & CRANK && crank === null)) return { outcome: 'refused', reason: 'truncated' }
  return { outcome: 'read', wheel, crank }
}
