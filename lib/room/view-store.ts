/** What components subscribe to: `view` is a new object after each drawing, and drawings that come close together are one. */
export interface ViewStore<V> {
  readonly view: V
  subscribe(listener: () => void): () => void
  /** Soon: within `withinMs`. */
  draw(): void
  drawNow(): void
  /** No further drawing; the last view stays. */
  close(): void
}

export function createViewStore<V>(look: () => V, withinMs: number): ViewStore<V> {
  const listeners = new Set<() => void>()
  let drawing: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let view = look()

  function drawNow(): void {
    clearTimeout(drawing)
    drawing = undefined
    view = look()
    for (const listener of [...listeners]) listener()
  }
  return {
    get view() {
      return view
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    draw() {
      if (!closed) drawing ??= setTimeout(drawNow, withinMs)
    },
    drawNow,
    close() {
      closed = true
      clearTimeout(drawing)
    },
  }
}
