'use client'
import { useState } from 'react'
import { signOut } from 'next-auth/react'
import { words } from './strings'
import { Button } from './ui-button'

export const SignOut = () => {
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    await signOut({ redirect: false })
    // A full load: nothing drawn for this account stays in the tab's memory.
    window.location.replace(new URL('/', window.location.href))
  }
  return (
    <Button variant="secondary" busy={busy} onClick={() => void leave()}>
      {words.account.signOut}
    </Button>
  )
}
