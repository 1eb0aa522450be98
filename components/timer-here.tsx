'use client'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { every } from '@/lib/platform/steady-timer.client'
import type { Heart } from '@/lib/room/heart-attachment'
import type { TimerPosition } from '@/lib/room/timer'
import { createTimerSession, type TimerSession, type TimerView } from '@/lib/room/timer-session.client'
import { createTimerSound, type TimerSound } from '@/lib/room/timer-sound.client'
import { useRoomHere } from './room-here'
import { timerStrings } from './strings-timer'
import { createSlot, useStore } from './use-store'

type Timer = { readonly session: TimerSession; readonly sound: TimerSound }
const Context = createContext<Timer | null>(null)

/** The class's timer on this screen, for everything in the room that shows or moves it. */
export const TimerHere = ({ heart, children }: { heart: Heart; children: ReactNode }) => {
  const { entry, room } = useRoomHere()
  const [slot] = useState(() => createSlot<Timer>())
  useEffect(() => {
    const session = createTimerSession({ snapshot: entry.snapshot, news: room.news, serverNowMs: () => heart.serverNowMs() })
    const sound = createTimerSound(session, (step) =>
      step === null ? timerStrings.spokenEnd : timerStrings.spoken(step.kind, step.cue, step.durationS),
    )
    slot.fill({ session, sound })
    return () => {
      slot.fill(null)
      sound.dispose()
      session.dispose()
    }
  }, [entry, room, heart, slot])
  return <Context value={useStore(slot)}>{children}</Context>
}

/** `null` in the first moment of a room. */
export const useTimer = (): Timer | null => useContext(Context)

export type TimerNow = { readonly view: TimerView; readonly position: TimerPosition; readonly nowMs: number }
const LOOK_MS = 250
const STEADY_LOOK_MS = 200

/**
 * The timer as it is shown: drawn again when a second, an interval or a state changes, not with each look. `steady`: in a window that stays
 * in sight while the page behind it is hidden.
 */
export function useTimerNow(session: TimerSession, steady = false): TimerNow | null {
  const [now, setNow] = useState<TimerNow | null>(null)
  useEffect(() => {
    let shown = ''
    const look = () => {
      const [nowMs, position, { view }] = [session.nowMs(), session.position(), session]
      if (nowMs === null || position === null) return
      const key = 'step' in position ? [position.step.index, position.paused, Math.ceil(position.remainingMs / 1000)] : []
      const since = view.workoutStartedAt === null ? 0 : Math.ceil((nowMs - view.workoutStartedAt) / 1000)
      const next = [position.phase, ...key, view.timer.revision, view.pressing, since].join()
      if (next === shown) return
      shown = next
      setNow({ view, position, nowMs })
    }
    // A press or a new plan shows at once, whatever the key says.
    const stop = session.subscribe(() => {
      shown = ''
      look()
    })
    look()
    const stopLooking = steady ? every(STEADY_LOOK_MS, look) : whenDue(() => untilNextMs(session), look)
    return () => {
      stop()
      stopLooking()
    }
  }, [session, steady])
  return now
}

/** How long what is shown stays as it is: to the end of a second of the interval or of the workout. */
function untilNextMs(session: TimerSession): number {
  const [nowMs, position, { workoutStartedAt }] = [session.nowMs(), session.position(), session.view]
  const ofInterval = position && 'step' in position && !position.paused ? position.remainingMs % 1_000 : LOOK_MS
  const ofWorkout = nowMs !== null && workoutStartedAt !== null ? 1_000 - ((nowMs - workoutStartedAt) % 1_000) : LOOK_MS
  return Math.min(LOOK_MS, ofInterval, ofWorkout)
}

/** Runs whenever the time that is then left is over. */
function whenDue(leftMs: () => number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const wait = (): void => {
    timer = setTimeout(() => {
      run()
      wait()
    }, leftMs() + 1)
  }
  wait()
  return () => clearTimeout(timer)
}
