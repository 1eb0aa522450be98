'use client'
import { ArrowDown, ArrowUp, Check } from 'lucide-react'
import type { PlanStep } from '@/lib/classes/workout-plan'
import { Zone } from '@/lib/room/beat'
import type { TimerPosition } from '@/lib/room/timer'
import type { TimerSession } from '@/lib/room/timer-session.client'
import { classNames } from './class-names'
import { clockWords, timerStrings as words } from './strings-timer'
import { ZoneBarsOnColour } from './zone'
import { ZONE_FILL } from './zone-palette'

export type Under = Extract<TimerPosition, { step: PlanStep }>

/**
 * What is left of the interval. The last three seconds are the only thing in the room that pulses. The element tells whoever measures what
 * its figure is cut from.
 */
export const TimerFigure = ({ session, position, className }: { session: TimerSession; position: Under; className?: string }) => {
  const remainingMs = (): number | null => {
    const now = session.position()
    return now && 'step' in now ? now.remainingMs : null
  }
  const seconds = Math.ceil(position.remainingMs / 1000)
  const last = seconds <= 3 && !position.paused
  return (
    <span
      ref={(element) => void (element && Object.assign(element, { remainingMs }))}
      data-timer-figure
      // A new second begins the pulse anew.
      key={last ? seconds : 'calm'}
      className={classNames('figures inline-block leading-none font-bold tracking-[-0.03em]', last && 'timer-pulse', className)}
    >
      {clockWords(position.remainingMs)}
    </span>
  )
}

/** What is asked for: colour, number and bars. */
export const TargetChip = ({ zone, className }: { zone: number | null; className?: string }) => {
  const target = Zone.nullable().catch(null).parse(zone)
  if (target === null) return null
  return (
    <span
      data-target={target}
      className={classNames(
        'inline-flex items-center gap-[0.4em] rounded-full px-[0.7em] py-[0.2em] font-semibold whitespace-nowrap',
        ZONE_FILL[target],
        className,
      )}
    >
      {words.target(target)}
      {target === 0 ? null : <ZoneBarsOnColour zone={target} />}
    </span>
  )
}

export const stepName = ({ kind, cue }: Pick<PlanStep, 'kind' | 'cue'>): string => (cue === '' ? words.kinds[kind] : cue)
export const stepMs = ({ durationS }: Pick<PlanStep, 'durationS'>): number => durationS * 1000

/** "Round 3 of 8 · Next: Rest 0:10 · 12:30 to go". */
export function underWords({ phase, step, next, totalRemainingMs }: Under): string {
  const following = phase === 'getting-ready' ? step : next
  return [
    step.of > 1 ? words.round(step.round, step.of) : null,
    following ? words.next(stepName(following), stepMs(following)) : words.last,
    words.total(totalRemainingMs),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** A heart answers late: before this an interval says nothing about it. */
const SETTLES_MS = 20_000
export type Match = 'in' | 'ease' | 'push' | 'down'

/** How the own zone stands to the target: nothing where nothing fair can be said. Nobody is told to push in a rest. */
export function matchOf({ phase, paused, step, elapsedMs }: Under, zone: number | null): Match | null {
  const target = step.targetZone
  if (phase !== 'running' || paused || target === null || zone === null) return null
  if (zone === target) return 'in'
  if (step.kind === 'rest' || step.kind === 'cool-down') return zone < target ? 'in' : 'down'
  if (elapsedMs < SETTLES_MS) return null
  return zone < target ? 'push' : 'ease'
}
const SHAPE = { in: Check, ease: ArrowDown, push: ArrowUp, down: ArrowDown }

export const MatchWord = ({ match, className }: { match: Match; className?: string }) => {
  const Shape = SHAPE[match]
  return (
    <span data-match={match} className={classNames('inline-flex items-center gap-[0.3em] font-semibold whitespace-nowrap', className)}>
      <Shape aria-hidden strokeWidth={3} className="size-[1.1em]" />
      {words.match[match]}
    </span>
  )
}
