/**
 * PORT `sensor`: a source of readings on this device, of a heart or of a motion (`motion.ts`). Adapters: web-bluetooth (a strap; a bike or
 * foot pod), replay (a FIT file). Each passes the contract test `sensor-contract.ts`. A sensor never invents a value: what it cannot read
 * it does not send.
 */

/** One notification of the source. `atMs` is the device's monotonic clock (`performance.now()`) when it arrived. */
export type Reading = {
  readonly atMs: number
  readonly bpm: number
  /** `null`: the source cannot tell. `false`: it says that it does not touch skin. */
  readonly contact: boolean | null
  /** RR intervals in 1/1024 s, oldest first. */
  readonly rr: readonly number[]
  readonly energyKj: number | null
}

/** Why a sensor is not delivering, in the words' keys; the catalogue holds the sentence for each. */
export type SensorTrouble =
  | 'unsupported' // this browser has no Web Bluetooth (iPhone, Firefox)
  | 'insecure' // plain http from elsewhere
  | 'bluetooth_off'
  | 'blocked' // by the browser, the system or a policy
  | 'cancelled' // the chooser was closed
  | 'not_found'
  | 'in_use_or_asleep' // connecting failed: another app holds it, or it sleeps
  | 'wrong_device' // it does not send what was asked for
  | 'out_of_range' // was connected, the link dropped
  | 'no_data' // connected, but nothing arrived
  | 'ended' // a replay that reached its end

/**
 * `name` is '' for a device that does not tell it. `sinceMs` is an instant of `performance.now()`. `reconnecting` with `no_data` and
 * attempt 0 is a link that stands and says nothing: it turns `live` with the next reading.
 */
export type SensorState =
  | { readonly state: 'idle' }
  | { readonly state: 'choosing' }
  | { readonly state: 'connecting'; readonly name: string | null }
  | { readonly state: 'live'; readonly name: string; readonly batteryPct: number | null }
  | {
      readonly state: 'reconnecting'
      readonly name: string
      readonly trouble: SensorTrouble
      readonly attempt: number
      readonly sinceMs: number
    }
  | { readonly state: 'failed'; readonly trouble: SensorTrouble; readonly name: string | null }

export type SensorKind = 'heart_rate_strap' | 'replay' | 'motion_sensor'

export interface Sensor<R = Reading> {
  readonly kind: SensorKind
  readonly state: SensorState
  /** Must be called from a click where the adapter opens a chooser. Resolves when live or failed; never rejects. */
  connect(): Promise<void>
  /** Stops for good: no reconnect. */
  disconnect(): void
  onReading(listener: (reading: R) => void): () => void
  onState(listener: (state: SensorState) => void): () => void
}
