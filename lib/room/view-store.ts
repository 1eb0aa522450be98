import { createListeners } from '@/lib/platform/listeners'

/** What components subscribe to: `view` is a new object after each drawing, and drawings that come close together are one. */
export interface ViewStore<V> {
  readonly view: V
  subscribe(listener: () => void): () => void
  /** At once where nothing was drawn for `withinMs`, else when that time is over: the first of many arrivals does not wait for the others. */
  draw(): void
  drawNow(): void
  /** No further drawing; the last view stays. */
  close(): void
}

/** Runs something once after a while; returns what cancels it. */
type After = (ms: number, run: () => void) => () => void
export const pageAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

export function createViewStore<V>(look: () => V, withinMs: number | (() => number), after: After = pageAfter): ViewStore<V> {
  const within = typeof withinMs === 'number' ? () => withinMs : withinMs
  const listeners = createListeners()
  let cancel: (() => void) | undefined
  let closed = false
  let view = look()
  let drawnAtMs = -Infinity

  function drawNow(): void {
    cancel?.()
    cancel = undefined
    drawnAtMs = performance.now()
    view = look()
    listeners.tell()
  }
  return {
    get view() {
      return view
    },
    subscribe: listeners.add,
    draw() {
      if (!closed) cancel ??= after(Math.max(0, drawnAtMs + within() - performance.now()), drawNow)
    },
    drawNow,
    close() {
      closed = true
      cancel?.()
    },
  }
}
