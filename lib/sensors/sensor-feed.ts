import type { SensorState } from './sensor'

type Listener<T> = { readonly hear: (said: T) => void }

/** What every adapter of the port does the same way: holds the state and tells the listeners. */
export class SensorFeed<R> {
  #state: SensorState = { state: 'idle' }
  readonly #onReading = new Set<Listener<R>>()
  readonly #onState = new Set<Listener<SensorState>>()

  get state(): SensorState {
    return this.#state
  }

  say(state: SensorState): void {
    this.#state = state
    for (const { hear } of this.#onState) hear(state)
  }

  deliver(reading: R): void {
    for (const { hear } of this.#onReading) hear(reading)
  }

  onReading(hear: (reading: R) => void): () => void {
    return listen(this.#onReading, hear)
  }

  onState(hear: (state: SensorState) => void): () => void {
    return listen(this.#onState, hear)
  }
}

function listen<T>(listeners: Set<Listener<T>>, hear: (said: T) => void): () => void {
  const listener = { hear }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
