'use client'
import { useSyncExternalStore } from 'react'
import { type Device, describeDevice } from './device'

const never = () => () => undefined
let last: { seen: string; device: Device } | undefined

/** The same object while the browser says the same, as a store's snapshot must be. */
const readDevice = (): Device => {
  const facts = { userAgent: navigator.userAgent, maxTouchPoints: navigator.maxTouchPoints, hasBluetooth: 'bluetooth' in navigator, secure: window.isSecureContext }
  const seen = JSON.stringify(facts)
  if (last?.seen !== seen) last = { seen, device: describeDevice(facts) }
  return last.device
}

/** What this browser can do; `null` on the server and until the page is alive. */
export const useDevice = (): Device | null => useSyncExternalStore(never, readDevice, () => null)

/** The reader's IANA zone; `null` on the server and until the page is alive. */
export const useReaderTimezone = (): string | null => useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => null)

/** The page's own address without query and fragment; empty on the server. */
export const usePageAddress = (): string => useSyncExternalStore(never, () => window.location.origin + window.location.pathname, () => '')

/** `host:port` of the page, as somebody types it; empty on the server. */
export const usePageHost = (): string => useSyncExternalStore(never, () => window.location.host, () => '')
