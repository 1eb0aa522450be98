'use client'
import { useState } from 'react'
import type { FollowState } from '@/lib/classes/follow'
import { api } from '@/lib/platform/api.client'
import { FollowForm } from './follow-form'
import { formErrors } from './form-errors'
import { noticeStrings } from './strings-notices'
import { Button } from './ui-button'
import { Notice } from './ui-notice'
import { Panel } from './ui-panel'

const say = noticeStrings

type NoticeLinkProps = { token: string; initial: FollowState; series: string; trainer: string; host: boolean }

/** Behind the link of a mail: confirm the address, change what is sent, or stop all of it. Opening the page changes nothing. */
export const NoticeLink = ({ token, initial, series, trainer, host }: NoticeLinkProps) => {
  const [state, setState] = useState<'asked' | 'confirmed' | 'on' | 'stopped'>(initial.address === 'asked' ? 'asked' : 'on')
  const [busy, setBusy] = useState<'confirm' | 'stop' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const headers = { authorization: `Bearer ${token}` }
  const act = async (what: 'confirm' | 'stop') => {
    setBusy(what)
    setProblem(null)
    try {
      if (what === 'confirm') await api('POST', '/api/notices/confirm', { headers })
      else await api('POST', `/api/notices/${token}/stop`)
      setState(what === 'confirm' ? 'confirmed' : 'stopped')
    } catch (error) {
      setProblem(formErrors(error, []).form)
    }
    setBusy(null)
  }
  const stop = (
    <Button variant="secondary" busy={busy === 'stop'} onClick={() => void act('stop')}>
      {say.stop}
    </Button>
  )
  const nothing = { reminders: false, announcements: false, thread: false, byEmail: false, byPush: false }
  return (
    <div className="space-y-6">
      {state === 'confirmed' ? <Notice tone="done" live title={say.confirmed} /> : null}
      {state === 'stopped' ? (
        <Notice tone="done" live title={say.stopped}>
          {say.again}
        </Notice>
      ) : null}
      {problem ? (
        <Notice tone="error" live>
          {problem}
        </Notice>
      ) : null}
      {state === 'asked' ? (
        <Panel>
          <h2 className="type-heading">{say.confirmTitle}</h2>
          <p className="mt-1 mb-5 break-words">{say.confirmLead(initial.email ?? '', series)}</p>
          <div className="flex flex-wrap gap-3">
            <Button busy={busy === 'confirm'} onClick={() => void act('confirm')}>
              {say.confirm}
            </Button>
            {stop}
          </div>
        </Panel>
      ) : (
        <Panel>
          {/* Drawn anew when all was stopped, so that the switches say so. */}
          <FollowForm
            key={state}
            reader={{ token }}
            trainer={trainer}
            host={host}
            pushKey={null}
            initial={state === 'stopped' ? { ...initial, ...nothing } : state === 'confirmed' ? { ...initial, address: 'confirmed' } : initial}
          />
          {state === 'stopped' ? null : stop}
        </Panel>
      )}
    </div>
  )
}
