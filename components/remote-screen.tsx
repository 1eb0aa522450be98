'use client'
import { useState, type ReactNode } from 'react'
import { Focus, Pause, Play, Plus, SkipForward, Volume2, VolumeX, MicOff } from 'lucide-react'
import { api } from '@/lib/platform/api.client'
import type { RealtimeConfig } from '@/lib/platform/realtime.client'
import { needsAttention } from '@/lib/room/attention'
import type { BoardFacts } from '@/lib/room/board-page'
import type { BoardReader } from '@/lib/room/board-reader.client'
import type { TimerCommand } from '@/lib/room/timer'
import { classNames } from './class-names'
import { RoomWords } from './room-words'
import { deviceStrings } from './strings-devices'
import { timerStrings } from './strings-timer'
import { stepName, TimerFigure, underWords } from './timer-face'
import { useTimerNow } from './timer-here'
import { Button } from './ui-button'
import { useBoardReader } from './use-board-reader'
import { useStore } from './use-store'

const words = deviceStrings.remote

/** The trainer's phone in one hand, three metres from the wall: what to press, and who needs a word. Audience: the trainer. */
export const RemoteScreen = ({ facts, realtime }: { facts: BoardFacts; realtime: RealtimeConfig }) => {
  const reader = useBoardReader(facts, realtime)
  const view = useStore(reader)
  if (!reader || !view) return <RoomWords title={deviceStrings.tv.first} />
  if (view.phase === 'ended') return <RoomWords title={deviceStrings.tv.endedTitle}>{deviceStrings.tv.endedText}</RoomWords>
  return <Remote reader={reader} />
}

