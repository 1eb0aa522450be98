'use client'
import { useState } from 'react'
import { now } from '@/lib/platform/clock'
import type { HeartProfile } from '@/lib/room/room-view'
import { formErrors } from './form-errors'
import { heartStrings } from './strings-heart'
import { Button } from './ui-button'
import { FieldError, TextField } from './ui-field'

const words = heartStrings.question
const OLDEST = 100
const YOUNGEST = 10

type QuestionProps = { profile: HeartProfile; onSave: (change: Partial<HeartProfile>) => Promise<void>; onSkip: () => void }

/** The one optional question after pairing: age, or the own maximum, or effort instead. */
export const HeartQuestion = ({ profile, onSave, onSkip }: QuestionProps) => {
  const [year, setYear] = useState(profile.birthYear === null ? '' : String(profile.birthYear))
  const [maximum, setMaximum] = useState(profile.hrmaxBpm === null ? '' : String(profile.hrmaxBpm))
  const [errors, setErrors] = useState<{ year?: string; maximum?: string; form?: string }>({})
  const [busy, setBusy] = useState(false)
  const keep = async (change: Partial<HeartProfile>) => {
    setBusy(true)
    setErrors({})
    try {
      await onSave(change)
    } catch (cause) {
      setBusy(false)
      setErrors({ form: formErrors(cause, []).form ?? undefined })
    }
  }
  const save = () => {
    const thisYear = new Date(now()).getFullYear()
    const [birthYear, hrmaxBpm] = [wholeNumber(year), wholeNumber(maximum)]
    if (birthYear === null && hrmaxBpm === null) return setErrors({ form: words.needOne })
    if (birthYear !== null && !(birthYear >= thisYear - OLDEST && birthYear <= thisYear - YOUNGEST))
      return setErrors({ year: words.badYear(thisYear - OLDEST, thisYear - YOUNGEST) })
    if (hrmaxBpm !== null && !(hrmaxBpm >= 100 && hrmaxBpm <= 230)) return setErrors({ maximum: words.badMax })
    void keep({ birthYear, hrmaxBpm })
  }
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div>
        <h3 className="text-base font-semibold">{words.title}</h3>
        <p className="text-base text-soft">{words.text}</p>
      </div>
      <div className="grid grid-cols-2 items-start gap-3">
        <TextField
          label={words.birthYear}
          inputMode="numeric"
          autoComplete="bday-year"
          placeholder="1974"
          value={year}
          error={errors.year}
          onChange={(event) => setYear(event.target.value)}
        />
        <TextField
          label={words.hrmax}
          hint={words.or}
          inputMode="numeric"
          suffix="bpm"
          value={maximum}
          error={errors.maximum}
          onChange={(event) => setMaximum(event.target.value)}
        />
      </div>
      <div aria-live="polite">{errors.form ? <FieldError>{errors.form}</FieldError> : null}</div>
      <div className="flex gap-2">
        <Button type="submit" busy={busy} className="grow">
          {words.save}
        </Button>
        <Button variant="quiet" onClick={onSkip}>
          {words.skip}
        </Button>
      </div>
      <Button variant="secondary" wide className="py-2 text-left" onClick={() => void keep({ effortOnly: true })}>
        {words.effortOnly}
      </Button>
    </form>
  )
}

const wholeNumber = (text: string): number | null =>
  text.trim() === '' ? null : /^\d+$/.test(text.trim()) ? Number(text.trim()) : Number.NaN

type GuessProps = { bpm: number; onUse: () => void; onKnow: () => void; onEffort: () => void }

/** Said once, when a maximum was estimated. */
export const HeartGuess = ({ bpm, onUse, onKnow, onEffort }: GuessProps) => (
  <div className="space-y-4">
    <div role="status">
      <h3 className="type-heading">{heartStrings.guess.title(bpm)}</h3>
      <p className="mt-1 text-base text-soft">{heartStrings.guess.text}</p>
    </div>
    <div className="flex flex-wrap gap-2">
      <Button className="grow" onClick={onUse}>
        {heartStrings.guess.use}
      </Button>
      <Button variant="secondary" className="grow" onClick={onKnow}>
        {heartStrings.guess.know}
      </Button>
    </div>
    <Button variant="quiet" wide className="text-left" onClick={onEffort}>
      {words.effortOnly}
    </Button>
  </div>
)
