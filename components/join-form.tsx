'use client'
import { type SubmitEvent, useState } from 'react'
import { useRouter } from 'next/navigation'
import { api } from '@/lib/platform/api.client'
import { AppError } from '@/lib/platform/app-error'
import { CameraPreview } from './camera-preview'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { words } from './strings'
import { videoStrings } from './strings-video'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { TextField } from './ui-field'
import { Notice } from './ui-notice'
import { useCameraPreview } from './use-camera-preview'
import { useFocusError } from './use-focus-error'

const say = words.classLink

type Reach = 'trainer' | 'nobody' | 'everyone'
export type JoinFormProps = {
  classId: string
  /** First name. */
  trainer: string
  /** What this browser's person is called here and chose last time; null for a stranger. */
  remembered: { name: string; cameraReach: Reach } | null
  /** The name of the trainer's own call, such as "Zoom"; null where the video is here. */
  call: string | null
  /** Members may show themselves to each other. */
  eachToEach?: boolean
  /** Something else than joining now: a place to come. `preview`: shows the camera. */
  ask?: { label: string; preview: boolean; send: (joining: { name: string; cameraReach: Reach }) => Promise<void> }
}

/** One screen: name, picture, who may see me, Join. Heart rate and all else come inside the room. */
export const JoinForm = ({ classId, trainer, remembered, call, eachToEach = false, ask }: JoinFormProps) => {
  const router = useRouter()
  const [name, setName] = useState(remembered?.name ?? '')
  const [reach, setReach] = useState<Reach>(firstReach(remembered?.cameraReach, eachToEach))
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const form = useFocusError(errors)
  const mirror = call === null && ask?.preview !== false
  const { preview, start } = useCameraPreview(mirror && reach !== 'nobody')

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!name.trim()) return setErrors({ form: null, fields: { name: say.nameMissing } })
    setErrors(NO_ERRORS)
    setBusy(true)
    const joining = { name: name.trim(), cameraReach: call === null ? reach : 'nobody' } as const
    try {
      if (ask) {
        await ask.send(joining)
        return setBusy(false)
      }
      await api('POST', `/api/classes/${classId}/join`, { body: joining })
      router.push(`/room/${classId}`)
    } catch (error) {
      setBusy(false)
      setErrors(formErrors(error, ['name']))
      // Full, over or removed since the page was drawn: the page says it in its own words.
      if (error instanceof AppError && (error.status === 409 || error.status === 403)) router.refresh()
    }
  }

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate className={mirror ? 'grid gap-x-10 gap-y-4 md:grid-cols-[1.15fr_1fr]' : 'max-w-lg space-y-5'}>
      {mirror ? (
        <CameraPreview preview={preview} hidden={reach === 'nobody'} trainer={trainer} onStart={() => void start()} />
      ) : call === null ? null : (
        <Notice>{say.callNote(call)}</Notice>
      )}
      <div className="space-y-5">
        <TextField
          label={say.name}
          hint={remembered ? undefined : say.nameHint}
          name="name"
          autoComplete="nickname"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.fields.name}
          autoFocus={!remembered}
        />
        {call === null ? (
          <Choice
            legend={say.reach}
            name="reach"
            layout={eachToEach ? 'stack' : 'pair'}
            value={reach}
            onChange={setReach}
            options={[
              { value: 'trainer', label: say.reachTrainer(trainer) },
              ...(eachToEach ? [{ value: 'everyone' as const, label: videoStrings.meet.everyone, hint: videoStrings.meet.everyoneHint }] : []),
              { value: 'nobody', label: say.reachNobody },
            ]}
          />
        ) : null}
        {errors.form ? <Notice tone="error" live>{errors.form}</Notice> : null}
        {/* Within reach of a thumb, however small the screen is. */}
        <div className="sticky bottom-0 -mx-5 bg-paper px-5 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:static md:mx-0 md:p-0">
          <Button type="submit" size="large" wide busy={busy}>
            {ask?.label ?? say.join}
          </Button>
        </div>
        {call === null ? (
          <div className="space-y-1 text-small text-soft">
            <p>{say.reachNote(trainer)}</p>
            <p>{say.joinQuiet}</p>
          </div>
        ) : null}
      </div>
    </form>
  )
}

/** As last time, where that is offered; nobody is shown to everyone who has not chosen it. */
const firstReach = (last: Reach | undefined, eachToEach: boolean): Reach => (last === 'everyone' && !eachToEach ? 'trainer' : (last ?? 'trainer'))
