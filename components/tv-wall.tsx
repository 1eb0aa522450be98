'use client'
import type { RealtimeConfig } from '@/lib/platform/realtime.client'
import type { BoardFacts } from '@/lib/room/board-page'
import type { ReaderView } from '@/lib/room/board-reader.client'
import type { TimerSession } from '@/lib/room/timer-session.client'
import { classNames } from './class-names'
import { RoomWords } from './room-words'
import { deviceStrings } from './strings-devices'
import { timerStrings } from './strings-timer'
import { wallLine } from './tile-words'
import { stepName, TargetChip, TimerFigure, underWords } from './timer-face'
import { useTimerNow } from './timer-here'
import { ButtonLink } from './ui-button'
import { useBoardReader } from './use-board-reader'
import { useSize } from './use-size'
import { useStore } from './use-store'
import { WallGrid } from './wall-grid'

const words = deviceStrings.tv

/** The wall on a television: nothing to press. Audience: the trainer, or the class, as the trainer said when letting it in. */
export const TvWall = ({ facts, realtime }: { facts: BoardFacts; realtime: RealtimeConfig }) => {
  const reader = useBoardReader(facts, realtime)
  const view = useStore(reader)
  const [floor, size] = useSize()
  if (!reader || !view || view.phase === 'waiting') return <RoomWords title={words.first} />
  if (view.phase === 'ended')
    return (
      <RoomWords title={words.endedTitle} actions={<ButtonLink href="/tv">{words.again}</ButtonLink>}>
        {words.endedText}
      </RoomWords>
    )
  const trainer = facts.audience === 'trainer'
  return (
    <main id="content" data-tv={view.phase} className="stage fixed inset-0 flex flex-col overflow-hidden">
      <h1 className="sr-only">{view.facts.title}</h1>
      <TvTimer session={reader.timer} over={view.facts.workoutEndedAt !== null} />
      <Honesty view={view} />
      <div ref={floor} className={classNames('flex min-h-0 grow gap-2 p-2', view.phase === 'stale' && 'opacity-60')}>
        {view.phase === 'lost' ? null : view.tiles.length === 0 ? (
          <p className="m-auto text-[max(1.25rem,4vmin)] text-soft">{trainer ? words.nobody : words.nobodyShares}</p>
        ) : (
          <WallGrid tiles={view.tiles} floor={size} cameraLimit={null} spotlightId={view.spotlightId} />
        )}
      </div>
      <footer className="flex shrink-0 items-baseline justify-between gap-4 border-t border-line px-4 py-2 text-[max(1rem,2.2vmin)]">
        <p className="min-w-0 truncate">
          <span className="font-semibold">{view.facts.title}</span>
          <span className="figures text-soft"> · {trainer ? wallLine(view.tiles) : view.facts.hostName}</span>
        </p>
        <p className="shrink-0 text-soft">{trainer ? words.trainerOnly : words.classToo}</p>
      </footer>
    </main>
  )
}

/** Said over the whole screen: one old wall is worse than none. */
const Honesty = ({ view }: { view: ReaderView }) =>
  view.phase === 'stale' || view.phase === 'lost' ? (
    <p role="alert" className="shrink-0 bg-warn-wash px-4 py-2 text-center text-[max(1.125rem,3vmin)] font-semibold text-warn-ink">
      {view.phase === 'lost' ? words.lost : words.stale(Math.floor(view.silentMs / 1000))}
    </p>
  ) : null

const TvTimer = ({ session, over }: { session: TimerSession; over: boolean }) => {
  const now = useTimerNow(session)
  if (over || !now || !('step' in now.position)) return null
  const under = now.position
  return (
    <section
      aria-label={timerStrings.label}
      data-timer={under.phase}
      data-paused={under.paused}
      className="flex shrink-0 items-center gap-[3vw] border-b border-line bg-surface px-4 py-2"
    >
      <TimerFigure session={session} position={under} className="min-w-[4ch] text-[max(3rem,11vmin)]" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-[2vw] text-[max(1.5rem,5vmin)] leading-tight font-bold">
          <span className="min-w-0 truncate">{under.phase === 'getting-ready' ? timerStrings.getReady : stepName(under.step)}</span>
          <TargetChip zone={under.step.targetZone} className="text-[max(1rem,0.55em)]" />
          {under.paused ? <span className="rounded-full border-2 border-ink px-3 text-[0.6em]">{timerStrings.paused}</span> : null}
        </p>
        <p className="figures truncate text-[max(1rem,2.4vmin)] text-soft">{underWords(under)}</p>
      </div>
    </section>
  )
}
