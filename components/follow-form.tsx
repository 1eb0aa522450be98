'use client'
import { useState } from 'react'
import { type FollowChoices, FollowState } from '@/lib/classes/follow'
import { api } from '@/lib/platform/api.client'
import { turnPushOn } from '@/lib/notifications/push-browser.client'
import { useReaderTimezone } from './browser-facts'
import { FollowEmail } from './follow-email'
import { type FormErrors, formErrors, NO_ERRORS } from './form-errors'
import { noticeStrings } from './strings-notices'
import { Toggle } from './ui-field'
import { Notice } from './ui-notice'
import { type PushHere, usePush } from './use-push'

const say = noticeStrings

/** Who changes it: whoever looks at the series, or the holder of a mail's link, whose browser is not asked to be woken. */
export type FollowReader = { readonly seriesId: string; readonly trainerId: string } | { readonly token: string }
type FollowFormProps = {
  initial: FollowState
  /** First name. */
  trainer: string
  reader: FollowReader
  /** Null where web push is off. */
  pushKey: string | null
  /** The trainer of the series hears only what others write. */
  host?: boolean
}

/** What somebody hears about a series and by which ways. Each switch takes effect at once. */
export const FollowForm = ({ initial, trainer, reader, pushKey, host = false }: FollowFormProps) => {
  const timezone = useReaderTimezone()
  const [follow, setFollow] = useState(initial)
  const [typing, setTyping] = useState(false)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [errors, setErrors] = useState<FormErrors>(NO_ERRORS)
  const { push, setPush } = usePush(pushKey)
  const byMail = 'token' in reader

  const run = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setSaved(false)
    setErrors(NO_ERRORS)
    try {
      await work()
    } catch (error) {
      setErrors(formErrors(error, ['email']))
    } finally {
      setBusy(false)
    }
  }
  const put = async (change: Partial<FollowChoices>, email?: string) => {
    const wanted = withTopic({ ...choicesOf(follow), ...change }, host)
    const next = byMail
      ? await api('PUT', '/api/notices', { headers: { authorization: `Bearer ${reader.token}` }, body: wanted, reply: FollowState })
      : await api('PUT', `/api/series/${reader.seriesId}/follow`, { body: { ...wanted, email, timezone: timezone ?? undefined }, reply: FollowState })
    setFollow(next)
    setSaved(true)
  }
  const change = (part: Partial<FollowChoices>) => void run(() => put(part))

  const switchEmail = (on: boolean) => {
    if (on && follow.address === 'none') return setTyping(true)
    setTyping(false)
    if (on !== follow.byEmail) change({ byEmail: on })
  }
  const switchPush = (on: boolean) => {
    if (byMail || pushKey === null || !on) return change({ byPush: on })
    void run(async () => {
      const turned = await turnPushOn(pushKey)
      if (turned.outcome !== 'on') {
        setPush(turned.outcome === 'denied' && Notification.permission === 'denied' ? 'denied' : 'off')
        if (turned.outcome === 'failed') setErrors({ fields: {}, form: say.pushFailed })
        return
      }
      // First who they are, then where they can be woken: a stranger is known to this trainer by the answer's cookie.
      await put({ byPush: true })
      await api('POST', `/api/push-subscriptions?trainerId=${reader.trainerId}`, { body: turned.subscription })
      setPush('on')
    })
  }

  const anyWay = follow.byEmail || follow.byPush
  const pushOn = follow.byPush && (byMail || push === 'on')
  return (
    <div className="space-y-4">
      <Toggle
        label={say.byEmail}
        hint={follow.address === 'own' && follow.email ? say.emailOwn(follow.email) : follow.address === 'none' ? say.emailNone : say.emailHow}
        checked={follow.byEmail || typing}
        onChange={({ target }) => switchEmail(target.checked)}
      />
      {byMail ? null : (
        <FollowEmail
          state={follow}
          typing={typing}
          busy={busy}
          error={errors.fields.email ?? null}
          onType={() => setTyping(true)}
          onSend={(email) =>
            void run(async () => {
              await put({ byEmail: true }, email)
              setTyping(false)
            })
          }
        />
      )}
      {byMail && !initial.byPush ? null : (
        <Toggle
          label={say.byPush}
          hint={pushHint(push, follow.byPush, byMail)}
          checked={pushOn}
          disabled={!byMail && push !== 'on' && push !== 'off'}
          onChange={({ target }) => switchPush(target.checked)}
        />
      )}
      {anyWay ? (
        <fieldset className="space-y-2 border-t border-line pt-4">
          <legend className="sr-only">{say.topics}</legend>
          {host ? null : (
            <>
              <Toggle label={say.reminders} hint={say.remindersHint} checked={follow.reminders} onChange={({ target }) => change({ reminders: target.checked })} />
              <Toggle label={say.announcements(trainer)} checked={follow.announcements} onChange={({ target }) => change({ announcements: target.checked })} />
            </>
          )}
          {follow.hearsThread ? (
            <Toggle label={say.thread} hint={follow.byEmail ? say.threadHint : undefined} checked={follow.thread} onChange={({ target }) => change({ thread: target.checked })} />
          ) : null}
        </fieldset>
      ) : null}
      {errors.form ? (
        <Notice tone="error" live>
          {errors.form}
        </Notice>
      ) : null}
      <p role="status" className="text-small text-soft">
        {saved ? say.saved : ''}
      </p>
    </div>
  )
}

const choicesOf = ({ reminders, announcements, thread, byEmail, byPush }: FollowChoices): FollowChoices => ({ reminders, announcements, thread, byEmail, byPush })

/** A way without a topic would say nothing: whoever switches on a first way is asking to be reminded. */
const withTopic = (choices: FollowChoices, host: boolean): FollowChoices => {
  const { reminders, announcements, thread, byEmail, byPush } = choices
  if (reminders || announcements || thread || !(byEmail || byPush)) return choices
  return host ? { ...choices, thread: true } : { ...choices, reminders: true }
}

const PUSH_HINT: Readonly<Record<PushHere, string>> = {
  on: say.pushHow,
  off: say.pushHow,
  denied: say.pushDenied,
  insecure: say.pushInsecure,
  in_app: say.pushInApp,
  iphone_tab: say.pushIphone,
  unsupported: say.pushNone,
}
const pushHint = (push: PushHere | null, byPush: boolean, byMail: boolean): string => {
  if (byMail || push === null) return say.pushHow
  return push === 'off' && byPush ? say.pushElsewhere : PUSH_HINT[push]
}
