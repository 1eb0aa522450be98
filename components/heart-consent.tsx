'use client'
import { useState } from 'react'
import type { HeartConsent } from '@/lib/room/room-view'
import { formErrors } from './form-errors'
import { heartStrings } from './strings-heart'
import { motionStrings } from './strings-motion'
import { Button } from './ui-button'
import { Choice } from './ui-choice'
import { FieldError } from './ui-field'

const words = heartStrings.consent
type Keep = 'yes' | 'no'

type ConsentProps = {
  about: 'heart-rate' | 'effort' | 'motion'
  /** What was said before; `null` the first time, when nothing is preselected. */
  given: HeartConsent | null
  trainer: string
  classReach: 'trainer' | 'everyone'
  onStart: (consent: HeartConsent) => Promise<void>
  onNotNow: () => void
}

/** Three answers, given apart: who sees it live, whether it is saved, what the trainer sees after. The class can only narrow the first. */
export const HeartConsentCard = ({ about, given, trainer, classReach, onStart, onNotNow }: ConsentProps) => {
  const [live, setLive] = useState<HeartConsent['live'] | null>(
    given && !(given.live === 'everyone' && classReach === 'trainer') ? given.live : given ? 'trainer' : null,
  )
  const [keep, setKeep] = useState<Keep | null>(given ? (given.keep ? 'yes' : 'no') : null)
  const [share, setShare] = useState<HeartConsent['shareSummary'] | null>(given?.keep ? given.shareSummary : null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  // What is not saved cannot be shown to anybody later.
  const afterwards = keep === 'no' ? 'no' : share
  const complete = live !== null && keep !== null && afterwards !== null
  const start = async () => {
    if (live === null || keep === null || afterwards === null) {
      setError(words.answerAll)
      return
    }
    setBusy(true)
    setError(null)
    try {
      await onStart({ live, keep: keep === 'yes', shareSummary: afterwards })
    } catch (cause) {
      setBusy(false)
      setError(formErrors(cause, []).form)
    }
  }
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <Choice<HeartConsent['live']>
        legend={<span className="type-heading">{about === 'effort' ? words.titleEffort : about === 'motion' ? motionStrings.consentTitle : words.title}</span>}
        hint={classReach === 'trainer' ? words.narrowed(trainer) : undefined}
        name="consent-live"
        value={live}
        onChange={setLive}
        options={[
          { value: 'me', label: words.me },
          { value: 'trainer', label: words.trainer(trainer) },
          ...(classReach === 'everyone' ? [{ value: 'everyone' as const, label: words.everyone }] : []),
        ]}
      />
      <Choice<Keep>
        legend={words.keep}
        name="consent-keep"
        value={keep}
        onChange={setKeep}
        options={[
          { value: 'yes', label: about === 'effort' ? words.keepYesEffort : words.keepYes },
          { value: 'no', label: words.keepNo, hint: words.keepNoHint },
        ]}
      />
      {keep === 'yes' ? (
        <Choice<HeartConsent['shareSummary']>
          legend={words.share(trainer)}
          name="consent-share"
          value={share}
          onChange={setShare}
          options={[
            { value: 'summary', label: words.shareSummary, hint: about === 'effort' ? words.shareSummaryHintEffort : words.shareSummaryHint },
            { value: 'curve', label: about === 'effort' ? words.shareCurveEffort : words.shareCurve },
            { value: 'no', label: words.shareNo },
          ]}
        />
      ) : null}
      <p className="text-small text-soft">{words.undo}</p>
      <div aria-live="polite">{error && !busy ? <FieldError>{error}</FieldError> : null}</div>
      <div className="sticky bottom-0 -mx-4 flex gap-2 bg-surface px-4 py-2">
        <Button type="submit" variant={complete ? 'primary' : 'secondary'} className="grow" busy={busy}>
          {words.start}
        </Button>
        <Button variant="quiet" onClick={onNotNow}>
          {words.notNow}
        </Button>
      </div>
      <p className="text-small">
        <a href="/privacy" target="_blank" className="link">
          {words.small}
        </a>
      </p>
    </form>
  )
}
