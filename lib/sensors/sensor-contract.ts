import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reading, Sensor, SensorState } from './sensor'

export type SensorRig = {
  readonly sensor: Sensor
  /** Lets the source say its next `count` values, by the fake clock. */
  arrive(count: number): Promise<void>
}

/** What every adapter of the port must do. `working` makes a source that will say these bpm, `broken` one that can give no heart rate. */
export function sensorContract(adapter: string, rigs: { working(bpm: readonly number[]): SensorRig; broken(): Sensor }): void {
  describe(`${adapter} as a sensor`, () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())

    const record = (sensor: Sensor) => {
      const readings: Reading[] = []
      const states: SensorState[] = []
      const stops = [sensor.onReading((reading) => readings.push(reading)), sensor.onState((state) => states.push(state))]
      return { readings, states, stop: () => stops.forEach((stop) => stop()) }
    }

    it('is idle and silent until it is connected', async () => {
      const { sensor } = rigs.working([100])
      const { readings } = record(sensor)
      await vi.advanceTimersByTimeAsync(5000)
      expect(sensor.state).toEqual({ state: 'idle' })
      expect(readings).toEqual([])
    })

    it('goes live, tells each state as it holds it, and says every value once and in order', async () => {
      const { sensor, arrive } = rigs.working([100, 101, 101, 103])
      const { readings, states } = record(sensor)
      sensor.onState((state) => expect(sensor.state).toBe(state))
      await sensor.connect()
      expect(sensor.state).toMatchObject({ state: 'live', name: expect.any(String) })
      await arrive(4)
      expect(readings.map(({ bpm }) => bpm)).toEqual([100, 101, 101, 103])
      expect(readings.map(({ atMs }) => atMs)).toEqual(readings.map(({ atMs }) => atMs).sort((a, b) => a - b))
      expect(readings.at(-1)?.atMs).toBeGreaterThan(readings[0]?.atMs ?? Infinity)
      expect(states.filter(({ state }) => state === 'live').length).toBeGreaterThan(0)
    })

    it('connected twice is connected once', async () => {
      const { sensor, arrive } = rigs.working([100, 101])
      const { readings } = record(sensor)
      await Promise.all([sensor.connect(), sensor.connect()])
      await sensor.connect()
      await arrive(2)
      expect(readings.map(({ bpm }) => bpm)).toEqual([100, 101])
    })

    it('tells nothing to those who stopped listening, and goes on for the others', async () => {
      const { sensor, arrive } = rigs.working([100, 101])
      const gone = record(sensor)
      const here = record(sensor)
      await sensor.connect()
      await arrive(1)
      gone.stop()
      const told = gone.states.length
      await arrive(1)
      sensor.disconnect()
      expect(gone.readings).toHaveLength(1)
      expect(gone.states).toHaveLength(told)
      expect(here.readings).toHaveLength(2)
      expect(here.states.at(-1)).toEqual({ state: 'idle' })
    })

    it('disconnected is idle for good: no value, no reconnect', async () => {
      const { sensor, arrive } = rigs.working([100, 101, 102])
      const { readings, states } = record(sensor)
      await sensor.connect()
      await arrive(1)
      sensor.disconnect()
      const told = states.length
      await vi.advanceTimersByTimeAsync(120_000)
      expect(sensor.state).toEqual({ state: 'idle' })
      expect(states).toHaveLength(told)
      expect(readings).toHaveLength(1)
    })

    it('stops at once when a listener disconnects it', async () => {
      const { sensor, arrive } = rigs.working([100, 101, 102])
      const { readings } = record(sensor)
      sensor.onReading(() => sensor.disconnect())
      await sensor.connect()
      await arrive(1)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(readings).toHaveLength(1)
      expect(sensor.state).toEqual({ state: 'idle' })
    })

    it('that can give no heart rate fails with the trouble; connect does not reject', async () => {
      const sensor = rigs.broken()
      const { readings } = record(sensor)
      const connected = sensor.connect()
      await vi.advanceTimersByTimeAsync(60_000)
      await connected
      expect(sensor.state).toMatchObject({ state: 'failed', trouble: 'wrong_device' })
      expect(readings).toEqual([])
    })
  })
}
