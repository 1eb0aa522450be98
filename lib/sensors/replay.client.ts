import { readFit } from '@/lib/formats/fit'
import { heartRateSamples } from '@/lib/formats/recording'
import type { Reading, Sensor, SensorState } from './sensor'
import { SensorFeed } from './sensor-feed'

export type ReplayOptions = {
  /** A FIT file's bytes. */
  readonly file: ArrayBuffer | Uint8Array
  readonly name: string
  /** 1 is true speed; 60 plays an hour in a minute. Below 1 counts as 1. */
  readonly speed: number
}

/**
 * A real recording behind the sensor port. Each record with a heart rate is delivered when its second comes, sooner at a higher speed;
 * its `atMs` always advances by the file's own seconds, so that what is recorded from it is true to the file: at a speed above 1 it runs
 * ahead of the clock. `connect` plays from the start. A file without a heart rate fails as `wrong_device`, the end as `ended`.
 */
export const replaySensor = (options: ReplayOptions): Sensor => new ReplaySensor(options)

class ReplaySensor implements Sensor {
  readonly kind = 'replay'
  readonly #feed = new SensorFeed<Reading>()
  readonly #file: ArrayBuffer | Uint8Array
  readonly #name: string
  readonly #speed: number
  /** Each `connect` and `disconnect` begins a new run; the one before stops, even in the middle of a delivery. */
  #run = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor({ file, name, speed }: ReplayOptions) {
    this.#file = file
    this.#name = name
    this.#speed = Math.max(1, speed)
  }

  get state(): SensorState {
    return this.#feed.state
  }
  onReading(listener: (reading: Reading) => void): () => void {
    return this.#feed.onReading(listener)
  }
  onState(listener: (state: SensorState) => void): () => void {
    return this.#feed.onState(listener)
  }

  async connect(): Promise<void> {
    if (this.state.state === 'live') return
    const readings = readingsOf(this.#file)
    if (readings.length === 0) return this.#feed.say({ state: 'failed', trouble: 'wrong_device', name: this.#name })
    // Whole milliseconds, so that no rounding moves a record into the second before it.
    this.#play(readings, Math.ceil(performance.now()), ++this.#run)
    this.#feed.say({ state: 'live', name: this.#name, batteryPct: null })
  }

  disconnect(): void {
    this.#run++
    clearTimeout(this.#timer)
    this.#feed.say({ state: 'idle' })
  }

  #play(readings: readonly Reading[], startedMs: number, run: number): void {
    const waitMs = (reading: Reading) => startedMs + reading.atMs / this.#speed - performance.now()
    let next = 0
    const tick = () => {
      for (let reading = readings[next]; reading && waitMs(reading) <= 0; reading = readings[++next]) {
        this.#feed.deliver({ ...reading, atMs: startedMs + reading.atMs })
        if (run !== this.#run) return
      }
      const reading = readings[next]
      if (reading) this.#timer = setTimeout(tick, waitMs(reading))
      else this.#feed.say({ state: 'failed', trouble: 'ended', name: this.#name })
    }
    this.#timer = setTimeout(tick, 0)
  }
}

/** The file's readings; `atMs` is the time since its first record. */
function readingsOf(file: ArrayBuffer | Uint8Array): Reading[] {
  const outcome = readFit(file)
  if (outcome.outcome === 'refused') return []
  const rrAt = new Map<number, number[]>()
  for (const { second, intervals } of outcome.recording.rr) rrAt.set(second, [...(rrAt.get(second) ?? []), ...intervals])
  return heartRateSamples(outcome.recording).flatMap(({ second, bpm }) =>
    bpm === null ? [] : [{ atMs: second * 1000, bpm, contact: null, rr: rrAt.get(second) ?? [], energyKj: null }],
  )
}
