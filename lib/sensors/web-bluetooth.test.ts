import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Radio, RadioCharacteristic, RadioDevice, RadioServer, RadioService } from './bluetooth-radio'
import type { Reading, Sensor, SensorState } from './sensor'
import { sensorContract } from './sensor-contract'
import { pairingPossible, webBluetoothMotion, webBluetoothSensor } from './web-bluetooth.client'

const HEART_RATE = 0x180d
const BATTERY = 0x180f
const failure = (name: string, message = '') => new DOMException(message, name)
/** What Chromium says. */
const GONE = failure('NetworkError', 'GATT Server is disconnected. Cannot perform GATT operations.')
const NO_ANSWER = failure('NetworkError', 'Connection attempt failed.')

/** As in a browser: it belongs to one link, and is dead once that is gone. */
class FakeCharacteristic extends EventTarget implements RadioCharacteristic {
  value: DataView | undefined
  subscribed = false
  constructor(
    readonly isAlive: () => boolean,
    readonly properties: { notify: boolean },
    readonly stored?: number[],
  ) {
    super()
  }
  async startNotifications() {
    if (!this.isAlive()) throw GONE
    if (!this.properties.notify) throw failure('NotSupportedError', 'GATT Error: Not supported.')
    this.subscribed = true
  }
  async readValue() {
    if (!this.isAlive()) throw GONE
    return this.push(this.stored ?? [])
  }
  push(bytes: number[]): DataView {
    this.value = new DataView(Uint8Array.from(bytes).buffer)
    this.dispatchEvent(new Event('characteristicvaluechanged'))
    return this.value
  }
}

