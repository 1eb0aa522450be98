'use client'
import { useState } from 'react'
import type { ConsentChoices } from '@/lib/accounts/consent'
import { api } from '@/lib/platform/api.client'
import { formErrors } from './form-errors'
import { firstName } from './strings-room'
import { summaryStrings } from './strings-summary'
import { Choice } from './ui-choice'

const words = summaryStrings.share
const SHARE = ['no', 'summary', 'curve'] as const
type Share = ConsentChoices['shareSummary']

/** One tap narrows or widens what the trainer opens; the two other choices are said again as they are. */
export const SummaryShare = ({ classId, hostName, choices }: { classId: string; hostName: string; choices: ConsentChoices }) => {
  const trainer = firstName(hostName)
  const [share, setShare] = useState<Share>(choices.shareSummary)
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle')
  const [error, setError] = useState<string | null>(null)
  const choose = async (next: Share) => {
    // The newest word counts: a second one waits until the first is written down.
    if (state === 'busy') return
    setState('busy')
    setError(null)
    setShare(next)
    try {
      await api('POST', `/api/classes/${classId}/consents`, { body: { live: choices.live, keep: choices.keep, shareSummary: next } })
      setState('saved')
    } catch (cause) {
      setShare(share)
      setState('idle')
      setError(formErrors(cause, []).form)
    }
  }
  return (
    <div className="space-y-2">
      <Choice<Share>
        legend={words.title(trainer)}
        hint={words.text(trainer)}
        name="share-summary"
        layout="row"
        value={share}
        onChange={(next) => void choose(next)}
        error={error}
        options={SHARE.map((value) => ({ value, label: words.choice[value] }))}
      />
      <p role="status" className="text-small text-soft">
        {state === 'saved' ? words.saved[share](trainer) : ''}
      </p>
    </div>
  )
}
