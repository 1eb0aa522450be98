'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import type { Need } from '@/lib/physiology/figure'
import { api } from '@/lib/platform/api.client'
import { now } from '@/lib/platform/clock'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { summaryStrings } from './strings-summary'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const words = summaryStrings.give
export type Wanted = Exclude<Need, 'heart_rate' | 'recovery_minute'>
const FIELDS = ['birthYear', 'hrmaxBpm', 'hrrestBpm', 'weightKg'] as const
type Field = (typeof FIELDS)[number]
const ASKED: Readonly<Record<Field, readonly Wanted[]>> = {
  birthYear: ['age_or_hrmax', 'age'],
  hrmaxBpm: ['age_or_hrmax'],
  hrrestBpm: ['hrrest'],
  weightKg: ['weight'],
}
const LABEL: Readonly<Record<Field, string>> = {
  birthYear: words.birthYear,
  hrmaxBpm: words.hrmax,
  hrrestBpm: words.hrrest,
  weightKg: words.weight,
}
const SUFFIX: Readonly<Record<Field, string | undefined>> = { birthYear: undefined, hrmaxBpm: 'bpm', hrrestBpm: 'bpm', weightKg: 'kg' }

/** What the figures lack, and nothing else; saved in the profile, then this summary is computed again. */
export const SummaryGive = ({ classId, wanted }: { classId: string; wanted: readonly Wanted[] }) => {
  const router = useRouter()
  const [text, setText] = useState<Record<Field, string>>({ birthYear: '', hrmaxBpm: '', hrrestBpm: '', weightKg: '' })
  const [sex, setSex] = useState<'female' | 'male' | null>(null)
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const asked = FIELDS.filter((field) => ASKED[field].some((need) => wanted.includes(need)))

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const change: Record<string, number | string> = {}
    const fields: Record<string, string> = {}
    for (const field of asked) {
      const typed = text[field].trim().replace(',', '.')
      if (typed === '') continue
      const value = Number(typed)
      if (Number.isFinite(value)) change[field] = value
      else fields[field] = words.notNumber
    }
    if (sex) change.sex = sex
    if (Object.keys(fields).length > 0) return setErrors({ form: null, fields })
    if (Object.keys(change).length === 0) return setErrors({ form: words.nothingGiven, fields: {} })
    setErrors(NO_ERRORS)
    setBusy(true)
    try {
      await api('PATCH', `/api/profile?classId=${encodeURIComponent(classId)}`, { body: change })
      await api('POST', `/api/classes/${classId}/summary/recompute`)
      router.refresh()
    } catch (cause) {
      setErrors(formErrors(cause, asked))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="space-y-4 rounded-panel bg-sunk p-5">
      <div>
        <h2 className="type-heading">{words.title}</h2>
        <p className="text-base text-soft">{words.text}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {asked.map((field) => (
          <TextField
            key={field}
            label={LABEL[field]}
            suffix={SUFFIX[field]}
            name={field}
            inputMode={field === 'weightKg' ? 'decimal' : 'numeric'}
            autoComplete={field === 'birthYear' ? 'bday-year' : 'off'}
            placeholder={field === 'birthYear' ? String(new Date(now()).getUTCFullYear() - 40) : undefined}
            value={text[field]}
            error={errors.fields[field]}
            onChange={(event) => setText({ ...text, [field]: event.target.value })}
          />
        ))}
      </div>
      {wanted.includes('sex') ? (
        <Choice
          legend={words.sex}
          hint={words.sexHint}
          name="sex"
          layout="row"
          value={sex}
          onChange={setSex}
          options={[
            { value: 'female', label: words.female },
            { value: 'male', label: words.male },
          ]}
        />
      ) : null}
      {errors.form ? (
        <Notice tone="error" live>
          {errors.form}
        </Notice>
      ) : null}
      <Button type="submit" busy={busy}>
        {words.save}
      </Button>
    </form>
  )
}

/** The profile has changed since; an old summary changes only when its owner says so. */
export const SummaryAgain = ({ classId }: { classId: string }) => {
  const router = useRouter()
  const { busy, problem: error, act } = useAct()
  const again = () =>
    act(async () => {
      await api('POST', `/api/classes/${classId}/summary/recompute`)
      router.refresh()
    })
  return (
    <Notice
      actions={
        <Button variant="secondary" busy={busy} onClick={() => void again()}>
          {words.again}
        </Button>
      }
    >
      <p>{words.againText}</p>
      {error ? (
        <p role="alert" className="text-danger">
          {error}
        </p>
      ) : null}
    </Notice>
  )
}
