'use client'
import { useEffect, useState } from 'react'
import { api } from '@/lib/platform/api.client'
import { type SendTarget, SendTargets } from '@/lib/sync/sending'
import { ConnectButton } from './connect-button'
import { brandOf } from './connection-brand'
import { LocalTime } from './local-time'
import { connectionStrings } from './strings-connections'
import { sendStrings as say } from './strings-send'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const LOOK_MS = 2_000
/** After this long without news the page is left alone; the next visit reads it anew. */
const LOOKS = 60

type Props = {
  activityId: string
  initial: readonly SendTarget[]
  /** Sources that have a recording of the same training of their own. */
  thereToo?: readonly string[]
  returnTo: string
  drawnAt: number
  timezone: string
}

/** Sends one's own record of a class to a provider that takes it, and says how far that is. Nothing where it cannot be sent. */
export const ActivitySend = ({ activityId, initial, thereToo = [], returnTo, drawnAt, timezone }: Props) => {
  const [targets, setTargets] = useState(initial)
  const [looks, setLooks] = useState(LOOKS)
  const moving = targets.some(({ sending }) => sending?.state === 'sending')
  const path = `/api/activities/${activityId}/sendings` as const
  useEffect(() => {
    if (!moving || looks === 0) return
    const timer = setTimeout(() => {
      setLooks(looks - 1)
      api('GET', path, { reply: SendTargets }).then((answer) => setTargets(answer.targets), () => undefined)
    }, LOOK_MS)
    return () => clearTimeout(timer)
  }, [moving, looks, path])
  const send = async ({ provider }: SendTarget) => {
    await api('POST', path, { body: { provider } })
    setLooks(LOOKS)
    setTargets((await api('GET', path, { reply: SendTargets })).targets)
  }
  return targets.map((target) => {
    const name = connectionStrings.name(target.provider)
    return (
      <section
        key={target.provider}
        id={placeOf(target)}
        aria-label={say.title(name)}
        data-send={target.sending?.state ?? 'none'}
        className="mt-10 scroll-mt-4 border-t border-line pt-8"
      >
        <h2 className="mb-1 type-heading">{say.title(name)}</h2>
        <p className="mb-4 text-base text-soft">{say.what}</p>
        <div className="flex flex-col items-start gap-4">
          <How target={target} drawnAt={drawnAt} timezone={timezone} />
          <Act target={target} returnTo={`${returnTo}#${placeOf(target)}`} thereToo={thereToo.includes(target.provider)} onSend={() => send(target)} />
        </div>
      </section>
    )
  })
}

/** Where on the page: whoever comes back from connecting goes on here. */
const placeOf = ({ provider }: SendTarget) => `send-${provider}`

/** How far it is. */
const How = ({ target: { provider, sending }, drawnAt, timezone }: { target: SendTarget; drawnAt: number; timezone: string }) => {
  if (!sending) return null
  const name = connectionStrings.name(provider)
  const { state, url, problem, retryAt, endedAt } = sending
  const at = (instant: number | null) => (instant === null ? null : <LocalTime {...{ at: instant, drawnAt, timezone }} />)
  if (state === 'refused')
    return (
      <Notice tone="warning" live title={say.refused(name)}>
        {problem ? say.problem[problem](name) : null}
      </Notice>
    )
  if (state === 'sending')
    return (
      <Notice live>
        {problem === 'limited' || problem === 'away' ? (
          <>
            {say.waiting[problem](name)} {at(retryAt)}
          </>
        ) : (
          say.sending(name)
        )}
      </Notice>
    )
  return (
    <Notice tone="done" live>
      <p>{state === 'sent' ? <>{say.sent(name)} {at(endedAt)}</> : say.duplicate(name)}</p>
      {url ? (
        <a className="inline-flex min-h-11 items-center font-bold underline" href={url}>
          {brandOf(provider)?.original.words ?? say.view(name)}
        </a>
      ) : null}
    </Notice>
  )
}

/** What can be done now: send, try again, or connect first. */
const Act = ({ target: { provider, access, purposes, sending }, thereToo, returnTo, onSend }: { target: SendTarget; thereToo: boolean; returnTo: string; onSend: () => Promise<void> }) => {
  const { busy, problem, act } = useAct()
  if (sending && sending.state !== 'refused') return null
  const name = connectionStrings.name(provider)
  const connect = <ConnectButton provider={provider} purposes={purposes} again={access !== 'not_connected'} returnTo={returnTo} />
  if (access !== 'ready')
    return (
      <>
        {sending ? null : <p>{{ not_connected: say.connectFirst(name), reconnect: say.reconnect(name), not_allowed: say.allow(name) }[access]}</p>}
        {connect}
      </>
    )
  if (sending?.problem === 'no_samples') return null
  return (
    <>
      {thereToo && !sending ? <p>{say.thereToo(name)}</p> : null}
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
      {sending?.problem === 'not_allowed' ? connect : null}
      <Button variant="secondary" busy={busy} onClick={() => void act(onSend)}>
        {sending ? say.again : say.send(name)}
      </Button>
    </>
  )
}
