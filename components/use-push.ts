'use client'
import { useEffect, useState } from 'react'
import { findPushState, type PushState } from '@/lib/notifications/push-browser.client'
import { useDevice } from './browser-facts'

/** What this browser can do about being woken, with the reason where it cannot; `null` until it is known. */
export type PushHere = PushState | 'insecure' | 'in_app' | 'iphone_tab'

export const usePush = (publicKey: string | null): { push: PushHere | null; setPush: (state: PushState) => void } => {
  const device = useDevice()
  const [state, setPush] = useState<PushState | null>(null)
  useEffect(() => {
    let here = true
    void findPushState(publicKey).then((found) => {
      if (here) setPush(found)
    })
    return () => {
      here = false
    }
  }, [publicKey])
  if (device === null || state === null) return { push: null, setPush }
  if (state !== 'unsupported') return { push: state, setPush }
  if (device.strap === 'insecure') return { push: 'insecure', setPush }
  if (device.inApp !== null) return { push: 'in_app', setPush }
  return { push: device.strap === 'iphone' ? 'iphone_tab' : 'unsupported', setPush }
}
