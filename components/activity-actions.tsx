'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { Download } from 'lucide-react'
import type { ExportFormat } from '@/lib/activities/export-file'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { Confirm } from './room-confirm'
import { historyStrings } from './strings-history'
import { Button, buttonLook } from './ui-button'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'

const words = historyStrings.page

type ActionsProps = { activityId: string; title: string; formats: readonly ExportFormat[]; canChange: boolean; canErase: boolean }

/** What its owner does with an activity: takes it home, names it, deletes it. */
export const ActivityActions = ({ activityId, title, formats, canChange, canErase }: ActionsProps) => {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const erase = async () => {
    await api('DELETE', `/api/activities/${activityId}`)
    router.replace('/history')
    router.refresh()
  }
  const question = { title: words.eraseQuestion, text: words.eraseText, yes: words.eraseYes, danger: true, run: erase }
  return (
    <div className="mt-10 space-y-8 border-t border-line pt-8">
      {formats.length > 0 ? (
        <section>
          <h2 className="mb-3 type-heading">{words.export}</h2>
          <div className="flex flex-wrap gap-2">
            {formats.map((format) => (
              <a key={format} href={`/api/activities/${activityId}/file?format=${format}`} download className={buttonLook({ variant: 'secondary' })}>
                <Download aria-hidden />
                {words.as(format)}
              </a>
            ))}
          </div>
        </section>
      ) : null}
      {canChange ? <Rename activityId={activityId} title={title} /> : null}
      {canErase ? (
        <Button variant="quiet" onClick={() => setAsking(true)}>
          {words.erase}
        </Button>
      ) : null}
      <Confirm onStage={false} question={asking ? question : null} onDone={() => setAsking(false)} />
    </div>
  )
}

const Rename = ({ activityId, title }: { activityId: string; title: string }) => {
  const router = useRouter()
  const [text, setText] = useState(title)
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle')
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setState('busy')
    setProblem(null)
    try {
      await api('PATCH', `/api/activities/${activityId}`, { body: { title: text.trim() || null } })
      setState('saved')
      router.refresh()
    } catch (cause) {
      setState('idle')
      setProblem(formErrors(cause, []).form)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 grow">
        <TextField label={words.rename} name="title" maxLength={80} value={text} onChange={({ target }) => (setText(target.value), setState('idle'))} />
      </div>
      <Button type="submit" variant="secondary" busy={state === 'busy'}>
        {words.save}
      </Button>
      <p role="status" className="text-base text-soft">
        {state === 'saved' ? words.saved : ''}
      </p>
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
    </form>
  )
}
