'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { Link2, Plus, Video } from 'lucide-react'
import { z } from 'zod'
import { PLAN_PRESETS } from '@/lib/classes/plan-preset'
import { callServiceName, MAX_CAPACITY, MAX_EACH_TO_EACH, type Schedule } from '@/lib/classes/series'
import type { TemplateSettings } from '@/lib/classes/template'
import { api } from '@/lib/platform/api.client'
import { now } from '@/lib/platform/clock'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { words } from './strings'
import { scheduleStrings as dates } from './strings-schedule'
import { timerStrings } from './strings-timer'
import { TimezoneField } from './timezone-field'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { SelectField, TextField, Toggle } from './ui-field'
import { Notice } from './ui-notice'
import { useFocusError } from './use-focus-error'
import { scheduleOf, type When, whenErrors, whenOf } from './when-answers'
import { WhenFields } from './when-fields'

const say = words.newClass
const Created = z.object({ slug: z.string() })
const KINDS = Object.entries(words.kind).map(([value, label]) => ({ value, label }))
const PRESETS = PLAN_PRESETS.map(({ id }) => ({ value: id, label: timerStrings.plan.presets[id] }))
const FIELDS = ['title', 'kind', 'durationMin', 'capacity', 'videoUrl', 'payUrl', 'payNote', 'startsOn', 'localStart']

const callOf = (url: string): string | null => {
  const link = URL.canParse(url.trim()) ? new URL(url.trim()) : null
  return link?.protocol === 'https:' && link.hostname.includes('.') ? callServiceName(link.href) : null
}
const within = (value: string, from: number, to: number): boolean => /^\d+$/.test(value.trim()) && Number(value) >= from && Number(value) <= to

const NOTHING: TemplateSettings = {
  ...{ title: '', kind: 'hiit', durationMin: 45, capacity: 12, heartRateReach: 'trainer', videoPlace: 'here', videoUrl: null },
  ...{ eachToEach: false, payUrl: null, payNote: null },
}
const localDay = (): string => new Intl.DateTimeFormat('en-CA').format(now())

type NewClassFormProps = {
  /** What is filled in already: a template's settings, or a series' own. */
  start?: TemplateSettings
  templateId?: string
  timezones: readonly string[]
  /** The series that is changed; without it a new one is made. */
  series?: { seriesId: string; schedule: Schedule | null; timezone: string }
}

