'use client'
import { useState } from 'react'
import { signOut } from 'next-auth/react'
import { words } from './strings'
import { Button } from './ui-button'

/** Signs out, to the front page. A full load: nothing drawn for this account stays in the tab's memory. */
export const leaveForGood = async (): Promise<void> => {
  await signOut({ redirect: false })
  window.location.replace(new URL('/', window.location.href))
}

export const SignOut = () => {
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    await leaveForGood()
  }
  return (
    <Button variant="secondary" busy={busy} onClick={() => void leave()}>
      {words.account.signOut}
    </Button>
  )
}
