'use client'
import { type SubmitEvent, useState } from 'react'
import type { ConsentChoices } from '@/lib/accounts/consent'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { SharingErase } from './sharing-erase'
import { words } from './strings'
import { memberStrings } from './strings-member'
import { firstName } from './strings-room'
import { Button } from './ui-button'
import { SelectField, Toggle } from './ui-field'
import { Notice } from './ui-notice'

const say = words.account.sharing
const LIVE = ['me', 'trainer', 'everyone'] as const
const SHARE = ['no', 'summary', 'curve'] as const

/** What one trainer may see, as it counts now; changing it never touches what was agreed to on record. */
export const SharingForm = ({ trainerId, trainerName, choices }: { trainerId: string; trainerName: string; choices: ConsentChoices }) => {
  const trainer = firstName(trainerName)
  const [now, setNow] = useState(choices)
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle')
  const [problem, setProblem] = useState<string | null>(null)
  const change = (part: Partial<ConsentChoices>) => {
    setNow({ ...now, ...part })
    setState('idle')
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setState('busy')
    setProblem(null)
    try {
      // What is not kept cannot be shown afterwards.
      await api('PATCH', `/api/consents/${trainerId}?${new URLSearchParams({ trainerId })}`, { body: { ...now, shareSummary: now.keep ? now.shareSummary : 'no' } })
      setState('saved')
    } catch (error) {
      setState('idle')
      setProblem(formErrors(error, []).form)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4 border-t border-line pt-5 first:border-t-0 first:pt-0">
      <h3 className="text-lg font-semibold">{say.withTrainer(trainerName)}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={say.live}
          value={now.live}
          onChange={({ target }) => change({ live: LIVE.find((live) => live === target.value) ?? now.live })}
          options={LIVE.map((value) => ({ value, label: say.liveChoice[value](trainer) }))}
        />
        <SelectField
          label={say.share(trainer)}
          value={now.keep ? now.shareSummary : 'no'}
          disabled={!now.keep}
          onChange={({ target }) => change({ shareSummary: SHARE.find((share) => share === target.value) ?? now.shareSummary })}
          options={SHARE.map((value) => ({ value, label: say.shareChoice[value] }))}
        />
      </div>
      <Toggle label={say.keep} hint={say.keepHint} checked={now.keep} onChange={({ target }) => change({ keep: target.checked })} />
      {!now.keep && (state === 'saved' || !choices.keep) ? <SharingErase trainerId={trainerId} trainer={trainer} /> : null}
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="secondary" busy={state === 'busy'} aria-label={say.saveFor(trainerName)}>
          {say.save}
        </Button>
        <p role="status" className="text-base text-soft">
          {state === 'saved' ? memberStrings.saved : ''}
        </p>
      </div>
    </form>
  )
}