/** A few answers, all but the name preset; then the permanent link. The same form changes a series later. */
export const NewClassForm = ({ start = NOTHING, templateId, timezones, series }: NewClassFormProps) => {
  const router = useRouter()
  const [answers, setAnswers] = useState({
    ...{ title: start.title, kind: start.kind as string, durationMin: String(start.durationMin), capacity: String(start.capacity) },
    ...{ videoUrl: start.videoUrl ?? '', payUrl: start.payUrl ?? '', payNote: start.payNote ?? '' },
  })
  const [place, setPlace] = useState(start.videoPlace)
  const [reach, setReach] = useState(start.heartRateReach)
  const [each, setEach] = useState(start.eachToEach)
  const [when, setWhen] = useState<When>(() => whenOf(series?.schedule ?? null, localDay()))
  const [timezone, setTimezone] = useState(() => series?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [preset, setPreset] = useState('')
  const [more, setMore] = useState(start.payUrl !== null || start.payNote !== null || start.eachToEach)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const small = within(answers.capacity, 1, MAX_EACH_TO_EACH)
  const form = useFocusError(errors)
  const call = callOf(answers.videoUrl)
  const field = (name: keyof typeof answers) => ({
    name,
    value: answers[name],
    onChange: (event: { target: { value: string } }) => setAnswers({ ...answers, [name]: event.target.value }),
    error: errors.fields[name],
  })

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields: Record<string, string> = whenErrors(when)
    setSaved(false)
    if (!answers.title.trim()) fields.title = say.nameMissing
    if (!within(answers.durationMin, 5, 240)) fields.durationMin = say.durationWrong
    if (!within(answers.capacity, 1, MAX_CAPACITY)) fields.capacity = say.capacityWrong(MAX_CAPACITY)
    if (place === 'own_link' && call === null) fields.videoUrl = say.urlWrong
    if (answers.payUrl.trim() && callOf(answers.payUrl) === null) fields.payUrl = say.urlWrong
    setErrors({ form: null, fields })
    if (Object.keys(fields).length > 0) return
    setBusy(true)
    try {
      const body = {
        title: answers.title.trim(),
        kind: answers.kind,
        durationMin: Number(answers.durationMin),
        capacity: Number(answers.capacity),
        heartRateReach: reach,
        videoPlace: place,
        videoUrl: place === 'own_link' ? answers.videoUrl.trim() : null,
        eachToEach: small && each,
        payUrl: answers.payUrl.trim() || null,
        payNote: answers.payNote.trim() || null,
        timezone,
      }
      const schedule = scheduleOf(when, localDay())
      if (!series) {
        const plan = PLAN_PRESETS.find(({ id }) => id === preset)?.build({}) ?? null
        const { slug } = await api('POST', '/api/series', { body: { ...body, schedule, plan, ...(templateId === undefined ? {} : { templateId }) }, reply: Created })
        router.push(`/c/${slug}`)
        return
      }
      await changeSeries(series, body, when, schedule)
      setBusy(false)
      setSaved(true)
      router.refresh()
    } catch (error) {
      setBusy(false)
      setErrors(formErrors(error, FIELDS))
    }
  }

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <TextField label={say.name} placeholder={say.namePlaceholder} maxLength={80} autoComplete="off" autoFocus={!series} {...field('title')} />
      <WhenFields value={when} onChange={setWhen} errors={errors.fields} isNew={!series} />
      {when.mode === 'none' ? null : (
        <TimezoneField label={dates.timezone} hint={dates.timezoneHint} value={timezone} onChange={setTimezone} timezones={timezones} />
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_9rem_9rem]">
        <SelectField label={say.kind} options={KINDS} {...field('kind')} />
        <TextField label={say.duration} suffix={say.minutes} inputMode="numeric" autoComplete="off" className="figures" {...field('durationMin')} />
        <TextField label={say.capacity} suffix={say.capacityUnit} inputMode="numeric" autoComplete="off" className="figures" {...field('capacity')} />
      </div>
      <Choice
        legend={say.video}
        name="videoPlace"
        layout="row"
        value={place}
        onChange={setPlace}
        options={[
          { value: 'here', label: say.here, hint: say.hereHint, icon: <Video aria-hidden /> },
          { value: 'own_link', label: say.ownLink, hint: say.ownLinkHint, icon: <Link2 aria-hidden /> },
        ]}
      />
      {place === 'own_link' ? (
        <TextField label={say.url} type="url" inputMode="url" autoComplete="off" spellCheck={false} placeholder={say.urlPlaceholder} hint={call ? say.urlIs(call) : undefined} {...field('videoUrl')} />
      ) : null}
      <Choice
        legend={say.reach}
        hint={say.reachHint}
        name="heartRateReach"
        layout="compact"
        value={reach}
        onChange={setReach}
        options={[
          { value: 'trainer', label: say.reachTrainer },
          { value: 'everyone', label: say.reachEveryone },
        ]}
      />
      {more ? (
        <div className="space-y-4">
          {series ? null : (
            <SelectField
              label={dates.plan}
              hint={dates.planHint}
              name="plan"
              value={preset}
              onChange={(event) => setPreset(event.target.value)}
              options={[{ value: '', label: templateId === undefined ? dates.planNone : dates.planTemplate }, ...PRESETS]}
            />
          )}
          <TextField label={dates.payNote} placeholder={dates.payNotePlaceholder} maxLength={120} autoComplete="off" {...field('payNote')} />
          <TextField label={dates.payUrl} type="url" inputMode="url" autoComplete="off" spellCheck={false} placeholder={say.urlPlaceholder} hint={dates.payUrlHint} {...field('payUrl')} />
          {small ? <Toggle label={dates.eachToEach} hint={dates.eachToEachHint} checked={each} onChange={(event) => setEach(event.target.checked)} /> : null}
        </div>
      ) : (
        <div>
          <Button variant="quiet" onClick={() => setMore(true)} className="-ml-4">
            <Plus aria-hidden />
            {series ? dates.more : dates.moreNew}
          </Button>
        </div>
      )}
      {saved ? <Notice tone="done" live>{dates.saved}</Notice> : null}
      {errors.form ? <Notice tone="error" live>{errors.form}</Notice> : null}
      <Button type="submit" size="large" busy={busy} className="w-full sm:w-auto">
        {series ? dates.save : say.create}
      </Button>
    </form>
  )
}

/** A schedule is sent only when it was changed: sent again it would begin anew. */
async function changeSeries({ seriesId, schedule: before }: NonNullable<NewClassFormProps['series']>, body: object, when: When, schedule: Schedule | null): Promise<void> {
  const path = `/api/series/${seriesId}` as const
  const changed = schedule !== null && JSON.stringify(scheduleOf(whenOf(before, localDay()), localDay())) !== JSON.stringify(schedule)
  await api('PATCH', path, { body: changed ? { ...body, schedule } : body })
  if (when.mode === 'none' && before !== null) await api('POST', `${path}/end`)
}
