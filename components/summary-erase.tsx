'use client'
import { useState, type ReactNode } from 'react'
import { useRouter } from 'next/navigation'
import { api } from '@/lib/platform/api.client'
import { Confirm } from './room-confirm'
import { firstName } from './strings-room'
import { summaryStrings } from './strings-summary'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

const words = summaryStrings.erase

/** Whose recording: the caller's in a class, or that of the person whose link was opened. */
export type Recording = { readonly classId: string } | { readonly token: string }

/** What can be deleted, with the way to delete it; afterwards the word that it is gone stands in its place. */
export const SummaryErase = ({ recording, hostName, children }: { recording: Recording; hostName: string; children: ReactNode }) => {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState(false)
  const erase = async () => {
    if ('token' in recording) await api('POST', '/api/summary-links/erase', { headers: { authorization: `Bearer ${recording.token}` } })
    else await api('DELETE', `/api/classes/${recording.classId}/summary`)
    setErased(true)
    // Going back must not draw the figures from this tab's memory. A link, now dead, would only say that it is dead.
    if ('classId' in recording) router.refresh()
  }
  if (erased) return <SummaryErased hostName={hostName} />
  const question = { title: words.question, text: words.goes(firstName(hostName)), yes: words.yes, danger: true, run: erase }
  return (
    <>
      {children}
      <Button variant="quiet" className="-ml-4" onClick={() => setAsking(true)}>
        {words.open}
      </Button>
      <Confirm onStage={false} question={asking ? question : null} onDone={() => setAsking(false)} />
    </>
  )
}

/** Said in place of the figures. */
export const SummaryErased = ({ hostName }: { hostName: string }) => (
  <Notice tone="done" live title={words.done}>
    {words.stays(firstName(hostName))}
  </Notice>
)
