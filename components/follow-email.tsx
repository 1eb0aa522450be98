'use client'
import { type SubmitEvent, useState } from 'react'
import type { FollowState } from '@/lib/classes/follow'
import { noticeStrings } from './strings-notices'
import { Button } from './ui-button'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'

const say = noticeStrings

type FollowEmailProps = {
  state: FollowState
  typing: boolean
  busy: boolean
  error: string | null
  onType: () => void
  onSend: (email: string) => void
}

/** A guest's address: typed, asked by mail, then confirmed. An account has its own, and sees nothing here. */
export const FollowEmail = ({ state, typing, busy, error, onType, onSend }: FollowEmailProps) => {
  const [email, setEmail] = useState('')
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSend(email.trim())
  }
  if (typing)
    return (
      <form noValidate onSubmit={submit} className="flex flex-col gap-2 sm:flex-row sm:items-end">
        <TextField
          label={say.email}
          type="email"
          name="email"
          autoComplete="email"
          autoFocus
          value={email}
          error={error}
          onChange={(event) => setEmail(event.target.value)}
          className="grow"
        />
        <Button type="submit" variant="secondary" busy={busy} className="min-h-12 shrink-0">
          {say.send}
        </Button>
      </form>
    )
  if (!state.byEmail || state.email === null || state.address === 'own') return null
  const another = (
    <Button variant="quiet" onClick={onType} className="-ml-4">
      {say.another}
    </Button>
  )
  if (state.address === 'asked')
    return (
      <Notice tone="done" live actions={another}>
        {say.emailAsked(state.email)}
      </Notice>
    )
  return (
    <p className="flex flex-wrap items-center gap-x-6 text-small text-soft">
      {state.email}
      {another}
    </p>
  )
}
