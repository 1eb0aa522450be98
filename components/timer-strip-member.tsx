'use client'
import { type ReactNode, useState } from 'react'
import { Volume2, VolumeX } from 'lucide-react'
import type { HeartView } from '@/lib/room/room-view'
import type { TimerSession } from '@/lib/room/timer-session.client'
import { useHeart } from './heart-provider'
import { timerStrings as words } from './strings-timer'
import { type Match, matchOf, MatchWord, stepName, TargetChip, TimerFigure, type Under, underWords } from './timer-face'
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
    <TimerStrip session={timer.session} under={under} match={match}>
      {now.view.timer.soundOn ? (
        <IconButton
          label={on ? words.ownSoundOn : words.ownSoundOff}
          aria-pressed={on}
          icon={on ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
          onClick={toggle}
          className="sm:order-last"
        />
      ) : null}
    </TimerStrip>
  )
}

/** The same over the trainer's floating wall, to look at. */
export const FloatingTimer = ({ session }: { session: TimerSession }) => {
  const now = useTimerNow(session, true)
  if (!now || !('step' in now.position)) return null
  return <TimerStrip session={session} under={now.position} match={null} />
}

type TimerStripProps = { session: TimerSession; under: Under; match: Match | null; children?: ReactNode }

const TimerStrip = ({ session, under, match, children }: TimerStripProps) => (
  <section
    aria-label={words.label}
    data-timer={under.phase}
    data-paused={under.paused}
    className="relative shrink-0 border-b border-line bg-surface px-3 py-1.5"
  >
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <TimerFigure session={session} position={under} className="min-w-[4ch] text-[clamp(2.5rem,8vh,4.5rem)]" />
      <p
        data-timer-cue
        className="line-clamp-2 min-w-0 grow basis-0 text-[clamp(1.125rem,3vh,1.75rem)] leading-tight font-bold"
      >
        {under.phase === 'getting-ready' ? words.getReady : stepName(under.step)}
      </p>
      {children}
      <p className="flex basis-full flex-wrap items-center gap-x-3 gap-y-1 sm:basis-auto">
        <TargetChip zone={under.step.targetZone} />
        {match ? <MatchWord match={match} className="text-lg" /> : null}
        {under.paused ? <span className="rounded-full border-2 border-ink px-2 text-small font-semibold">{words.paused}</span> : null}
        <span data-timer-under className="figures text-small text-soft">
          {underWords(under)}
        </span>
      </p>
    </div>
    <Progress part={under.phase === 'running' ? 1 - under.remainingMs / under.durationMs : 0} />
  </section>
)

/** Only from a number that is live: an old one says nothing about now. */
const ownZone = (heart: HeartView | null): number | null => (heart?.own.state === 'live' ? heart.own.zone : null)
