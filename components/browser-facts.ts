'use client'
import { useSyncExternalStore } from 'react'
import { type Device, describeDevice } from './device'

const never = () => () => undefined
let device: Device | undefined

const readDevice = (): Device =>
  (device ??= describeDevice({
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    hasBluetooth: 'bluetooth' in navigator,
    secure: window.isSecureContext,
  }))

/** What this browser can do; `null` on the server and until the page is alive. */
export const useDevice = (): Device | null => useSyncExternalStore(never, readDevice, () => null)

/** The reader's IANA zone; `null` on the server and until the page is alive. */
export const useReaderTimezone = (): string | null => useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => null)

/** The page's own address without query and fragment; empty on the server. */
export const usePageAddress = (): string => useSyncExternalStore(never, () => window.location.origin + window.location.pathname, () => '')
