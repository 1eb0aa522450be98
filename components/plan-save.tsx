'use client'
import { useState } from 'react'
import { WorkoutPlan } from '@/lib/classes/workout-plan'
import { AppError } from '@/lib/platform/app-error'
import { api } from '@/lib/platform/api.client'
import { PlanEditor } from './plan-editor'
import { timerStrings } from './strings-timer'
import { Button } from './ui-button'
import { FieldError } from './ui-field'

const words = timerStrings.plan

/** The editor with its button. `onSave` rejects in words that are shown. */
export const PlanForm = ({ plan, onSave }: { plan: WorkoutPlan | null; onSave: (plan: WorkoutPlan | null) => Promise<void> }) => {
  const [draft, setDraft] = useState(plan)
  const [state, setState] = useState<'as-it-was' | 'changed' | 'saving' | 'saved'>('as-it-was')
  const [problem, setProblem] = useState<string | null>(null)
  const change = (next: WorkoutPlan | null) => {
    setDraft(next)
    setState('changed')
    setProblem(null)
  }
  const save = () => {
    const checked = WorkoutPlan.nullable().safeParse(draft)
    if (!checked.success) return setProblem(checked.error.issues[0]?.message ?? null)
    setState('saving')
    onSave(checked.data).then(
      () => setState('saved'),
      (error: unknown) => {
        setState('changed')
        setProblem(error instanceof AppError ? error.message : String(error))
      },
    )
  }
  return (
    <div className="space-y-4">
      <PlanEditor plan={draft} onChange={change} />
      <div role="alert">{problem ? <FieldError>{problem}</FieldError> : null}</div>
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={state === 'saving'} disabled={state === 'as-it-was' || state === 'saved'} onClick={save}>
          {state === 'saving' ? words.saving : words.save}
        </Button>
        {draft ? (
          <Button variant="quiet" onClick={() => change(null)}>
            {words.clear}
          </Button>
        ) : null}
        <p role="status" className="text-base font-semibold">
          {state === 'saved' ? words.saved : null}
        </p>
      </div>
    </div>
  )
}

/** The plan of a series, for the page where its trainer edits it. */
export const SeriesPlan = ({ seriesId, plan }: { seriesId: string; plan: WorkoutPlan | null }) => (
  <PlanForm plan={plan} onSave={(next) => api('PUT', `/api/series/${seriesId}/plan`, { body: { plan: next } })} />
)
