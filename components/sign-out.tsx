'use client'
import { useState } from 'react'
import { signOut } from 'next-auth/react'
import { turnPushOff } from '@/lib/notifications/push-browser.client'
import { api } from '@/lib/platform/api.client'
import { words } from './strings'
import { Button } from './ui-button'

/** Signs out, to the front page. A full load: nothing drawn for this account stays in the tab's memory. */
export const leaveForGood = async (): Promise<void> => {
  await signOut({ redirect: false })
  window.location.replace(new URL('/', window.location.href))
}

/** Whoever uses this browser next is not told of this account's classes. Signing out does not wait for a server that is away. */
const sleepHere = async (): Promise<void> => {
  const endpoint = await turnPushOff()
  if (endpoint !== null) await api('DELETE', '/api/push-subscriptions', { body: { endpoint } }).catch(() => undefined)
}

export const SignOut = () => {
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    await sleepHere()
    await leaveForGood()
  }
  return (
    <Button variant="secondary" busy={busy} onClick={() => void leave()}>
      {words.account.signOut}
    </Button>
  )
}
