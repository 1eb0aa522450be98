'use client'
import { useState } from 'react'
import { api } from '@/lib/platform/api.client'
import type { ConnectionCard } from '@/lib/sync/connections-page'
import { formErrors } from './form-errors'
import { connectionStrings as say } from './strings-connections'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

/** What was recorded before connecting: asked for once, with how far it has come. Nothing where the provider gives nothing of before. */
export const ConnectionPast = ({ card: { connection, pastDays }, onChange }: { card: ConnectionCard; onChange: () => Promise<void> }) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  if (!connection || connection.status !== 'active' || pastDays === null) return null
  const { past, connectionId } = connection
  const ask = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await api('POST', `/api/connections/${connectionId}/past`)
      await onChange()
    } catch (error) {
      setProblem(formErrors(error, []).form)
    }
    setBusy(false)
  }
  const running = past?.state === 'running' || past?.state === 'waiting'
  const percent = past ? Math.round((100 * (past.toMs - past.reachedMs)) / Math.max(1, past.toMs - past.fromMs)) : 0
  return (
    <div className="space-y-2">
      {past && running ? (
        <>
          <progress className="h-2 w-full accent-accent" max={100} value={percent} aria-label={say.pastProgress(percent, past.found)} />
          <p className="text-small text-soft">
            {say.pastProgress(percent, past.found)}
            {past.state === 'waiting' ? `. ${say.pastWaiting}` : null}
          </p>
        </>
      ) : null}
      {past?.state === 'asked' ? <p className="text-small text-soft">{say.pastAsked}</p> : null}
      {past?.state === 'done' ? <p className="text-small text-soft">{say.pastDone(past.found)}</p> : null}
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      {running || past?.state === 'asked' ? null : (
        <Button variant="secondary" busy={busy} onClick={() => void ask()}>
          {say.past(pastDays)}
        </Button>
      )}
    </div>
  )
}
