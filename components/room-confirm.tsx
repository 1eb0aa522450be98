'use client'
import { useState } from 'react'
import { formErrors } from './form-errors'
import { roomStrings } from './strings-room'
import { Button } from './ui-button'
import { Dialog } from './ui-dialog'

const words = roomStrings.confirm

/** A question that names what follows from a yes. */
export type Question = {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly danger?: boolean
  readonly run: () => Promise<void>
}

/** `null`: nothing is asked. A refusal is shown where the question stood, so that it can be tried again. */
export const Confirm = ({ question, onDone, onStage = true }: { question: Question | null; onDone: () => void; onStage?: boolean }) => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const close = () => {
    setError(null)
    onDone()
  }
  const answer = async () => {
    if (!question) return
    setBusy(true)
    try {
      await question.run()
      close()
    } catch (cause) {
      setError(formErrors(cause, []).form)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      onStage={onStage}
      open={question !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={question?.title ?? ''}
      description={question?.text}
      actions={
        <>
          <Button variant={question?.danger ? 'danger' : 'primary'} busy={busy} onClick={() => void answer()}>
            {question?.yes}
          </Button>
          <Button variant="quiet" onClick={close}>
            {words.cancel}
          </Button>
        </>
      }
    >
      {error ? (
        <p role="alert" className="text-base text-danger">
          {error}
        </p>
      ) : null}
    </Dialog>
  )
}
