import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'

/**
 * Emulated heart-rate straps and bikes for Chromium, over the DevTools protocol: the app's own Web Bluetooth code runs unchanged.
 *
 * Chromium's fake peripheral cannot push a notification; only an answered read delivers a value. So `notify` has the page read the
 * characteristic that it subscribed to and answers that read: Chromium then fires the app's `characteristicvaluechanged`, as a
 * notification does. Traps that shaped this file: the emulation lives on the browser's session, the chooser on the page's; a chooser
 * prompt answered twice kills the browser; services vanish with the link and are built again on discovery; a read left pending over a
 * disconnect kills the browser.
 */
const HEART_RATE = 0x180d
const HEART_RATE_MEASUREMENT = 0x2a37
const STRAP: readonly Offer[] = [{ service: HEART_RATE, characteristic: HEART_RATE_MEASUREMENT }]
const BATTERY = 0x180f
const BATTERY_LEVEL = 0x2a19
const CCCD = 0x2902
const uuid = (short: number): string => `0000${short.toString(16).padStart(4, '0')}-0000-1000-8000-00805f9b34fb`

/** What a peripheral notifies, and where. */
type Offer = { readonly service: number; readonly characteristic: number }
type Characteristic = { id: string; queue: Uint8Array[]; subscribed: boolean; value: Uint8Array | null }

/** In the page: remembers which characteristics the app subscribed to, so that a notification can be delivered to them. */
function rememberSubscriptions(): void {
  const prototype = (globalThis as { BluetoothRemoteGATTCharacteristic?: { prototype: BluetoothRemoteGATTCharacteristic } }).BluetoothRemoteGATTCharacteristic?.prototype
  if (!prototype) return
  const subscribed = new Set<BluetoothRemoteGATTCharacteristic>()
  const { startNotifications, stopNotifications } = prototype
  prototype.startNotifications = async function () {
    const result = await startNotifications.call(this)
    subscribed.add(this)
    return result
  }
  prototype.stopNotifications = async function () {
    subscribed.delete(this)
    return stopNotifications.call(this)
  }
  Object.assign(globalThis, {
    readSubscribed: async (id: string, name: string) => {
      const live = [...subscribed].reverse().find((c) => c.uuid === id && c.service.device.gatt?.connected && c.service.device.name === name)
      const any = live ?? [...subscribed].reverse().find((c) => c.uuid === id && c.service.device.gatt?.connected)
      if (!any) throw new Error(`no live subscription for ${id}`)
      await any.readValue()
    },
  })
}

declare global {
  /** Set by `withStraps`: reads a characteristic again, which is how an emulated one notifies. */
  var readSubscribed: (id: string, name: string) => Promise<void>
}

/** A strap, or anything else that notifies: the first of what it offers is what is meant where nothing is said. */
export class Strap {
  private built = false
  private readonly characteristics = new Map<number, Characteristic>()
  connectCode = 0

  constructor(
    private readonly cdp: CDPSession,
    readonly address: string,
    readonly name: string,
    private readonly byId: Map<string, Characteristic>,
    private readonly batteryPct: number,
    private readonly offers: readonly Offer[],
  ) {}

  async discovered(): Promise<void> {
    if (this.built) return
    this.built = true
    for (const { service, characteristic } of this.offers) await this.add(service, characteristic, null)
    await this.add(BATTERY, BATTERY_LEVEL, Uint8Array.of(this.batteryPct))
  }

  private async add(service: number, short: number, value: Uint8Array | null): Promise<void> {
    const { serviceId } = await this.cdp.send('BluetoothEmulation.addService', { address: this.address, serviceUuid: uuid(service) })
    const { characteristicId } = await this.cdp.send('BluetoothEmulation.addCharacteristic', {
      serviceId,
      characteristicUuid: uuid(short),
      properties: { read: true, notify: value === null },
    })
    // startNotifications() is refused without the client characteristic configuration descriptor.
    if (value === null) await this.cdp.send('BluetoothEmulation.addDescriptor', { characteristicId, descriptorUuid: uuid(CCCD) })
    const characteristic: Characteristic = { id: characteristicId, queue: [], subscribed: false, value }
    this.characteristics.set(short, characteristic)
    this.byId.set(characteristicId, characteristic)
  }

  get subscribed(): boolean {
    return this.offers.every(({ characteristic }) => this.characteristics.get(characteristic)?.subscribed)
  }

