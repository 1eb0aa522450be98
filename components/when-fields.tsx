'use client'
import { CalendarDays, Play, Repeat } from 'lucide-react'
import { WEEKDAYS } from '@/lib/classes/rule'
import { scheduleStrings as say } from './strings-schedule'
import { Choice } from './ui-choice'
import { Disclosure } from './ui-disclosure'
import { FieldError, SelectField, TextField, Toggle } from './ui-field'
import type { When } from './when-answers'

type WhenFieldsProps = {
  value: When
  onChange: (value: When) => void
  errors: Readonly<Record<string, string>>
  /** A new class may start now; a series that exists may have no fixed time. */
  isNew: boolean
}

const INTERVALS = [1, 2, 3, 4].map((count) => ({ value: String(count), label: say.weeks(count) }))

/** When a class is: now, once, or every week on these days; other rhythms behind one tap. */
export const WhenFields = ({ value, onChange, errors, isNew }: WhenFieldsProps) => {
  const set = (change: Partial<When>) => onChange({ ...value, ...change })
  const weekly = value.mode === 'weekly'
  return (
    <div className="space-y-4">
      <Choice
        legend={say.when}
        name="when"
        layout="row"
        value={value.mode}
        onChange={(mode) => set({ mode })}
        options={[
          { value: 'none', label: isNew ? say.now : say.none, icon: <Play aria-hidden /> },
          { value: 'once', label: say.once, icon: <CalendarDays aria-hidden /> },
          { value: 'weekly', label: say.weekly, icon: <Repeat aria-hidden /> },
          ...(value.mode === 'own' ? [{ value: 'own' as const, label: say.own }] : []),
        ]}
      />
      {weekly && !value.monthly ? <DayBoxes value={value} set={set} error={errors.days} /> : null}
      {value.mode === 'once' || weekly ? (
        <div className="grid gap-4 sm:grid-cols-3">
          {value.mode === 'once' || value.monthly ? (
            <TextField label={value.monthly && weekly ? say.monthlyFrom : say.date} type="date" value={value.date} onChange={(event) => set({ date: event.target.value })} error={errors.startsOn} />
          ) : null}
          <TextField label={say.time} type="time" value={value.time} onChange={(event) => set({ time: event.target.value })} error={errors.localStart} className="figures" />
          {weekly ? <TextField label={say.until} type="date" value={value.until} onChange={(event) => set({ until: event.target.value })} error={errors.until} /> : null}
        </div>
      ) : null}
      {weekly ? (
        <Disclosure summary={say.moreRules} open={value.monthly || value.interval > 1}>
          <div className="grid gap-4 sm:grid-cols-2">
            <Toggle label={say.monthly} checked={value.monthly} onChange={(event) => set({ monthly: event.target.checked, interval: 1 })} />
            {value.monthly ? null : (
              <SelectField label={say.every} options={INTERVALS} value={String(value.interval)} onChange={(event) => set({ interval: Number(event.target.value) })} />
            )}
          </div>
        </Disclosure>
      ) : null}
      {/* A date that has no field on the screen. */}
      {weekly && !value.monthly && errors.startsOn ? <FieldError>{errors.startsOn}</FieldError> : null}
    </div>
  )
}

const DayBoxes = ({ value, set, error }: { value: When; set: (change: Partial<When>) => void; error: string | undefined }) => (
  <fieldset>
    <legend className="mb-1.5 text-base font-semibold">{say.days}</legend>
    <div className="flex flex-wrap gap-2">
      {WEEKDAYS.map((day) => (
        <label
          key={day}
          className="flex min-h-12 cursor-pointer items-center gap-2 rounded-control border border-line-strong bg-surface px-3 text-base font-medium transition-colors duration-150 hover:border-ink has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="checkbox"
            className="size-4.5 accent-accent outline-none"
            checked={value.days.includes(day)}
            onChange={(event) => set({ days: WEEKDAYS.filter((known) => (known === day ? event.target.checked : value.days.includes(known))) })}
          />
          {say.dayNames[day]}
        </label>
      ))}
    </div>
    <div aria-live="polite">{error ? <FieldError>{error}</FieldError> : null}</div>
  </fieldset>
)