const Remote = ({ reader }: { reader: BoardReader }) => {
  const view = useStore(reader)
  const now = useTimerNow(reader.timer)
  const [failed, setFailed] = useState(false)
  const [muted, setMuted] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const base = `/api/classes/${view.facts.classId}` as const
  const silent = view.phase !== 'live'
  // What is old is no reason to shout at anybody.
  const attention = silent ? [] : needsAttention(view.tiles)

  const run = (act: Promise<unknown>) => {
    setFailed(false)
    return act.then(
      () => true,
      () => {
        setFailed(true)
        return false
      },
    )
  }
  const press = (command: TimerCommand) => void run(reader.timer.press(command))
  const muteAll = async () => {
    if (!(await run(api('POST', `${base}/mute-all`)))) return
    setMuted(true)
    setTimeout(() => setMuted(false), MUTED_SAID_MS)
  }
  const spotlight = (participantId: string | null) => {
    setChoosing(false)
    void run(api('POST', `${base}/spotlight`, { body: { participantId } }))
  }
  const under = now && 'step' in now.position ? now.position : null
  const paused = under?.paused ?? false
  const soundOn = now?.view.timer.soundOn ?? true

  return (
    <main
      id="content"
      data-remote={view.phase}
      className="stage fixed inset-0 flex flex-col gap-3 overflow-y-auto p-3 pt-[max(0.75rem,env(safe-area-inset-top))] pb-[max(0.75rem,env(safe-area-inset-bottom))]"
    >
      <h1 className="sr-only">{words.title}</h1>
      <section aria-label={timerStrings.label} data-timer={under?.phase ?? 'none'} data-paused={paused} className="flex min-h-16 shrink-0 flex-wrap items-center gap-x-4 px-1">
        {under ? (
          <>
            <TimerFigure session={reader.timer} position={under} className="min-w-[3.5ch] text-[clamp(3.25rem,11dvh,6rem)]" />
            <p className="line-clamp-2 min-w-0 grow basis-0 text-2xl leading-tight font-bold">
              {under.phase === 'getting-ready' ? timerStrings.getReady : stepName(under.step)}
            </p>
            <p className="figures basis-full text-base text-soft">{underWords(under)}</p>
          </>
        ) : (
          <p className="text-lead font-semibold text-soft">
            {now?.view.plan == null ? words.noPlan : now.position.phase === 'finished' ? words.finished : timerStrings.ready(now.position.totalRemainingMs)}
          </p>
        )}
      </section>
      <section aria-label={words.attention} className="min-h-0 grow overflow-y-auto">
        {silent ? (
          <p role="alert" className="rounded-control bg-warn-wash px-3 py-2 text-warn-ink">
            {view.phase === 'waiting' ? deviceStrings.tv.first : words.lost}
          </p>
        ) : choosing ? (
          <People reader={reader} onChoose={spotlight} />
        ) : attention.length === 0 ? (
          <p className="px-1 text-lead text-soft">{words.calm}</p>
        ) : (
          <ol className="space-y-1.5">
            {attention.map(({ participantId, name, need }) => (
              <li key={participantId} data-need={need.need} className="flex items-baseline justify-between gap-3 rounded-control bg-surface px-3 py-2.5">
                <span className="min-w-0 truncate text-xl font-bold">{name}</span>
                <span className="shrink-0 text-base text-soft">{deviceStrings.need(need)}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
      {failed ? (
        <p role="alert" className="shrink-0 rounded-control bg-danger-wash px-3 py-2 text-center font-semibold">
          {words.failed}
        </p>
      ) : null}
      <div role="toolbar" aria-label={words.label} className="grid min-h-[21rem] shrink-0 basis-[54dvh] auto-rows-fr grid-cols-2 gap-3">
        <Big
          icon={paused || !under ? <Play /> : <Pause />}
          label={!under ? words.start : paused ? words.resume : words.pause}
          strong
          disabled={now?.view.plan == null}
          onClick={() => press(!under ? 'start' : paused ? 'resume' : 'pause')}
        />
        <Big icon={<SkipForward />} label={words.next} strong disabled={!under} onClick={() => press('next')} />
        <Big icon={<Plus />} label={words.plus} disabled={!under} onClick={() => press('plus20')} />
        <Big
          icon={soundOn ? <Volume2 /> : <VolumeX />}
          label={soundOn ? words.soundOff : words.soundOn}
          onClick={() => press(soundOn ? 'sound-off' : 'sound-on')}
        />
        <Big icon={<MicOff />} label={muted ? words.muted : words.mute} onClick={() => void muteAll()} />
        <Big
          icon={<Focus />}
          label={view.spotlightId === null ? words.spotlight : words.spotlightOff}
          active={view.spotlightId !== null || choosing}
          onClick={() => (view.spotlightId === null ? setChoosing((open) => !open) : spotlight(null))}
        />
      </div>
    </main>
  )
}

const MUTED_SAID_MS = 3_000

const People = ({ reader, onChoose }: { reader: BoardReader; onChoose: (participantId: string) => void }) => {
  const { tiles } = useStore(reader)
  const here = tiles.filter(({ presence }) => presence === 'here')
  return (
    <div role="group" aria-label={words.whom} className="space-y-1.5">
      {here.length === 0 ? <p className="px-1 text-lead text-soft">{words.none}</p> : null}
      {here.map(({ participantId, name }) => (
        <Button key={participantId} variant="secondary" size="large" wide onClick={() => onChoose(participantId)}>
          {name}
        </Button>
      ))}
    </div>
  )
}

type BigProps = { icon: ReactNode; label: string; onClick: () => void; strong?: boolean; active?: boolean; disabled?: boolean }

/** At least 104 px high, and never elsewhere than a moment ago: found by a thumb that does not look. */
const Big = ({ icon, label, onClick, strong = false, active = false, disabled = false }: BigProps) => (
  <button
    type="button"
    disabled={disabled}
    onClick={onClick}
    className={classNames(
      'flex min-h-[6.5rem] cursor-pointer touch-manipulation flex-col items-center justify-center gap-1.5 rounded-panel text-lg font-bold select-none',
      'transition-colors duration-100 active:bg-accent-wash disabled:opacity-40 [&_svg]:size-9',
      active || strong ? 'bg-accent text-on-accent active:text-ink' : 'bg-surface text-ink',
    )}
  >
    <span aria-hidden>{icon}</span>
    {label}
  </button>
)