  /** One notification with exactly these bytes. */
  async notify(page: Page, bytes: readonly number[], short = this.offers[0]?.characteristic ?? 0): Promise<void> {
    const characteristic = this.characteristics.get(short)
    if (!characteristic?.subscribed) throw new Error(`${this.name}: the app has not subscribed`)
    characteristic.queue.push(Uint8Array.from(bytes))
    await page.evaluate(([id, name]) => globalThis.readSubscribed(id, name), [uuid(short), this.name] as const)
  }

  /** The link drops, as when the wearer walks out of range. */
  async drop(): Promise<void> {
    this.built = false
    for (const characteristic of this.characteristics.values()) {
      characteristic.queue.length = 0
      characteristic.subscribed = false
    }
    await this.cdp.send('BluetoothEmulation.simulateGATTDisconnection', { address: this.address })
  }
}

/** One radio a browser: Chromium emulates Bluetooth per process, so all pages of a browser see the same straps. */
export async function bluetoothRadio(browser: Browser): Promise<{ strap(address: string, name: string, batteryPct?: number, offers?: readonly Offer[]): Promise<Strap>; off(): Promise<void> }> {
  const cdp = await browser.newBrowserCDPSession()
  const straps = new Map<string, Strap>()
  const byId = new Map<string, Characteristic>()
  await cdp.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true })
  cdp.on('BluetoothEmulation.gattOperationReceived', async ({ address, type }) => {
    const strap = straps.get(address)
    if (!strap) return
    if (type === 'discovery') await strap.discovered()
    await cdp.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: type === 'connection' ? strap.connectCode : 0 }).catch(() => undefined)
  })
  cdp.on('BluetoothEmulation.characteristicOperationReceived', async ({ characteristicId, type }) => {
    const characteristic = byId.get(characteristicId)
    if (!characteristic) return
    if (type === 'read') {
      const value = characteristic.queue.shift() ?? characteristic.value
      const answer = value ? { code: 0, data: Buffer.from(value).toString('base64') } : { code: 2 }
      await cdp.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, ...answer })
      return
    }
    if (type === 'subscribe-to-notifications') characteristic.subscribed = true
    if (type === 'unsubscribe-from-notifications') characteristic.subscribed = false
    await cdp.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, code: 0 })
  })
  return {
    async strap(address, name, batteryPct = 87, offers = STRAP) {
      const strap = new Strap(cdp, address, name, byId, batteryPct, offers)
      straps.set(address, strap)
      await cdp.send('BluetoothEmulation.simulatePreconnectedPeripheral', { address, name, manufacturerData: [], knownServiceUuids: [...offers.map(({ service }) => service), BATTERY].map(uuid) })
      return strap
    },
    /** The emulation does not outlive the navigation of a page that held a strap: switch it off and make another. */
    async off() {
      await cdp.send('BluetoothEmulation.disable')
      await cdp.detach()
    },
  }
}

export const withStraps = (context: BrowserContext): Promise<unknown> => context.addInitScript(rememberSubscriptions)

/** Answers the browser's device chooser on this page with the given strap, each time it opens. */
export async function chooseStrap(page: Page, strap: Strap): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('DeviceAccess.enable')
  const answered = new Set<string>()
  cdp.on('DeviceAccess.deviceRequestPrompted', async ({ id, devices }) => {
    const device = devices.find((candidate) => candidate.id === strap.address)
    if (answered.has(id) || !device) return
    answered.add(id)
    await cdp.send('DeviceAccess.selectPrompt', { id, deviceId: device.id })
  })
}

/** Bytes of a Heart Rate Measurement with skin contact and RR: flags, bpm (u8, or u16 above 255 or when asked), RR in 1/1024 s. */
export function measurement(bpm: number, { rr = [] as number[], wide = false, contact = true as boolean | null } = {}): number[] {
  const flags = (wide ? 1 : 0) | (contact === null ? 0 : contact ? 6 : 4) | (rr.length > 0 ? 16 : 0)
  return [flags, bpm & 255, ...(wide ? [bpm >> 8] : []), ...rr.flatMap((ticks) => [ticks & 255, ticks >> 8])]
}

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255]

/** Bytes of Indoor Bike Data (0x2AD2): speed in 0.01 km/h, cadence in 0.5 / min, watts. */
export const bikeData = (watts: number, { cadence = 90, kmh = 30 } = {}): number[] => [...u16(0b100_0100), ...u16(kmh * 100), ...u16(cadence * 2), ...u16(watts)]
/** Bytes of Cycling Power Measurement (0x2A63): watts alone. */
export const powerMeasurement = (watts: number): number[] => [0, 0, ...u16(watts)]
