'use client'
import { useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { summaryStrings } from './strings-summary'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

const words = summaryStrings.link

/** Whoever holds the link may take it back: it may have been forwarded by mistake. */
export const SummaryLinkRevoke = ({ token }: { token: string }) => {
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle')
  const [error, setError] = useState<string | null>(null)
  const revoke = async () => {
    setState('busy')
    setError(null)
    try {
      await api('POST', '/api/summary-links/revoke', { headers: { authorization: `Bearer ${token}` } })
      setState('done')
    } catch (cause) {
      setState('idle')
      setError(formErrors(cause, []).form)
    }
  }
  if (state === 'done')
    return (
      <Notice tone="done" live>
        {words.revoked}
      </Notice>
    )
  return (
    <div>
      <Button variant="quiet" busy={state === 'busy'} onClick={() => void revoke()}>
        {words.revoke}
      </Button>
      {error ? (
        <p role="alert" className="text-base text-danger">
          {error}
        </p>
      ) : null}
    </div>
  )
}
