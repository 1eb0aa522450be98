import { createListeners } from '@/lib/platform/listeners'
import type { SensorState } from './sensor'

/** What every adapter of the port does the same way: holds the state and tells the listeners. */
export class SensorFeed<R> {
  #state: SensorState = { state: 'idle' }
  readonly #readings = createListeners<[R]>()
  readonly #states = createListeners<[SensorState]>()

  get state(): SensorState {
    return this.#state
  }

  say(state: SensorState): void {
    this.#state = state
    this.#states.tell(state)
  }

  deliver(reading: R): void {
    this.#readings.tell(reading)
  }

  onReading(hear: (reading: R) => void): () => void {
    return this.#readings.add(hear)
  }

  onState(hear: (state: SensorState) => void): () => void {
    return this.#states.add(hear)
  }
}
