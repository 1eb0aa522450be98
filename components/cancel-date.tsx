'use client'
import { useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { scheduleStrings as say } from './strings-schedule'
import { Button } from './ui-button'
import { Dialog } from './ui-dialog'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

/** Asks once, with room for a word to the members. */
export const CancelDate = ({ classId, when, onClose, onDone }: { classId: string; when: string; onClose: () => void; onDone: () => void }) => {
  const [note, setNote] = useState('')
  const { busy, problem, act } = useAct({ leaves: true })
  const cancel = () =>
    act(async () => {
      await api('POST', `/api/classes/${classId}/cancel`, { body: { note } })
      onDone()
    })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={say.cancelTitle(when)}
      description={say.cancelText}
      actions={
        <>
          <Button variant="danger" busy={busy} onClick={() => void cancel()}>
            {say.cancelDo}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {say.keep}
          </Button>
        </>
      }
    >
      <TextField label={say.cancelNote} placeholder={say.cancelNotePlaceholder} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      {problem ? <Notice tone="error" live className="mt-4">{problem}</Notice> : null}
    </Dialog>
  )
}
