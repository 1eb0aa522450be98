import { readBatteryLevel } from './battery-level'
import type { RadioDevice, RadioServer } from './bluetooth-radio'

export const HEART_RATE = 0x180d
const HEART_RATE_MEASUREMENT = 0x2a37
export const BATTERY = 0x180f
const BATTERY_LEVEL = 0x2a19

/** A strap may need this long to answer; some systems never reject a connect by themselves. */
const ANSWER_MS = 15_000

export type HeartRateLink = { close(): void }
export type LinkEvents = {
  /** The bytes of one notification of 0x2A37. */
  onPacket(bytes: DataView): void
  onBattery(percent: number): void
  /** The link dropped by itself; nothing more comes from it. */
  onDrop(): void
}

/**
 * One link to a strap: connects, finds the heart-rate characteristic anew (services die with each link) and subscribes. The battery is
 * followed beside it, if there is one. Rejects with the browser's error, or a TimeoutError; a link that failed or was closed says nothing.
 */
export async function openHeartRateLink(device: RadioDevice, events: LinkEvents): Promise<HeartRateLink> {
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
    const server = await Promise.race([subscribe(gatt, events, ended.signal), interrupted])
    open = true
    // One request at a time is what straps bear, so the battery comes after. One without it is as good.
    followBattery(server, events, ended.signal).catch(() => undefined)
    return { close }
  } catch (error) {
    close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function subscribe(gatt: RadioServer, { onPacket }: LinkEvents, signal: AbortSignal): Promise<RadioServer> {
  const server = await gatt.connect()
  signal.throwIfAborted()
  const service = await server.getPrimaryService(HEART_RATE)
  const characteristic = await service.getCharacteristic(HEART_RATE_MEASUREMENT)
  signal.throwIfAborted()
  const hear = () => {
    if (characteristic.value) onPacket(characteristic.value)
  }
  characteristic.addEventListener('characteristicvaluechanged', hear, { signal })
  await characteristic.startNotifications()
  return server
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
