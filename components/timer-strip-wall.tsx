'use client'
import { useState, type ReactNode } from 'react'
import { FastForward, Pause, Play, Plus, Volume2, VolumeX } from 'lucide-react'
import { AppError } from '@/lib/platform/app-error'
import type { TimerCommand } from '@/lib/room/timer'
import type { TimerSession } from '@/lib/room/timer-session.client'
import { classNames } from './class-names'
import { Control } from './room-control'
import { timerStrings as words } from './strings-timer'
import { stepName, TargetChip, TimerFigure, underWords } from './timer-face'
import { type TimerNow, useTimerNow } from './timer-here'
import { Button } from './ui-button'
import { FieldError } from './ui-field'
import { useKeys } from './use-keys'

/** The trainer's timer: read from the mat, moved by four buttons, three keys or a clicker. */
export const WallTimer = ({ session, onPlan }: { session: TimerSession; onPlan: () => void }) => {
  const now = useTimerNow(session)
  const [problem, setProblem] = useState<string | null>(null)
  const run = (work: Promise<void>) => {
    setProblem(null)
    work.catch((error: unknown) => setProblem(error instanceof AppError ? error.message : String(error)))
  }
  const press = (command: TimerCommand) => run(session.press(command))
  const begin = () => run(session.startWorkout())
  const position = now?.position
  const under = position && 'step' in position ? position : null
  const canStart = now !== null && now.view.plan !== null && (position?.phase === 'ready' || position?.phase === 'finished')
  const main = under
    ? () => press(under.paused ? 'resume' : 'pause')
    : canStart && position?.phase === 'ready'
      ? () => press('start')
      : now && now.view.workoutStartedAt === null
        ? begin
        : null
  useKeys({
    ...(main ? { ' ': main } : {}),
    ...(under ? { n: () => press('next'), '+': () => press('plus20'), '=': () => press('plus20') } : {}),
  })
  if (!now) return null
  return (
    <section
      aria-label={words.label}
      data-timer={position?.phase}
      data-paused={under?.paused}
      className="relative shrink-0 border-b border-line bg-surface px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {under ? (
          <>
            <TimerFigure
              session={session}
              position={under}
              className="min-w-[4ch] text-[clamp(3.25rem,10vh,6.5rem)]"
            />
            <div className="min-w-0 grow basis-64">
              <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[clamp(1.375rem,4.2vh,2.5rem)] leading-tight font-bold">
                <span data-timer-cue className="min-w-0 truncate">
                  {under.phase === 'getting-ready' ? words.getReady : stepName(under.step)}
                </span>
                <TargetChip zone={under.step.targetZone} className="text-[0.62em]" />
                {under.paused ? <span className="rounded-full border-2 border-ink px-[0.6em] text-[0.62em]">{words.paused}</span> : null}
              </p>
              <p data-timer-under className="figures truncate text-[clamp(1rem,2.4vh,1.375rem)] text-soft">
                {underWords(under)}
              </p>
            </div>
          </>
        ) : (
          <p className="figures min-w-0 grow text-lead font-semibold">{idleWords(now)}</p>
        )}
        <div role="toolbar" aria-label={words.label} className="flex items-stretch gap-1.5" onClick={letGo}>
          {under ? (
            <>
              <Control
                icon={under.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
                label={under.paused ? words.resume : words.pause}
                shortcut="space"
                active={under.paused}
                onClick={() => main?.()}
              />
              <Control icon={<FastForward aria-hidden />} label={words.skip} shortcut="n" onClick={() => press('next')} />
              <Control icon={<Plus aria-hidden />} label={words.plus20} shortcut="+" onClick={() => press('plus20')} />
            </>
          ) : (
            <Starting now={now} canStart={canStart} onStart={() => press('start')} onBegin={begin} onPlan={onPlan} />
          )}
          {now.view.plan ? (
            <Control
              icon={now.view.timer.soundOn ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
              label={now.view.timer.soundOn ? words.soundOn : words.soundOff}
              title={words.soundHint}
              aria-pressed={now.view.timer.soundOn}
              terse
              onClick={() => press(now.view.timer.soundOn ? 'sound-off' : 'sound-on')}
            />
          ) : null}
        </div>
      </div>
      <div role="alert">{problem ? <FieldError>{problem}</FieldError> : null}</div>
      {under ? <Progress part={under.phase === 'running' ? 1 - under.remainingMs / under.durationMs : 0} /> : null}
    </section>
  )
}

/** A button that was clicked lets go of the focus, so that the space bar stays the timer's. By keyboard it keeps it. */
const letGo = ({ detail, target }: { detail: number; target: EventTarget }) => {
  if (detail > 0 && target instanceof Element) target.closest('button')?.blur()
}

function idleWords({ view, position, nowMs }: TimerNow): string {
  if (position.phase === 'finished') return words.done
  const runs = view.workoutStartedAt === null ? null : words.workoutRuns(nowMs - view.workoutStartedAt)
  const plan = view.plan === null ? words.noPlan : words.ready(position.totalRemainingMs)
  return runs === null ? plan : `${runs} · ${plan}`
}

type StartingProps = { now: TimerNow; canStart: boolean; onStart: () => void; onBegin: () => void; onPlan: () => void }

const Starting = ({ now: { view, position }, canStart, onStart, onBegin, onPlan }: StartingProps): ReactNode => {
  const begun = view.workoutStartedAt !== null
  const label = position.phase === 'finished' ? words.again : begun ? words.startTimer : words.start
  const small = classNames(position.phase === 'finished' && 'opacity-90')
  return (
    <>
      {view.plan === null ? (
        <Button size="large" variant="secondary" onClick={onPlan}>
          {words.choosePlan}
        </Button>
      ) : null}
      {canStart ? (
        <Button
          size="large"
          variant={position.phase === 'finished' ? 'secondary' : 'primary'}
          className={small}
          aria-keyshortcuts="Space"
          busy={view.pressing}
          onClick={onStart}
        >
          <Play aria-hidden />
          {label}
        </Button>
      ) : begun ? null : (
        <Button size="large" aria-keyshortcuts="Space" busy={view.pressing} onClick={onBegin}>
          <Play aria-hidden />
          {words.start}
        </Button>
      )}
    </>
  )
}

/** How much of the interval is done, along the strip's edge. */
export const Progress = ({ part }: { part: number }) => (
  <span aria-hidden className="absolute inset-x-0 bottom-0 h-1 bg-line">
    <span className="block h-full origin-left bg-ink transition-transform duration-200 ease-linear" style={{ transform: `scaleX(${part})` }} />
  </span>
)
