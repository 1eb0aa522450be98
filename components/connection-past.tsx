'use client'
import { api } from '@/lib/platform/api.client'
import type { ConnectionCard } from '@/lib/sync/connections-page'
import { connectionStrings as say } from './strings-connections'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

/** What was recorded before connecting: asked for once, with how far it has come. Nothing where the provider gives nothing of before. */
export const ConnectionPast = ({ card: { connection, pastDays }, onChange }: { card: ConnectionCard; onChange: () => Promise<void> }) => {
  const { busy, problem, act } = useAct()
  if (!connection || connection.status !== 'active' || pastDays === null) return null
  const { past, connectionId } = connection
  const ask = () =>
    act(async () => {
      await api('POST', `/api/connections/${connectionId}/past`)
      await onChange()
    })
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
