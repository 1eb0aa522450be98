import type { Radio, RadioDevice } from './bluetooth-radio'
import { chooserTrouble, linkTrouble } from './bluetooth-trouble'
import { readHeartRateMeasurement } from './heart-rate-measurement'
import { MOTION_SOURCES, MotionMeter, type MotionReading } from './motion'
import type { Reading, Sensor, SensorKind, SensorState, SensorTrouble } from './sensor'
import { SensorFeed } from './sensor-feed'
import { BATTERY, type GattSource, openSensorLink, type SensorLink } from './sensor-link.client'

/** The first connect to a strap often fails for no reason; a second try mends it. */
const FIRST_TRIES = 2
const RETRY_MS = 1000
/** Before the first, second, third … try to reconnect; the last one goes on for as long as the page lives. */
const BACK_OFF_MS = [1000, 2000, 4000, 8000] as const
/** Connected but without a reading for this long: said. */
const NO_DATA_MS = 10_000
/** Not one packet for this long: the link is dead although the browser thinks that it stands, and is made anew. */
const DEAD_LINK_MS = 30_000

export type WebBluetoothOptions = {
  /** `navigator.bluetooth` */
  readonly bluetooth: Radio
  /** Narrows the chooser to the device of last time. If that chooser gives nothing, the next one shows all. */
  readonly rememberedName?: string | null
}

/** What is looked for, and how its notifications are read. */
type Wanted<R> = {
  readonly kind: SensorKind
  /** A device has one of them or more. */
  readonly sources: readonly GattSource[]
  /** Made anew for each link, which is all that it may remember. `null`: no reading is in these bytes. */
  reader(): (characteristic: number, bytes: DataView, atMs: number) => R | null
}
const STRAP: Wanted<Reading> = {
  kind: 'heart_rate_strap',
  sources: [{ service: 0x180d, characteristic: 0x2a37 }],
  reader: () => (_, bytes, atMs) => {
    const measurement = readHeartRateMeasurement(bytes)
    // A strap that says 0 is there but has no number: that is no reading, and after ten seconds it is said.
    if (measurement.outcome === 'refused') return null
    const { bpm, contact, rr, energyKj } = measurement
    return { atMs, bpm, contact, rr, energyKj }
  },
}
const MOTION: Wanted<MotionReading> = {
  kind: 'motion_sensor',
  sources: MOTION_SOURCES,
  reader: () => {
    const meter = new MotionMeter()
    return (characteristic, bytes, atMs) => meter.hear(characteristic, bytes, atMs)
  },
}

/** A strap over Web Bluetooth. It lives until `disconnect`, whatever page is shown: make one for the tab, above the routes. */
export const webBluetoothSensor = (options: WebBluetoothOptions): Sensor => new WebBluetoothSensor(STRAP, options)
/** A bike, a power meter, a cadence sensor or a foot pod, in the same way. */
export const webBluetoothMotion = (options: WebBluetoothOptions): Sensor<MotionReading> => new WebBluetoothSensor(MOTION, options)

/** Whether this page can pair a sensor at all, and if not, why. Asks for nothing and shows nothing. */
export async function pairingPossible(
  page: { readonly isSecureContext: boolean; readonly bluetooth: Radio | undefined } = {
    isSecureContext: globalThis.isSecureContext,
    bluetooth: 'bluetooth' in navigator ? navigator.bluetooth : undefined,
  },
): Promise<{ possible: true } | { possible: false; trouble: SensorTrouble }> {
  if (!page.isSecureContext) return { possible: false, trouble: 'insecure' }
  if (!page.bluetooth) return { possible: false, trouble: 'unsupported' }
  const available = await page.bluetooth.getAvailability().catch(() => true)
  return available ? { possible: true } : { possible: false, trouble: 'bluetooth_off' }
}

class WebBluetoothSensor<R> implements Sensor<R> {
  readonly #wanted: Wanted<R>
  readonly #feed = new SensorFeed<R>()
  readonly #bluetooth: Radio
  #rememberedName: string | null
  /** `connect` and `disconnect` each begin a new run; what an earlier one still has under way is dropped when it comes back. */
  #run = 0
  #connecting: Promise<void> | null = null
  #device: RadioDevice | null = null
  #link: SensorLink | null = null
  #read: ReturnType<Wanted<R>['reader']> = () => null
  #batteryPct: number | null = null
  #lastPacketMs = 0
  #silence: ReturnType<typeof setTimeout> | undefined

  constructor(wanted: Wanted<R>, { bluetooth, rememberedName }: WebBluetoothOptions) {
    this.#wanted = wanted
    this.#bluetooth = bluetooth
    this.#rememberedName = rememberedName || null
  }

  get kind(): SensorKind {
    return this.#wanted.kind
  }
  get state(): SensorState {
    return this.#feed.state
  }
  onReading(listener: (reading: R) => void): () => void {
    return this.#feed.onReading(listener)
  }
  onState(listener: (state: SensorState) => void): () => void {
    return this.#feed.onState(listener)
  }

