'use client'
import { useEffect, useState, type ReactNode } from 'react'
import { OfferedCode } from '@/lib/accounts/device'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { deviceStrings as words } from './strings-devices'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

type Wanted = { kind: 'screen'; part: 'main' | 'sensor' } | { kind: 'remote' }

/** Asks for a code once the panel is open, and shows what `children` makes of it. */
export const OfferCode = ({ classId, wanted, children }: { classId: string; wanted: Wanted; children: (code: string) => ReactNode }) => {
  const [code, setCode] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [asked, setAsked] = useState(0)
  const body = JSON.stringify(wanted)
  useEffect(() => {
    const stop = new AbortController()
    api('POST', `/api/classes/${classId}/pairings`, { body: JSON.parse(body), reply: OfferedCode, signal: stop.signal })
      .then((offer) => setCode(offer.code))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setProblem(formErrors(error, []).form)
      })
    return () => stop.abort()
  }, [classId, body, asked])
  const again = () => {
    setCode(null)
    setProblem(null)
    setAsked((count) => count + 1)
  }
  return (
    <div className="space-y-4">
      {problem ? <Notice tone="error" live>{problem}</Notice> : code === null ? <p className="text-soft">{words.making}</p> : children(code)}
      <p className="flex flex-wrap items-center justify-between gap-2 text-small text-soft">
        {words.codeLives}
        <Button variant="quiet" onClick={again}>
          {words.another}
        </Button>
      </p>
    </div>
  )
}

/** Six characters, large enough to be read from an arm's length. */
export const BigCode = ({ code, className }: { code: string; className?: string }) => (
  <p
    data-code={code}
    aria-label={[...code].join(' ')}
    className={className ?? 'figures rounded-control bg-sunk px-4 py-3 text-center text-[2.5rem] leading-none font-bold tracking-[0.12em] text-ink'}
  >
    {words.code(code)}
  </p>
)
