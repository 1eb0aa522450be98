'use client'
import { type SubmitEvent, useState } from 'react'
import type { Profile } from '@/lib/accounts/profile'
import { ageInYears, hrmaxOf } from '@/lib/physiology/hrmax'
import { api } from '@/lib/platform/api.client'
import { now } from '@/lib/platform/clock'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { type Measure, readNumber, shownNumber, shownRange } from './profile-numbers'
import { words } from './strings'
import { TimezoneField } from './timezone-field'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { SelectField, TextField, Toggle } from './ui-field'
import { Notice } from './ui-notice'
import { useFocusError } from './use-focus-error'

const say = words.account.profile
const MEASURES = ['birthYear', 'heightCm', 'weightKg', 'hrmaxBpm', 'hrrestBpm', 'thresholdWatts'] as const satisfies readonly Measure[]
const OLDEST = 1900
const YOUNGEST_AGE = 10

const rangeOf = (measure: Measure): readonly [number, number] =>
  ({ birthYear: [OLDEST, new Date(now()).getUTCFullYear() - YOUNGEST_AGE], heightCm: [80, 250], weightKg: [25, 350], hrmaxBpm: [100, 230], hrrestBpm: [30, 110], thresholdWatts: [40, 600] } as const)[measure]

const textOf = (profile: Profile): Record<Measure, string> => ({
  birthYear: shownNumber('birthYear', profile.birthYear, profile.units),
  heightCm: shownNumber('heightCm', profile.heightCm, profile.units),
  weightKg: shownNumber('weightKg', profile.weightKg, profile.units),
  hrmaxBpm: shownNumber('hrmaxBpm', profile.hrmaxBpm, profile.units),
  hrrestBpm: shownNumber('hrrestBpm', profile.hrrestBpm, profile.units),
  thresholdWatts: shownNumber('thresholdWatts', profile.thresholdWatts, profile.units),
})

/** What a person says about themselves. Everything but the name may stay empty. */
export const ProfileForm = ({ profile, timezones }: { profile: Profile; timezones: readonly string[] }) => {
  const [name, setName] = useState(profile.name)
  const [sex, setSex] = useState(profile.sex)
  const [units, setUnits] = useState(profile.units)
  const [effortOnly, setEffortOnly] = useState(profile.effortOnly)
  const [timezone, setTimezone] = useState(profile.timezone ?? '')
  const [text, setText] = useState(() => textOf(profile))
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle')
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const form = useFocusError(errors)

  // A figure that nobody touched is what it was, and not what its rounded picture would read.
  const numberOf = (measure: Measure) => (text[measure] === shownNumber(measure, profile[measure], units) ? profile[measure] : readNumber(measure, text[measure], units))
  const problemOf = (measure: Measure): string | null => {
    const value = numberOf(measure)
    const [from, to] = rangeOf(measure)
    if (value === undefined) return say.notNumber
    return value === null || (value >= from && value <= to) ? null : say.range(...shownRange(measure, [from, to], units))
  }
  const measure = (of: Measure) => ({
    name: of,
    inputMode: DECIMAL.has(of) ? ('decimal' as const) : ('numeric' as const),
    autoComplete: 'off',
    controlClassName: 'figures',
    value: text[of],
    error: errors.fields[of],
    onChange: (event: { target: { value: string } }) => {
      setText({ ...text, [of]: event.target.value })
      setState('idle')
    },
  })
  const changeUnits = (next: typeof units) => {
    const redrawn = (of: Measure) => {
      const value = numberOf(of)
      return value === undefined ? text[of] : shownNumber(of, value, next)
    }
    setText({ ...text, heightCm: redrawn('heightCm'), weightKg: redrawn('weightKg') })
    setUnits(next)
  }

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields: Record<string, string> = {}
    for (const of of MEASURES) {
      const problem = problemOf(of)
      if (problem) fields[of] = problem
    }
    if (!name.trim()) fields.name = words.signIn.nameMissing
    setErrors({ form: null, fields })
    if (Object.keys(fields).length > 0) return
    setState('busy')
    try {
      const figures = Object.fromEntries(MEASURES.map((of) => [of, numberOf(of) ?? null]))
      await api('PATCH', '/api/profile', { body: { ...figures, name: name.trim(), sex, units, effortOnly, timezone: timezone || null } })
      setState('saved')
    } catch (error) {
      setState('idle')
      setErrors(formErrors(error, ['name', ...MEASURES]))
    }
  }

  const birthYear = problemOf('birthYear') ? null : (numberOf('birthYear') ?? null)
  const guess = hrmaxOf({ ownBpm: null, ageYears: birthYear === null ? null : ageInYears(birthYear, now()), sex })

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <TextField label={words.signIn.name} name="name" autoComplete="name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} error={errors.fields.name} />
      <Choice
        legend={say.units}
        name="units"
        layout="compact"
        value={units}
        onChange={changeUnits}
        options={[
          { value: 'metric', label: say.metric },
          { value: 'imperial', label: say.imperial },
        ]}
      />
      <div className="grid gap-x-4 gap-y-6 sm:grid-cols-2">
        <TextField label={say.birthYear} {...measure('birthYear')} />
        <SelectField
          label={say.sex}
          hint={say.sexHint}
          name="sex"
          value={sex ?? ''}
          onChange={({ target: { value } }) => setSex(value === 'female' || value === 'male' ? value : null)}
          options={[
            { value: '', label: say.sexNone },
            { value: 'female', label: say.female },
            { value: 'male', label: say.male },
          ]}
        />
        <TextField label={say.height} suffix={units === 'metric' ? say.cm : say.inches} {...measure('heightCm')} />
        <TextField label={say.weight} suffix={units === 'metric' ? say.kg : say.lb} {...measure('weightKg')} />
        <TextField label={say.hrmax} suffix={say.bpm} hint={text.hrmaxBpm ? say.hrmaxHint : guess ? say.hrmaxEstimated(guess.bpm) : say.hrmaxUnknown} {...measure('hrmaxBpm')} />
        <TextField label={say.hrrest} suffix={say.bpm} hint={say.hrrestHint} {...measure('hrrestBpm')} />
        <TextField label={say.threshold} suffix={say.watts} hint={say.thresholdHint} {...measure('thresholdWatts')} />
      </div>
      <Toggle label={say.effortOnly} hint={say.effortOnlyHint} checked={effortOnly} onChange={(event) => setEffortOnly(event.target.checked)} />
      <TimezoneField label={say.timezone} value={timezone} onChange={setTimezone} timezones={timezones} none={say.timezoneDevice} />
      {errors.form ? <Notice tone="error" live>{errors.form}</Notice> : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={state === 'busy'}>
          {say.save}
        </Button>
        <p role="status" className="text-base text-soft">
          {state === 'saved' ? say.saved : ''}
        </p>
      </div>
    </form>
  )
}

const DECIMAL: ReadonlySet<Measure> = new Set(['heightCm', 'weightKg'])