  connect(): Promise<void> {
    if (this.state.state === 'live' || this.state.state === 'reconnecting') return Promise.resolve()
    this.#connecting ??= this.#pair(++this.#run)
    return this.#connecting
  }

  disconnect(): void {
    this.#run++
    this.#connecting = null
    this.#closeLink()
    this.#device?.gatt?.disconnect() // also ends a connect that is still under way
    this.#device = null
    this.#feed.say({ state: 'idle' })
  }

  async #pair(run: number): Promise<void> {
    const trouble = await this.#chooseAndOpen(run)
    if (run !== this.#run) return
    this.#connecting = null
    if (trouble !== null) this.#feed.say({ state: 'failed', trouble, name: this.#name || null })
  }

  async #chooseAndOpen(run: number): Promise<SensorTrouble | null> {
    this.#device = null
    this.#feed.say({ state: 'choosing' })
    let device: RadioDevice
    try {
      // Nothing may be awaited before this: the chooser opens only while the click still counts.
      const services = this.#wanted.sources.map(({ service }) => service)
      const named = this.#rememberedName ? { name: this.#rememberedName } : {}
      // A filter wants all of its services, and a device need have only one.
      const filters = services.map((service) => ({ services: [service], ...named }))
      device = await this.#bluetooth.requestDevice({ filters, optionalServices: [...(services.length > 1 ? services : []), BATTERY] })
    } catch (error) {
      this.#rememberedName = null
      return chooserTrouble(error)
    }
    if (run !== this.#run) return null
    this.#device = device
    this.#batteryPct = null
    this.#feed.say({ state: 'connecting', name: this.#name || null })
    for (let tries = 1; ; tries++) {
      const trouble = await this.#open(run, device)
      if (trouble === null || trouble === 'blocked' || tries === FIRST_TRIES || run !== this.#run) return trouble
      await wait(RETRY_MS)
      if (run !== this.#run) return null
    }
  }

  /** One try at a link. `null`: it stands, or nobody wants it any more. */
  async #open(run: number, device: RadioDevice): Promise<SensorTrouble | null> {
    try {
      this.#read = this.#wanted.reader()
      const link = await openSensorLink(device, this.#wanted.sources, {
        onPacket: (characteristic, bytes) => this.#hear(run, characteristic, bytes),
        onBattery: (percent) => {
          this.#batteryPct = percent
          if (this.state.state === 'live') this.#sayLive()
        },
        onDrop: () => void this.#reconnect(run, device, 'out_of_range'),
      })
      if (run !== this.#run) {
        link.close()
        return null
      }
      this.#link = link
      this.#lastPacketMs = performance.now()
      this.#awaitData(run, device)
      this.#sayLive()
      return null
    } catch (error) {
      return linkTrouble(error)
    }
  }

  async #reconnect(run: number, device: RadioDevice, trouble: SensorTrouble): Promise<void> {
    if (run !== this.#run) return
    this.#closeLink()
    const sinceMs = performance.now()
    for (let attempt = 1; ; attempt++) {
      this.#feed.say({ state: 'reconnecting', name: this.#name, trouble, attempt, sinceMs })
      await wait(BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length) - 1] ?? RETRY_MS)
      if (run !== this.#run || (await this.#open(run, device)) === null) return
      if (run !== this.#run) return
    }
  }

  #hear(run: number, characteristic: number, bytes: DataView): void {
    if (run !== this.#run) return
    const atMs = performance.now()
    this.#lastPacketMs = atMs
    const reading = this.#read(characteristic, bytes, atMs)
    if (reading === null) return
    if (this.#link && this.#device) {
      this.#awaitData(run, this.#device)
      if (this.state.state === 'reconnecting') this.#sayLive()
    }
    this.#feed.deliver(reading)
  }

  /** Says so when no reading comes for ten seconds; the link is kept, for the next one, unless it is dead. */
  #awaitData(run: number, device: RadioDevice): void {
    clearTimeout(this.#silence)
    const sinceMs = performance.now()
    const giveUpWhenDead = () => {
      const leftMs = DEAD_LINK_MS - (performance.now() - this.#lastPacketMs)
      if (leftMs > 0) this.#silence = setTimeout(giveUpWhenDead, leftMs)
      else void this.#reconnect(run, device, 'no_data')
    }
    this.#silence = setTimeout(() => {
      this.#feed.say({ state: 'reconnecting', name: this.#name, trouble: 'no_data', attempt: 0, sinceMs })
      giveUpWhenDead()
    }, NO_DATA_MS)
  }

  #closeLink(): void {
    clearTimeout(this.#silence)
    this.#link?.close()
    this.#link = null
  }

  get #name(): string {
    return this.#device?.name ?? ''
  }

  #sayLive(): void {
    this.#feed.say({ state: 'live', name: this.#name, batteryPct: this.#batteryPct })
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
