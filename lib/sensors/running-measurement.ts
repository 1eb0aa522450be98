import { ByteReader } from './byte-reader'

export type RunningMeasurement =
  /** `speed` in m/s; `cadence` in steps a minute, both feet. */
  | { readonly outcome: 'read'; readonly speed: number; readonly cadence: number }
  | { readonly outcome: 'refused'; readonly reason: 'truncated' }

/** Nobody moves at this speed with fewer steps than that: the device counts one foot. */
const RUNS_FROM_M_S = 2
const FEWEST_STEPS = 110

/**
 * The bytes of RSC Measurement (0x2A53 of service 0x1814), little-endian: flags u8, speed u16 in 1/256 m/s, cadence u8 a minute; what
 * follows (stride, distance) is of no use here. Devices differ in whether they count steps or strides: who runs with fewer than 110 a
 * minute is counted on one foot, and the number is doubled.
 */
export function readRunningMeasurement(bytes: DataView): RunningMeasurement {
  const reader = new ByteReader(bytes)
  const flags = reader.u8()
  const ticks = reader.u16()
  const said = reader.u8()
  if (flags === null || ticks === null || said === null) return { outcome: 'refused', reason: 'truncated' }
  const speed = ticks / 256
  const oneFoot = speed >= RUNS_FROM_M_S && said < FEWEST_STEPS
  return { outcome: 'read', speed, cadence: oneFoot ? said * 2 : said }
}
