'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { createListeners } from '@/lib/platform/listeners'

/** A session of `lib/room`: plain data in `view`, a new object whenever anything in it changed. */
export interface Store<V> {
  readonly view: V
  subscribe(listener: () => void): () => void
}

const nothing = (): void => undefined

/** Draws again whenever the store's view changed; `null` while there is no store yet. */
export function useStore<V>(store: Store<V>): V
export function useStore<V>(store: Store<V> | null): V | null
export function useStore<V>(store: Store<V> | null): V | null {
  const read = () => store?.view ?? null
  const subscribe = useCallback((listener: () => void) => store?.subscribe(listener) ?? nothing, [store])
  return useSyncExternalStore(subscribe, read, read)
}

/** A store of one thing that comes and goes with an effect. */
export interface Slot<T> extends Store<T | null> {
  fill(next: T | null): void
}
export function createSlot<T>(): Slot<T> {
  const listeners = createListeners()
  let held: T | null = null
  return {
    get view() {
      return held
    },
    subscribe: listeners.add,
    fill(next) {
      held = next
      listeners.tell()
    },
  }
}
