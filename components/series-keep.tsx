'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { scheduleStrings as say } from './strings-schedule'
import { Button } from './ui-button'
import { Dialog } from './ui-dialog'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

/** Keeps the settings and the plan of a series under a name, to start another from. */
export const SaveTemplate = ({ seriesId, title }: { seriesId: string; title: string }) => {
  const [name, setName] = useState(title)
  const [state, setState] = useState<{ busy: boolean; saved: boolean; problem: string | null }>({ busy: false, saved: false, problem: null })
  const save = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setState({ busy: true, saved: false, problem: null })
    try {
      await api('POST', '/api/templates', { body: { seriesId, name } })
      setState({ busy: false, saved: true, problem: null })
    } catch (error) {
      const { form, fields } = formErrors(error, ['name'])
      setState({ busy: false, saved: false, problem: fields.name ?? form })
    }
  }
  return (
    <form onSubmit={(event) => void save(event)} noValidate className="space-y-3">
      <div className="flex flex-col gap-2 sm:flex-row sm:items-end">
        <TextField label={say.templateName} maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} error={state.problem} className="grow" />
        <Button type="submit" variant="secondary" busy={state.busy} className="min-h-12">
          {say.saveTemplate}
        </Button>
      </div>
      {state.saved ? <Notice tone="done" live>{say.templateSaved}</Notice> : null}
    </form>
  )
}

/** Deletes a template; a click on a list, with nothing that could be lost but a form's answers. */
export const DeleteTemplate = ({ templateId, name }: { templateId: string; name: string }) => {
  const router = useRouter()
  const remove = async () => {
    // One that is gone already is gone; anything else shows by its still being there.
    await api('DELETE', `/api/templates/${templateId}`).catch((error: unknown) => formErrors(error, []))
    router.refresh()
  }
  return (
    <Button variant="quiet" aria-label={say.templateDeleteOf(name)} onClick={() => void remove()}>
      {say.templateDelete}
    </Button>
  )
}

/** No more dates; asked once. */
export const EndSeries = ({ seriesId }: { seriesId: string }) => {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { busy, problem, act } = useAct()
  const end = () =>
    act(async () => {
      await api('POST', `/api/series/${seriesId}/end`)
      setOpen(false)
      router.refresh()
    })
  return (
    <>
      <p className="mb-3 text-soft">{say.endText}</p>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {say.endDo}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={say.endAsk}
        description={say.endText}
        actions={
          <>
            <Button variant="danger" busy={busy} onClick={() => void end()}>
              {say.endDo}
            </Button>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {say.keep}
            </Button>
          </>
        }
      >
        {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      </Dialog>
    </>
  )
}
