import type { Motion, MotionReading } from '@/lib/sensors/motion'
import { mergeMotion } from '@/lib/sensors/motion'
import type { Sensor, SensorState } from '@/lib/sensors/sensor'
import { type MotionView, STALE_MS } from './room-view'

type Part = {
  /** A new sensor, not connected yet; null where there is no Bluetooth. */
  make(): Sensor<MotionReading> | null
  /** Each reading as it comes, with the device's name. */
  onReading(label: string, reading: MotionReading): void
  /** It was given up or paired anew: what comes next is another run. */
  onCut(): void
  onState(): void
}
export type MotionPart = {
  readonly view: MotionView
  connect(): Promise<void>
  disconnect(): void
}
const NOTHING: Motion = { watts: null, cadence: null, speed: null }

/** The bike or foot pod of the person at this screen, beside their heart. What it said stands for four seconds, each figure by itself. */
export function createMotionPart({ make, onReading, onCut, onState }: Part): MotionPart {
  let sensor: Sensor<MotionReading> | null = null
  let stop: () => void = () => undefined
  let state: SensorState = { state: 'idle' }
  let heard: readonly MotionReading[] = []

  function say(next: SensorState): void {
    state = next
    onState()
  }
  function hear(reading: MotionReading): void {
    heard = [...heard.filter(isFresh), reading]
    onReading(state.state === 'live' || state.state === 'reconnecting' ? state.name : '', reading)
  }
  function disconnect(): void {
    stop()
    stop = () => undefined
    sensor?.disconnect()
    sensor = null
    heard = []
    onCut()
    say({ state: 'idle' })
  }

  return {
    get view() {
      const fresh = heard.filter(isFresh)
      return { sensor: state, now: fresh.length === 0 ? null : fresh.reduce<Motion>(mergeMotion, NOTHING) }
    },
    async connect() {
      disconnect()
      sensor = make()
      if (sensor === null) return say({ state: 'failed', trouble: 'unsupported', name: null })
      const ends = [sensor.onReading(hear), sensor.onState(say)]
      stop = () => ends.forEach((end) => end())
      await sensor.connect()
    },
    disconnect,
  }
}

const isFresh = ({ atMs }: MotionReading): boolean => performance.now() - atMs < STALE_MS
