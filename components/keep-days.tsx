'use client'
import { type SubmitEvent, useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { memberStrings } from './strings-member'
import { Button } from './ui-button'
import { SelectField } from './ui-field'
import { Notice } from './ui-notice'

const say = memberStrings.keepDays
const OFFERED = [8, 30, 90, 365, 3650]

/** How long this person's raw heart rates outlive their classes. */
export const KeepDaysForm = ({ keepDays }: { keepDays: number }) => {
  const [days, setDays] = useState(keepDays)
  const [saved, setSaved] = useState(keepDays)
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle')
  const [problem, setProblem] = useState<string | null>(null)
  const choices = OFFERED.includes(keepDays) ? OFFERED : [...OFFERED, keepDays].sort((a, b) => a - b)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setState('busy')
    setProblem(null)
    try {
      await api('PATCH', '/api/profile', { body: { keepDays: days } })
      setSaved(days)
      setState('saved')
    } catch (error) {
      setState('idle')
      setProblem(formErrors(error, []).form)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4">
      <SelectField
        label={say.label}
        hint={days < saved ? say.shorter : undefined}
        name="keepDays"
        value={String(days)}
        onChange={(event) => {
          setDays(Number(event.target.value))
          setState('idle')
        }}
        options={choices.map((count) => ({ value: String(count), label: say.days(count) }))}
      />
      {problem ? (
        <Notice tone="error" live>
          {problem}
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={state === 'busy'}>
          {say.save}
        </Button>
        <p role="status" className="text-base text-soft">
          {state === 'saved' ? say.saved(saved) : ''}
        </p>
      </div>
    </form>
  )
}