/** A strap as the browser shows it. */
class FakeStrap extends EventTarget implements RadioDevice {
  connected = false
  connects = 0
  /** What the next connects do: an error, or 'hang' for no answer ever; then they work. */
  refusals: Array<DOMException | 'hang'> = []
  #link = 0
  readonly #notifying = new Map<number, FakeCharacteristic>()
  #battery: FakeCharacteristic | null = null
  constructor(
    readonly name: string | null = 'H10',
    readonly services: readonly number[] = [HEART_RATE, BATTERY],
    readonly battery = { level: 87, notify: true },
  ) {
    super()
  }
  readonly gatt: RadioServer = {
    connect: async () => {
      this.connects++
      const refusal = this.refusals.shift()
      if (refusal === 'hang') return new Promise(() => undefined)
      if (refusal) throw refusal
      this.connected = true
      this.#link++
      return this.gatt
    },
    disconnect: () => this.drop(),
    getPrimaryService: async (service) => this.#service(service),
  }
  #service(service: number): RadioService {
    if (!this.connected) throw GONE
    if (!this.services.includes(service)) throw failure('NotFoundError', `No Services matching UUID ${service} found in Device.`)
    const link = this.#link
    const isAlive = () => this.connected && this.#link === link
    return {
      getCharacteristic: async () => {
        if (!isAlive()) throw GONE
        if (service === BATTERY) return (this.#battery = new FakeCharacteristic(isAlive, { notify: this.battery.notify }, [this.battery.level]))
        const notifying = new FakeCharacteristic(isAlive, { notify: true })
        this.#notifying.set(service, notifying)
        return notifying
      },
    }
  }
  /** The link ends: by the page, or because the wearer walks away. The browser says so in either case. */
  drop(): void {
    if (!this.connected) return
    this.connected = false
    this.dispatchEvent(new Event('gattserverdisconnected'))
  }
  /** One notification; lost, as on air, when nobody subscribed on this link. */
  notify(...bytes: number[]): void {
    this.notifyOf(HEART_RATE, bytes)
  }
  notifyOf(service: number, bytes: number[]): void {
    const to = this.#notifying.get(service)
    if (this.connected && to?.isAlive() && to.subscribed) to.push(bytes)
  }
  say(bpm: number): void {
    this.notify(0, bpm)
  }
  sayBattery(percent: number): void {
    if (this.#battery?.subscribed) this.#battery.push([percent])
  }
}

class FakeRadio implements Radio {
  asked: Parameters<Radio['requestDevice']>[0][] = []
  available: boolean | DOMException = true
  refusal: DOMException | null = null
  constructor(readonly straps: FakeStrap[]) {}
  async getAvailability() {
    if (typeof this.available !== 'boolean') throw this.available
    return this.available
  }
  /** The person takes the first strap in the list and closes an empty one. Every fake advertises heart rate, even one without it. */
  async requestDevice(options: Parameters<Radio['requestDevice']>[0]) {
    this.asked.push(options)
    if (this.refusal) throw this.refusal
    const strap = this.straps.find((one) => options.filters.some((filter) => filter.name === undefined || filter.name === one.name))
    if (!strap) throw failure('NotFoundError', 'User cancelled the requestDevice() chooser.')
    return strap
  }
}

function rig(strap = new FakeStrap(), options: { rememberedName?: string | null } = {}) {
  const radio = new FakeRadio([strap])
  const sensor = webBluetoothSensor({ bluetooth: radio, ...options })
  const readings: Reading[] = []
  const states: SensorState[] = []
  sensor.onReading((reading) => readings.push(reading))
  sensor.onState((state) => states.push(state))
  return { radio, strap, sensor, readings, states, bpm: () => readings.map((reading) => reading.bpm) }
}
const settle = () => vi.advanceTimersByTimeAsync(0)
async function live(sensor: Sensor): Promise<void> {
  await sensor.connect()
  await settle()
  expect(sensor.state.state).toBe('live')
}

sensorContract('a strap', {
  working: (bpm) => {
    const { sensor, strap } = rig()
    const left = [...bpm]
    return {
      sensor,
      arrive: async (count) => {
        for (const value of left.splice(0, count)) {
          strap.say(value)
          await vi.advanceTimersByTimeAsync(1000)
        }
      },
    }
  },
  broken: () => rig(new FakeStrap('scale', [BATTERY])).sensor,
})

describe('a bike', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const bike = (services: readonly number[]) => {
    const radio = new FakeRadio([new FakeStrap('KICKR', services)])
    const sensor = webBluetoothMotion({ bluetooth: radio })
    const readings: unknown[] = []
    sensor.onReading(({ atMs: _, ...motion }) => readings.push(motion))
    return { radio, device: radio.straps[0] ?? new FakeStrap(), sensor, readings }
  }
  const power = (watts: number, turns: number, ticks: number) => [0x20, 0, watts & 255, watts >> 8, turns & 255, 0, ticks & 255, ticks >> 8]

  it('is asked for by any of its services, and heard by each that it has', async () => {
    const { radio, device, sensor, readings } = bike([0x1818, 0x1814, BATTERY])
    await sensor.connect()
    await settle()
    expect(sensor.state).toEqual({ state: 'live', name: 'KICKR', batteryPct: 87 })
    expect(radio.asked).toEqual([
      { filters: [0x1826, 0x1818, 0x1814, 0x1816].map((service) => ({ services: [service] })), optionalServices: [0x1826, 0x1818, 0x1814, 0x1816, BATTERY] },
    ])
    device.notifyOf(0x1818, power(214, 1, 0))
    device.notifyOf(0x1818, power(220, 2, 768))
    device.notifyOf(0x1814, [0, 0, 3, 170])
    expect(readings).toEqual([
      { watts: 214, cadence: null, speed: null },
      { watts: 220, cadence: 80, speed: null },
      { watts: null, cadence: null, speed: 300 },
    ])
  })

  it('counts turns anew on each link, and is refused when it is a strap', async () => {
    const { device, sensor, readings } = bike([0x1818])
    await sensor.connect()
    device.notifyOf(0x1818, power(200, 1, 0))
    device.drop()
    await vi.advanceTimersByTimeAsync(1_500)
    expect(sensor.state.state).toBe('live')
    device.notifyOf(0x1818, power(200, 9, 1_024))
    expect(readings).toEqual([{ watts: 200, cadence: null, speed: null }, { watts: 200, cadence: null, speed: null }])
    const strap = bike([HEART_RATE]).sensor
    const connected = strap.connect()
    await vi.advanceTimersByTimeAsync(60_000)
    await connected
    expect(strap.state).toMatchObject({ state: 'failed', trouble: 'wrong_device' })
  })
})

