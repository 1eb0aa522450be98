import { ByteReader } from './byte-reader'

export type IndoorBikeData =
  /** `speed` in m/s, `cadence` in rpm. `null`: not in this notification; a machine may split a record over several. */
  | {
      readonly outcome: 'read'
      readonly speed: number | null
      readonly cadence: number | null
      readonly watts: number | null
    }
  | { readonly outcome: 'refused'; readonly reason: 'truncated' }

const MORE_DATA = 1 << 0
const AVERAGE_SPEED = 1 << 1
const CADENCE = 1 << 2
const AVERAGE_CADENCE = 1 << 3
const DISTANCE = 1 << 4
const RESISTANCE = 1 << 5
const POWER = 1 << 6
/** What follows power, each with its size: average power, energy, heart rate, MET, elapsed and remaining time. */
const AFTER_POWER: ReadonlyArray<readonly [flag: number, size: number]> = [[1 << 7, 2], [1 << 8, 5], [1 << 9, 1], [1 << 10, 1], [1 << 11, 2], [1 << 12, 2]]
/** The most that a notification holds unless both sides agreed on more: longer records end here, in the middle of a field. */
const CUT_OFF_AT = 20

type Layout = { readonly hasSpeed: boolean; readonly resistanceSize: 1 | 2 }

/**
 * The bytes of Indoor Bike Data (0x2AD2 of service 0x1826), little-endian: flags u16; speed u16 in 0.01 km/h where b0 is NOT set; then
 * what the flags name: b1 average speed u16, b2 cadence u16 in 0.5 rpm, b3 its average u16, b4 distance u24, b5 resistance, b6 power
 * s16 W. Machines differ in the width of resistance, and some say b0 the wrong way round: where the length fits another reading
 * exactly and the specified one not at all, that one is taken. What was cut off is `null`.
 */
export function readIndoorBikeData(bytes: DataView): IndoorBikeData {
  const reader = new ByteReader(bytes)
  const flags = reader.u16()
  if (flags === null || reader.left < 1) return { outcome: 'refused', reason: 'truncated' }
  const { hasSpeed, resistanceSize } = layoutOf(flags, bytes.byteLength)
  const scaled = (value: number | null, unit: number): number | null => (value === null ? null : value * unit)
  const speed = hasSpeed ? scaled(reader.u16(), 0.01 / 3.6) : null
  if (flags & AVERAGE_SPEED) reader.skip(2)
  const cadence = flags & CADENCE ? scaled(reader.u16(), 0.5) : null
  if (flags & AVERAGE_CADENCE) reader.skip(2)
  if (flags & DISTANCE) reader.skip(3)
  if (flags & RESISTANCE) reader.skip(resistanceSize)
  const watts = flags & POWER ? reader.s16() : null
  return { outcome: 'read', speed, cadence, watts }
}

function layoutOf(flags: number, length: number): Layout {
  const hasSpeed = (flags & MORE_DATA) === 0
  const specified: Layout = { hasSpeed, resistanceSize: 2 }
  if (length === CUT_OFF_AT) return specified
  const others: readonly Layout[] = [
    { hasSpeed, resistanceSize: 1 },
    { hasSpeed: !hasSpeed, resistanceSize: 2 },
    { hasSpeed: !hasSpeed, resistanceSize: 1 },
  ]
  return [specified, ...others].find((layout) => lengthOf(flags, layout) === length) ?? specified
}

function lengthOf(flags: number, { hasSpeed, resistanceSize }: Layout): number {
  const sizes: ReadonlyArray<readonly [number, number]> = [
    [AVERAGE_SPEED, 2],
    [CADENCE, 2],
    [AVERAGE_CADENCE, 2],
    [DISTANCE, 3],
    [RESISTANCE, resistanceSize],
    [POWER, 2],
    ...AFTER_POWER,
  ]
  return sizes.reduce((sum, [flag, size]) => sum + (flags & flag ? size : 0), hasSpeed ? 4 : 2)
}
