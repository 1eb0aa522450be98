'use client'
import { useState } from 'react'
import { Volume2, VolumeX } from 'lucide-react'
import type { HeartView } from '@/lib/room/room-view'
import { useHeart } from './heart-provider'
import { timerStrings as words } from './strings-timer'
import { matchOf, MatchWord, stepName, TargetChip, TimerFigure, underWords } from './timer-face'
import { type useTimer, useTimerNow } from './timer-here'
import { Progress } from './timer-strip-wall'
import { IconButton } from './ui-button'
import { useStore } from './use-store'

/** The class's timer on a member's screen: the same second, and how the own heart stands to what is asked. */
export const MemberTimer = ({ timer }: { timer: NonNullable<ReturnType<typeof useTimer>> }) => {
  const now = useTimerNow(timer.session)
  const heart = useStore(useHeart())
  const [on, setOn] = useState(true)
  if (!now || !('step' in now.position)) return null
  const under = now.position
  const match = matchOf(under, ownZone(heart))
  const toggle = () => {
    timer.sound.setOn(!on)
    setOn(!on)
  }
  return (
    <section
      aria-label={words.label}
      data-timer={under.phase}
      data-paused={under.paused}
      className="relative shrink-0 border-b border-line bg-surface px-3 py-1.5"
    >
      <div className="flex items-center gap-3">
        <TimerFigure session={timer.session} position={under} className="min-w-[4ch] text-[clamp(2.5rem,8vh,4.5rem)]" />
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-[clamp(1.125rem,3vh,1.75rem)] leading-tight font-bold">
            <span data-timer-cue className="min-w-0 truncate">
              {under.phase === 'getting-ready' ? words.getReady : stepName(under.step)}
            </span>
            <TargetChip zone={under.step.targetZone} className="text-[max(0.875rem,0.6em)]" />
            {match ? <MatchWord match={match} className="text-[max(0.9375rem,0.7em)]" /> : null}
            {under.paused ? <span className="rounded-full border-2 border-ink px-2 text-small">{words.paused}</span> : null}
          </p>
          <p data-timer-under className="figures truncate text-small text-soft">
            {underWords(under)}
          </p>
        </div>
        {now.view.timer.soundOn ? (
          <IconButton
            label={on ? words.ownSoundOn : words.ownSoundOff}
            aria-pressed={on}
            icon={on ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
            onClick={toggle}
          />
        ) : null}
      </div>
      <Progress part={under.phase === 'running' ? 1 - under.remainingMs / under.durationMs : 0} />
    </section>
  )
}

/** Only from a number that is live: an old one says nothing about now. */
const ownZone = (heart: HeartView | null): number | null => (heart?.own.state === 'live' ? heart.own.zone : null)
