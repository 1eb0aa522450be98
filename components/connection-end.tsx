'use client'
import { useState } from 'react'
import { api } from '@/lib/platform/api.client'
import type { ConnectionCard } from '@/lib/sync/connections-page'
import { connectionStrings as say } from './strings-connections'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { Dialog } from './ui-dialog'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

type Props = { card: ConnectionCard; connection: NonNullable<ConnectionCard['connection']>; onChange: () => Promise<void> }

/** Asks what becomes of what came over a connection, and says what goes in any case. Nothing is preselected. */
export const ConnectionEnd = ({ card: { provider, ownerOnlyDays }, connection, onChange }: Props) => {
  const name = say.name(provider)
  const [open, setOpen] = useState(false)
  const [data, setData] = useState<'keep' | 'erase' | null>(ownerOnlyDays === null ? null : 'erase')
  const { busy, problem, act } = useAct()
  const end = () =>
    act(async () => {
      await api('DELETE', `/api/connections/${connection.connectionId}`, { body: { erase: data === 'erase' } })
      setOpen(false)
      await onChange()
    })
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        {say.disconnect(name)}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={say.question(name)}
        description={say.ends(name)}
        actions={
          <>
            <Button variant="danger" busy={busy} disabled={data === null} onClick={() => void end()}>
              {say.yes}
            </Button>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              {say.cancel}
            </Button>
          </>
        }
      >
        {ownerOnlyDays === null ? (
          <Choice
            legend={say.what}
            name={`end-${provider}`}
            value={data}
            onChange={setData}
            options={[
              { value: 'keep', label: say.keep(connection.activities), hint: say.keepHint },
              { value: 'erase', label: say.erase, hint: say.eraseHint },
            ]}
          />
        ) : (
          <p>{say.ownerOnlyGoes(name)}</p>
        )}
        {problem ? (
          <Notice tone="error" live className="mt-4">
            {problem}
          </Notice>
        ) : null}
      </Dialog>
    </>
  )
}
