'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { Link2, Video } from 'lucide-react'
import { z } from 'zod'
import { callServiceName, MAX_CAPACITY } from '@/lib/classes/series'
import { api } from '@/lib/platform/api.client'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { words } from './strings'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { SelectField, TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useFocusError } from './use-focus-error'

const say = words.newClass
const Created = z.object({ slug: z.string() })
const KINDS = Object.entries(words.kind).map(([value, label]) => ({ value, label }))
const FIELDS = ['title', 'kind', 'durationMin', 'capacity', 'videoUrl']

const callOf = (url: string): string | null => {
  const link = URL.canParse(url.trim()) ? new URL(url.trim()) : null
  return link?.protocol === 'https:' && link.hostname.includes('.') ? callServiceName(link.href) : null
}
const within = (value: string, from: number, to: number): boolean => /^\d+$/.test(value.trim()) && Number(value) >= from && Number(value) <= to

/** A few answers, all but the name preset; then the permanent link. */
export const NewClassForm = () => {
  const router = useRouter()
  const [answers, setAnswers] = useState({ title: '', kind: 'hiit', durationMin: '45', capacity: '12', videoUrl: '' })
  const [place, setPlace] = useState<'here' | 'own_link'>('here')
  const [reach, setReach] = useState<'trainer' | 'everyone'>('trainer')
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
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
    const fields: Record<string, string> = {}
    if (!answers.title.trim()) fields.title = say.nameMissing
    if (!within(answers.durationMin, 5, 240)) fields.durationMin = say.durationWrong
    if (!within(answers.capacity, 1, MAX_CAPACITY)) fields.capacity = say.capacityWrong(MAX_CAPACITY)
    if (place === 'own_link' && call === null) fields.videoUrl = say.urlWrong
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
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }
      const { slug } = await api('POST', '/api/series', { body, reply: Created })
      router.push(`/c/${slug}`)
    } catch (error) {
      setBusy(false)
      setErrors(formErrors(error, FIELDS))
    }
  }

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className="space-y-6">
      <TextField label={say.name} placeholder={say.namePlaceholder} maxLength={80} autoComplete="off" autoFocus {...field('title')} />
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
      {errors.form ? <Notice tone="error" live>{errors.form}</Notice> : null}
      <Button type="submit" size="large" busy={busy} className="w-full sm:w-auto">
        {say.create}
      </Button>
    </form>
  )
}
