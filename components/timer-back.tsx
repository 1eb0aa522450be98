'use client'
import { useState } from 'react'
import type { RoomView } from '@/lib/room/room-view'
import type { TimerSession } from '@/lib/room/timer-session.client'
import { useRoomHere } from './room-here'
import { clockWords, timerStrings } from './strings-timer'
import { useTimerNow, type TimerNow } from './timer-here'
import { Button } from './ui-button'
import { Notice } from './ui-notice'

const words = timerStrings.back
/** Shorter than this nobody has missed anything; the last sign of life is only known to 15 s. */
const GONE_MS = 20_000

/** To a trainer who comes back into a running workout, on this screen or on another: what runs, who is still here, and one choice. */
export const TimerBack = ({ session, view }: { session: TimerSession; view: RoomView }) => {
  const now = useTimerNow(session)
  const [goneMs, setGoneMs] = useGone(view)
  if (!now || goneMs === null || goneMs < GONE_MS || now.view.workoutStartedAt === null) return null
  const members = view.tiles.filter(({ role, presence, simulated }) => role === 'member' && presence !== 'left' && !simulated)
  const here = members.filter(({ presence }) => presence === 'here').length
  const carryOn = () => setGoneMs(null)
  return (
    <div className="shrink-0 px-2 pt-2">
      <Notice
        live
        title={words.title(clockWords(goneMs))}
        actions={
          <>
            <Button onClick={carryOn}>{words.carryOn}</Button>
            {'step' in now.position ? (
              <Button variant="secondary" onClick={() => void session.press('restart-round').then(carryOn)}>
                {words.restart}
              </Button>
            ) : null}
          </>
        }
      >
        <p>{[runsWords(now), members.length > 0 ? words.people(here, members.length) : ''].join(' ').trim()}</p>
      </Notice>
    </div>
  )
}

function runsWords({ position }: TimerNow): string {
  if (position.phase === 'finished') return words.finished
  if (!('step' in position)) return ''
  const { step, paused } = position
  const what = step.of > 1 ? words.running(step.round, step.of) : words.interval(step.kind)
  return paused ? `${what} ${words.paused}` : what
}

/** How long the trainer was away before this screen came, or this screen's link was down; `null` once that was read. */
function useGone(view: RoomView) {
  const { entry } = useRoomHere()
  const { hostSeenAt, serverNow } = entry.snapshot
  const [goneMs, setGoneMs] = useState<number | null>(hostSeenAt === null ? null : serverNow - hostSeenAt)
  const [downMs, setDownMs] = useState(0)
  if (view.offlineMs > downMs) setDownMs(view.offlineMs)
  else if (view.offlineMs === 0 && downMs > 0) {
    setDownMs(0)
    if (downMs >= GONE_MS) setGoneMs(downMs)
  }
  return [goneMs, setGoneMs] as const
}
