import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createViewStore } from './view-store'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first of a burst is drawn at once, the rest together when the time is over', () => {
  let looks = 0
  const store = createViewStore(() => (looks += 1), 50)
  const drawn: number[] = []
  store.subscribe(() => drawn.push(Math.round(performance.now())))
  const begin = Math.round(performance.now())
  for (let ms = 0; ms < 100; ms += 10) {
    store.draw()
    store.draw()
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(500)
  expect(drawn.map((at) => at - begin)).toEqual([0, 50, 100])
  store.draw()
  vi.advanceTimersByTime(0)
  expect(store.view).toBe(looks)
  expect(drawn).toHaveLength(4)
  store.draw()
  store.close()
  expect(vi.getTimerCount()).toBe(0)
})
