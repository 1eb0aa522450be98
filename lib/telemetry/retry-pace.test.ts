import { expect, it } from 'vitest'
import { RetryPace } from './retry-pace'

it('waits 15, 30, then 60 s at most, for the run that failed and for no other', () => {
  const pace = new RetryPace()
  let now = 0
  const waits = Array.from({ length: 5 }, () => {
    pace.failed('run_a', now)
    const from = now
    while (!pace.isDue('run_a', now)) now += 1_000
    expect(pace.isDue('run_b', from)).toBe(true)
    return (now - from) / 1000
  })
  expect(waits).toEqual([15, 30, 60, 60, 60])
  pace.failed('run_a', now)
  pace.succeeded('run_a')
  expect(pace.isDue('run_a', now)).toBe(true)
  pace.failed('run_a', now)
  pace.forget()
  expect(pace.isDue('run_a', now)).toBe(true)
})
