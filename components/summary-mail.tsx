'use client'
import { type SubmitEvent, useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { summaryStrings } from './strings-summary'
import { Button } from './ui-button'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const words = summaryStrings.mail

/** For a guest: an address for the link, and for nothing else. */
export const SummaryMail = ({ classId }: { classId: string }) => {
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { busy, problem, act } = useAct({ field: 'email' })
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (await act(() => api('POST', `/api/classes/${classId}/summary/mail`, { body: { email: email.trim() } }))) setSentTo(email.trim())
  }
  if (sentTo !== null)
    return (
      <Notice tone="done" live>
        {words.done(sentTo)}
      </Notice>
    )
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-3">
      <div>
        <h2 className="type-heading">{words.title}</h2>
        <p className="text-base text-soft">{words.text}</p>
      </div>
      <div className="flex flex-col gap-2 sm:flex-row sm:items-end">
        <TextField
          label={words.email}
          type="email"
          name="email"
          autoComplete="email"
          value={email}
          error={problem}
          onChange={(event) => setEmail(event.target.value)}
          className="grow"
        />
        <Button type="submit" variant="secondary" busy={busy} className="min-h-12 shrink-0">
          {words.send}
        </Button>
      </div>
    </form>
  )
}