describe('a strap', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is asked for by its service, goes live with name and battery, and follows the battery', async () => {
    const { radio, strap, sensor, states } = rig()
    await live(sensor)
    expect(radio.asked).toEqual([{ filters: [{ services: [HEART_RATE] }], optionalServices: [BATTERY] }])
    expect(states.map(({ state }) => state)).toEqual(['choosing', 'connecting', 'live', 'live'])
    expect(sensor.state).toEqual({ state: 'live', name: 'H10', batteryPct: 87 })
    strap.sayBattery(86)
    expect(sensor.state).toEqual({ state: 'live', name: 'H10', batteryPct: 86 })
  })

  it('goes live without a battery service, with one that only reads, and without a name', async () => {
    const without = rig(new FakeStrap(null, [HEART_RATE]))
    await live(without.sensor)
    expect(without.sensor.state).toEqual({ state: 'live', name: '', batteryPct: null })
    const readOnly = rig(new FakeStrap('H10', [HEART_RATE, BATTERY], { level: 50, notify: false }))
    await live(readOnly.sensor)
    expect(readOnly.sensor.state).toMatchObject({ batteryPct: 50 })
  })

  it('reads the bytes, at the moment they arrive', async () => {
    const { strap, sensor, readings } = rig()
    await live(sensor)
    await vi.advanceTimersByTimeAsync(750)
    strap.notify(0x16, 72, 0x55, 0x03)
    expect(readings).toEqual([{ atMs: performance.now(), bpm: 72, contact: true, rr: [853], energyKj: null }])
  })

  it('sends nothing for what is no heart rate', async () => {
    const { strap, sensor, bpm } = rig()
    await live(sensor)
    strap.notify(0, 0)
    strap.notify(1, 0x2c, 0x01)
    strap.notify()
    strap.say(90)
    expect(bpm()).toEqual([90])
  })

  describe('on return', () => {
    it('is looked for by its name', async () => {
      const { radio, sensor } = rig(new FakeStrap('H10'), { rememberedName: 'H10' })
      await live(sensor)
      expect(radio.asked[0]?.filters).toEqual([{ services: [HEART_RATE], name: 'H10' }])
    })

    it('that is another one now is found by the second try, which shows every strap', async () => {
      const { radio, sensor } = rig(new FakeStrap('TICKR'), { rememberedName: 'H10' })
      await sensor.connect()
      expect(sensor.state).toEqual({ state: 'failed', trouble: 'cancelled', name: null })
      await live(sensor)
      expect(radio.asked[1]?.filters).toEqual([{ services: [HEART_RATE] }])
    })
  })

  describe('that cannot be chosen says why', () => {
    it.each([
      ['cancelled', failure('NotFoundError', 'User cancelled the requestDevice() chooser.')],
      ['bluetooth_off', failure('NotFoundError', 'Bluetooth adapter not available.')],
      ['bluetooth_off', failure('NotFoundError', 'Bluetooth Low Energy not available.')],
      ['unsupported', failure('NotFoundError', 'Web Bluetooth is not supported on this platform.')],
      ['blocked', failure('NotFoundError', 'Web Bluetooth API globally disabled.')],
      ['blocked', failure('NotFoundError', 'User or their enterprise policy has disabled Web Bluetooth.')],
      ['blocked', failure('NotFoundError', 'User denied the browser permission to scan for Bluetooth devices.')],
      ['blocked', failure('SecurityError', 'Must be handling a user gesture to show a permission request.')],
      ['not_found', failure('NotFoundError', "User selected a device that doesn't exist anymore.")],
    ] as const)('%s', async (trouble, error) => {
      const { radio, sensor } = rig()
      radio.refusal = error
      await sensor.connect()
      expect(sensor.state).toEqual({ state: 'failed', trouble, name: null })
    })
  })

  describe('that does not connect', () => {
    it('is tried a second time', async () => {
      const { strap, sensor } = rig()
      strap.refusals = [NO_ANSWER]
      const connected = sensor.connect()
      await vi.advanceTimersByTimeAsync(1000)
      await connected
      expect(sensor.state.state).toBe('live')
    })

    it('is in use or asleep, also when the system never answers', async () => {
      for (const refusal of [NO_ANSWER, 'hang'] as const) {
        const { strap, sensor } = rig()
        strap.refusals = [refusal, refusal]
        const connected = sensor.connect()
        await vi.advanceTimersByTimeAsync(31_000)
        await connected
        expect(sensor.state).toEqual({ state: 'failed', trouble: 'in_use_or_asleep', name: 'H10' })
      }
    })

    it('can be chosen again', async () => {
      const { strap, sensor, bpm } = rig()
      strap.refusals = [NO_ANSWER, NO_ANSWER]
      const connected = sensor.connect()
      await vi.advanceTimersByTimeAsync(1000)
      await connected
      await live(sensor)
      strap.say(88)
      expect(bpm()).toEqual([88])
    })
  })

  describe('that drops', () => {
    it('says so at once and comes back by itself, with its new services and no value twice', async () => {
      const { strap, sensor, states, bpm } = rig()
      await live(sensor)
      strap.say(100)
      strap.drop()
      expect(sensor.state).toEqual({ state: 'reconnecting', name: 'H10', trouble: 'out_of_range', attempt: 1, sinceMs: performance.now() })
      strap.say(101)
      await vi.advanceTimersByTimeAsync(1000)
      expect(sensor.state).toMatchObject({ state: 'live', name: 'H10' })
      strap.say(102)
      expect(bpm()).toEqual([100, 102])
      expect(states.filter(({ state }) => state === 'choosing')).toHaveLength(1)
    })

    it('is tried after 1, 2, 4 and then every 8 s, for as long as it takes', async () => {
      const { strap, sensor, states } = rig()
      await live(sensor)
      strap.refusals = new Array<DOMException>(60).fill(NO_ANSWER)
      strap.connects = 0
      const droppedMs = performance.now()
      strap.drop()
      const triedAt: number[] = []
      for (let second = 1; second <= 40; second++) {
        const before = strap.connects
        await vi.advanceTimersByTimeAsync(1000)
        if (strap.connects > before) triedAt.push((performance.now() - droppedMs) / 1000)
      }
      expect(triedAt).toEqual([1, 3, 7, 15, 23, 31, 39])
      await vi.advanceTimersByTimeAsync(300_000)
      expect(sensor.state).toMatchObject({ state: 'reconnecting', trouble: 'out_of_range', sinceMs: droppedMs })
      strap.refusals = []
      await vi.advanceTimersByTimeAsync(8000)
      expect(sensor.state.state).toBe('live')
      expect(states.filter(({ state }) => state === 'failed')).toEqual([])
    })

    it('while it reconnects is tried again, even if that connect never answers', async () => {
      const { strap, sensor } = rig()
      await live(sensor)
      strap.refusals = ['hang']
      strap.drop()
      await vi.advanceTimersByTimeAsync(1000 + 15_000 + 2000)
      expect(sensor.state.state).toBe('live')
    })

    it('is not brought back after disconnect', async () => {
      const { strap, sensor } = rig()
      await live(sensor)
      strap.drop()
      sensor.disconnect()
      strap.connects = 0
      await vi.advanceTimersByTimeAsync(60_000)
      expect(strap.connects).toBe(0)
      expect(sensor.state).toEqual({ state: 'idle' })
    })
  })

  describe('that is connected and silent', () => {
    it('is said after ten seconds, and live again with the next reading, on the same link', async () => {
      const { strap, sensor, bpm } = rig()
      await live(sensor)
      strap.say(100)
      await vi.advanceTimersByTimeAsync(9_999)
      expect(sensor.state.state).toBe('live')
      await vi.advanceTimersByTimeAsync(1)
      expect(sensor.state).toMatchObject({ state: 'reconnecting', trouble: 'no_data', attempt: 0, sinceMs: performance.now() - 10_000 })
      strap.say(101)
      expect(sensor.state.state).toBe('live')
      expect(bpm()).toEqual([100, 101])
      expect(strap.connects).toBe(1)
    })

    it('or says only 0 is said too, but its link is kept', async () => {
      const { strap, sensor } = rig()
      await live(sensor)
      for (let second = 0; second < 60; second++) {
        await vi.advanceTimersByTimeAsync(1000)
        strap.say(0)
      }
      expect(sensor.state).toMatchObject({ state: 'reconnecting', trouble: 'no_data', attempt: 0 })
      expect(strap.connects).toBe(1)
    })

    it('for thirty seconds has a dead link, which is made anew', async () => {
      const { strap, sensor, bpm } = rig()
      await live(sensor)
      await vi.advanceTimersByTimeAsync(30_000)
      expect(sensor.state).toMatchObject({ state: 'reconnecting', trouble: 'no_data', attempt: 1 })
      await vi.advanceTimersByTimeAsync(1000)
      expect(strap.connects).toBe(2)
      strap.say(97)
      expect(sensor.state.state).toBe('live')
      expect(bpm()).toEqual([97])
    })
  })

  it('is let go when it is disconnected while it connects', async () => {
    const { strap, sensor, bpm } = rig()
    strap.refusals = ['hang']
    const connected = sensor.connect()
    await settle()
    expect(sensor.state).toEqual({ state: 'connecting', name: 'H10' })
    sensor.disconnect()
    await vi.advanceTimersByTimeAsync(60_000)
    await connected
    expect(sensor.state).toEqual({ state: 'idle' })
    expect(strap.connected).toBe(false)
    await live(sensor)
    strap.say(99)
    expect(bpm()).toEqual([99])
  })
})

describe('whether this page can pair', () => {
  const radio = (available: boolean | DOMException) => Object.assign(new FakeRadio([]), { available })

  it('is said with the reason', async () => {
    expect(await pairingPossible({ isSecureContext: true, bluetooth: radio(true) })).toEqual({ possible: true })
    expect(await pairingPossible({ isSecureContext: true, bluetooth: radio(false) })).toEqual({ possible: false, trouble: 'bluetooth_off' })
    expect(await pairingPossible({ isSecureContext: true, bluetooth: undefined })).toEqual({ possible: false, trouble: 'unsupported' })
    expect(await pairingPossible({ isSecureContext: false, bluetooth: undefined })).toEqual({ possible: false, trouble: 'insecure' })
  })

  it('is left to the chooser where the browser does not tell', async () => {
    expect(await pairingPossible({ isSecureContext: true, bluetooth: radio(failure('NotSupportedError')) })).toEqual({ possible: true })
  })
})
