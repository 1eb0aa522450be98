'use client'
import { useState } from 'react'
import type { HistoryLook, HistoryShare } from '@/lib/accounts/history-share'
import { api } from '@/lib/platform/api.client'
import { LocalTime } from './local-time'
import { historyStrings } from './strings-history'
import { Toggle } from './ui-field'
import { Notice } from './ui-notice'
import { useAct } from './use-act'

const words = historyStrings.share

type SharingProps = { shares: readonly HistoryShare[]; looks: readonly HistoryLook[]; drawnAt: number; timezone: string }

/** Which trainer may see a history, and who looked. */
export const HistorySharing = ({ shares, looks, drawnAt, timezone }: SharingProps) => (
  <section id="sharing">
    <h2 className="type-heading">{words.title}</h2>
    <p className="mt-1 mb-4 text-base text-soft">{shares.length === 0 ? words.none : words.text}</p>
    <div className="space-y-4">
      {shares.map((share) => (
        <Share key={share.trainerId} {...share} />
      ))}
    </div>
    {shares.length > 0 ? (
      <>
        <h3 className="mt-6 mb-1 text-lg font-semibold">{words.looks}</h3>
        {looks.length === 0 ? <p className="text-base text-soft">{words.noLooks}</p> : null}
        <ul className="text-base">
          {looks.map(({ name, at }) => (
            <li key={`${name} ${at}`} data-look className="py-1">
              {name}, <LocalTime at={at} drawnAt={drawnAt} timezone={timezone} />
            </li>
          ))}
        </ul>
      </>
    ) : null}
  </section>
)

const Share = ({ trainerId, trainerName, share }: HistoryShare) => {
  const [on, setOn] = useState(share)
  const { busy, problem, act } = useAct()
  const say = async (next: boolean) => {
    // The newest word counts: a second one waits until the first is written down.
    if (busy) return
    setOn(next)
    if (!(await act(() => api('PUT', `/api/history-shares/${trainerId}`, { body: { share: next } })))) setOn(on)
  }
  return (
    <div data-share={busy ? 'busy' : on ? 'yes' : 'no'}>
      <Toggle label={words.toggle(trainerName)} hint={on ? words.on : words.off} checked={on} onChange={({ target }) => void say(target.checked)} />
      {problem ? <Notice tone="error" live>{problem}</Notice> : null}
    </div>
  )
}
