import { readBatteryLevel } from './battery-level'
import type { RadioDevice, RadioServer } from './bluetooth-radio'

/** A characteristic that notifies, within its service. */
export type GattSource = { readonly service: number; readonly characteristic: number }
export const BATTERY = 0x180f
const BATTERY_LEVEL = 0x2a19

/** A device may need this long to answer; some systems never reject a connect by themselves. */
const ANSWER_MS = 15_000

export type SensorLink = { close(): void }
export type LinkEvents = {
  /** The bytes of one notification. */
  onPacket(characteristic: number, bytes: DataView): void
  onBattery(percent: number): void
  /** The link dropped by itself; nothing more comes from it. */
  onDrop(): void
}

/**
 * One link to a sensor: connects, finds which of the sources it has anew (services die with each link) and subscribes to those. The
 * battery is followed beside them, if there is one. Rejects with the browser's error (NotFoundError: it has none of them), or a
 * TimeoutError; a link that failed or was closed says nothing.
 */
export async function openSensorLink(device: RadioDevice, sources: readonly GattSource[], events: LinkEvents): Promise<SensorLink> {
  const gatt = device.gatt
  if (!gatt) throw new DOMException('This page may not connect to the device.', 'SecurityError')
  const ended = new AbortController()
  const close = () => {
    ended.abort()
    gatt.disconnect()
  }
  let open = false
  let interrupt: (error: DOMException) => void = () => undefined
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = reject
  })
  const timer = setTimeout(() => interrupt(new DOMException('The device did not answer.', 'TimeoutError')), ANSWER_MS)
  const onDrop = () => {
    if (!open) return interrupt(new DOMException('The link dropped.', 'NetworkError'))
    ended.abort()
    events.onDrop()
  }
  device.addEventListener('gattserverdisconnected', onDrop, { signal: ended.signal })
  try {
    const server = await Promise.race([subscribe(gatt, sources, events, ended.signal), interrupted])
    open = true
    // One request at a time is what sensors bear, so the battery comes after. One without it is as good.
    followBattery(server, events, ended.signal).catch(() => undefined)
    return { close }
  } catch (error) {
    close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function subscribe(gatt: RadioServer, sources: readonly GattSource[], events: LinkEvents, signal: AbortSignal): Promise<RadioServer> {
  const server = await gatt.connect()
  let missing: unknown = null
  let found = 0
  for (const source of sources) {
    signal.throwIfAborted()
    try {
      await follow(server, source, events, signal)
      found++
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error
      missing = error
    }
  }
  if (found === 0) throw missing
  return server
}

async function follow(server: RadioServer, { service, characteristic }: GattSource, { onPacket }: LinkEvents, signal: AbortSignal): Promise<void> {
  const found = await (await server.getPrimaryService(service)).getCharacteristic(characteristic)
  signal.throwIfAborted()
  const hear = () => {
    if (found.value) onPacket(characteristic, found.value)
  }
  found.addEventListener('characteristicvaluechanged', hear, { signal })
  await found.startNotifications()
}

async function followBattery(server: RadioServer, { onBattery }: LinkEvents, signal: AbortSignal): Promise<void> {
  const service = await server.getPrimaryService(BATTERY)
  const characteristic = await service.getCharacteristic(BATTERY_LEVEL)
  signal.throwIfAborted()
  const hear = () => {
    const percent = characteristic.value ? readBatteryLevel(characteristic.value) : null
    if (percent !== null) onBattery(percent)
  }
  // Reading the value fires the same event as a notification of it.
  characteristic.addEventListener('characteristicvaluechanged', hear, { signal })
  await characteristic.readValue()
  if (characteristic.properties.notify) await characteristic.startNotifications()
}
