'use client'
import { type SubmitEvent, useId, useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { words } from './strings'
import { scheduleStrings as say } from './strings-schedule'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { Dialog } from './ui-dialog'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useFocusError } from './use-focus-error'

export type DateToChange = {
  classId: string
  title: string
  durationMin: number
  capacity: number
  /** On the wall clock of the series: `2026-11-26` and `18:30`. */
  startsOn: string
  localStart: string
  /** One of a rule, so that others follow it. */
  repeats: boolean
}
const FIELDS = ['title', 'durationMin', 'capacity', 'startsOn', 'localStart']

/** Another time, name, length or number of places, for one date or for it and all that follow. Only what was changed is sent. */
export const ChangeDate = ({ date, onClose, onDone }: { date: DateToChange; onClose: () => void; onDone: () => void }) => {
  const id = useId()
  const before = { title: date.title, durationMin: String(date.durationMin), capacity: String(date.capacity), startsOn: date.startsOn, localStart: date.localStart }
  const [answers, setAnswers] = useState(before)
  const [scope, setScope] = useState<'this' | 'following'>('this')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const form = useFocusError(errors)
  const field = (name: keyof typeof answers) => ({
    name,
    value: answers[name],
    onChange: (event: { target: { value: string } }) => setAnswers({ ...answers, [name]: event.target.value }),
    error: errors.fields[name],
  })
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const changed = Object.entries(answers).filter(([name, value]) => before[name as keyof typeof before] !== value)
    const number = (name: string) => name === 'durationMin' || name === 'capacity'
    setBusy(true)
    setErrors(NO_ERRORS)
    try {
      const body = { scope, ...Object.fromEntries(changed.map(([name, value]) => [name, number(name) ? Number(value) : value.trim()])) }
      await api('PATCH', `/api/classes/${date.classId}`, { body })
      onDone()
    } catch (error) {
      setBusy(false)
      setErrors(formErrors(error, FIELDS))
    }
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={say.editTitle}
      actions={
        <>
          <Button type="submit" form={id} busy={busy}>
            {say.save}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {words.close}
          </Button>
        </>
      }
    >
      <form ref={form} id={id} onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <div className="grid grid-cols-2 gap-4">
          <TextField label={say.date} type="date" {...field('startsOn')} />
          <TextField label={say.time} type="time" className="figures" {...field('localStart')} />
        </div>
        <TextField label={say.name} maxLength={80} autoComplete="off" {...field('title')} />
        <div className="grid grid-cols-2 gap-4">
          <TextField label={say.duration} suffix={words.newClass.minutes} inputMode="numeric" className="figures" {...field('durationMin')} />
          <TextField label={say.capacity} inputMode="numeric" className="figures" {...field('capacity')} />
        </div>
        {date.repeats ? (
          <Choice
            legend={say.scope}
            name="scope"
            value={scope}
            onChange={setScope}
            options={[
              { value: 'this', label: say.scopeThis },
              { value: 'following', label: say.scopeFollowing, hint: say.scopeFollowingHint },
            ]}
          />
        ) : null}
        {errors.form ? <Notice tone="error" live>{errors.form}</Notice> : null}
      </form>
    </Dialog>
  )
}
