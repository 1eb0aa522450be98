import { plausibleCadence, plausibleSpeed, plausibleWatts } from '@/lib/physiology/plausible-motion'
import { readCyclingPowerMeasurement } from './cycling-power-measurement'
import { readIndoorBikeData } from './indoor-bike-data'
import { CRANK, POWER_WHEEL, type Revolutions, Turning, WHEEL } from './revolutions'
import { readRunningMeasurement } from './running-measurement'
import { readSpeedCadenceMeasurement } from './speed-cadence-measurement'

/** What a bike, a power meter or a foot pod says, in whole numbers; `null`: it does not say so now. */
export type Motion = {
  readonly watts: number | null
  /** Turns of the crank, or steps, a minute. */
  readonly cadence: number | null
  /** cm/s */
  readonly speed: number | null
}
/** One notification; `atMs` as in `Reading`. */
export type MotionReading = Motion & { readonly atMs: number }

export const INDOOR_BIKE = { service: 0x1826, characteristic: 0x2ad2 } as const
export const CYCLING_POWER = { service: 0x1818, characteristic: 0x2a63 } as const
export const RUNNING = { service: 0x1814, characteristic: 0x2a53 } as const
export const SPEED_CADENCE = { service: 0x1816, characteristic: 0x2a5b } as const
/** Where a device says the same by several ways, the first of these counts. */
export const MOTION_SOURCES = [INDOOR_BIKE, CYCLING_POWER, RUNNING, SPEED_CADENCE] as const

/** A road bike's wheel of 700 × 25C: what head units take a wheel for until they are told otherwise. */
const WHEEL_CM = 210.5
/** A better way that says nothing for this long leaves its place to the next. */
const YIELDS_AFTER_MS = 5_000

type Field = keyof Motion
const FIELDS = ['watts', 'cadence', 'speed'] as const satisfies readonly Field[]
type Said = Partial<Record<Field, number | null>>

/**
 * Notifications of one link → readings. It remembers what each counter said last, so make a new one for each link. A value that nobody
 * reaches is left out; so is one that a better way of the same device gives too. A record split over several notifications stays split
 * here: who shows or stores it puts the fields of a moment together.
 */
export class MotionMeter {
  readonly #powerCrank = new Turning(CRANK)
  readonly #powerWheel = new Turning(POWER_WHEEL)
  readonly #crank = new Turning(CRANK)
  readonly #wheel = new Turning(WHEEL)
  readonly #givenBy = new Map<Field, { readonly way: number; readonly atMs: number }>()

  /** `null`: nothing that is of use. Any bytes give a sound reading or `null`, never an exception. */
  hear(characteristic: number, bytes: DataView, atMs: number): MotionReading | null {
    const way = MOTION_SOURCES.findIndex((source) => source.characteristic === characteristic)
    const said = this.#read(characteristic, bytes, atMs)
    const plausible: Motion = {
      watts: plausibleWatts(said.watts ?? null),
      cadence: plausibleCadence(said.cadence ?? null),
      speed: plausibleSpeed(said.speed ?? null),
    }
    const [watts = null, cadence = null, speed = null] = FIELDS.map((field) => this.#unlessBetter(field, plausible[field], way, atMs))
    return watts === null && cadence === null && speed === null ? null : { atMs, watts, cadence, speed }
  }

  #unlessBetter(field: Field, value: number | null, way: number, atMs: number): number | null {
    if (value === null) return null
    const known = this.#givenBy.get(field)
    if (known && known.way < way && atMs - known.atMs < YIELDS_AFTER_MS) return null
    this.#givenBy.set(field, { way, atMs })
    return value
  }

  #read(characteristic: number, bytes: DataView, atMs: number): Said {
    const turning = (of: Turning, revolutions: Revolutions | null) => (revolutions ? of.hear(revolutions, atMs) : null)
    const rolled = (perMinute: number | null) => (perMinute === null ? null : (perMinute * WHEEL_CM) / 60)
    switch (characteristic) {
      case INDOOR_BIKE.characteristic: {
        const data = readIndoorBikeData(bytes)
        return data.outcome === 'read' ? { ...data, speed: data.speed === null ? null : data.speed * 100 } : {}
      }
      case CYCLING_POWER.characteristic: {
        const data = readCyclingPowerMeasurement(bytes)
        if (data.outcome === 'refused') return {}
        return { watts: data.watts, cadence: turning(this.#powerCrank, data.crank), speed: rolled(turning(this.#powerWheel, data.wheel)) }
      }
      case RUNNING.characteristic: {
        const data = readRunningMeasurement(bytes)
        return data.outcome === 'read' ? { cadence: data.cadence, speed: data.speed * 100 } : {}
      }
      case SPEED_CADENCE.characteristic: {
        const data = readSpeedCadenceMeasurement(bytes)
        if (data.outcome === 'refused') return {}
        return { cadence: turning(this.#crank, data.crank), speed: rolled(turning(this.#wheel, data.wheel)) }
      }
      default:
        return {}
    }
  }
}

/** What is said later counts; what it does not say stands as it was. */
export const mergeMotion = (known: Motion, said: Motion): Motion => ({
  watts: said.watts ?? known.watts,
  cadence: said.cadence ?? known.cadence,
  speed: said.speed ?? known.speed,
})
