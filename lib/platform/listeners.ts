/** Who is told of something. */
export type Listeners<Told extends unknown[]> = {
  /** Returns how to stop listening. */
  add(listener: (...told: Told) => void): () => void
  /** One that comes while others are told is told of the next; one that goes is told of nothing more. */
  tell(...told: Told): void
  clear(): void
}

export function createListeners<Told extends unknown[] = []>(): Listeners<Told> {
  const listeners = new Set<(...told: Told) => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(...told) {
      for (const listener of [...listeners]) if (listeners.has(listener)) listener(...told)
    },
    clear: () => listeners.clear(),
  }
}
