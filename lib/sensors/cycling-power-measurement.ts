import { ByteReader } from './byte-reader'
import { readCrank, readWheel, type Revolutions } from './revolutions'

export type CyclingPowerMeasurement =
  | { readonly outcome: 'read'; readonly watts: number; readonly wheel: Revolutions | null; readonly crank: Revolutions | null }
  | { readonly outcome: 'refused'; readonly reason: 'truncated' }

const BALANCE = 0b000001
const TORQUE = 0b000100
const WHEEL = 0b010000
const CRANK = 0b100000

/**
 * The bytes of Cycling Power Measurement (0x2A63 of service 0x1818), little-endian: flags u16, power s16 W, then in this order what the
 * flags name: b0 balance u8, b2 torque u16, b4 wheel u32 and u16 in 1/2048 s, b5 crank u16 and u16 in 1/1024 s; what follows is of no
 * use here. What was cut off is `null`. Power is as the meter says it, below zero too.
 */
export function readCyclingPowerMeasurement(bytes: DataView): CyclingPowerMeasurement {
  const reader = new ByteReader(bytes)
  const flags = reader.u16()
  const watts = reader.s16()
  if (flags === null || watts === null) return { outcome: 'refused', reason: 'truncated' }
  if (flags & BALANCE) reader.skip(1)
  if (flags & TORQUE) reader.skip(2)
  const wheel = flags & WHEEL ? readWheel(reader) : null
  const crank = flags & CRANK ? readCrank(reader) : null
  return { outcome: 'read', watts, wheel, crank }
}
