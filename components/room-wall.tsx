'use client'
import { useState } from 'react'
import { Users } from 'lucide-react'
import type { RoomSession, RoomView, Tile } from '@/lib/room/room-view'
import { FloatingWall, useFloatingWindow } from './floating-wall'
import { RehearsalBanner } from './rehearsal'
import { Confirm, type Question } from './room-confirm'
import { RoomPanel } from './room-panel'
import { RoomSound } from './room-sound'
import { HighFives } from './reaction-float'
import { RoomStrip } from './room-strip'
import { WallBar } from './room-wall-bar'
import { WallNotes } from './room-wall-notes'
import { rehearsalStrings } from './strings-rehearsal'
import { ShareBanner } from './share-banner'
import { roomStrings } from './strings-room'
import { wallLine } from './tile-words'
import { Button } from './ui-button'
import { useKeys } from './use-keys'
import { useSize } from './use-size'
import { WallGrid } from './wall-grid'
import { Invite, WALL_PANELS, type WallPanel } from './wall-panels'

/** The trainer's screen: every member at once, in fixed places, and the few things a trainer does. Audience: the trainer only. */
export const Wall = ({ view, session, onLeft }: { view: RoomView; session: RoomSession; onLeft: () => void }) => {
  const [panel, setPanel] = useState<WallPanel | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState('')
  const [floor, size] = useSize()
  const floating = useFloatingWindow()
  const members = view.tiles.filter((tile) => tile.role === 'member')
  const here = view.room.videoPlace === 'here'

  const muteAll = () => {
    void session.muteAll().then(() => setSaid(roomStrings.controls.mutedAll))
  }
  const mute = (tile: Tile) => {
    void session.mute(tile.participantId).then(() => setSaid(roomStrings.people.muted(tile.name)))
  }
  const close = () => setPanel(null)
  const toggle = (next: WallPanel) => setPanel((open) => (open === next ? null : next))
  const talk = () => void session.setTalk(!view.talking)
  const camera = () => void session.setCamera(!view.cameraOn)
  const share = () => void session.setShare(view.sharing === 'no')
  const mayShare = view.video?.local.mayShare === true
  const ask = hostQuestions(view, session, onLeft)
  useKeys({
    ...(here ? { t: talk, c: camera, m: muteAll } : {}),
    ...(mayShare ? { s: share } : {}),
    p: () => toggle('people'),
    h: () => toggle('chat'),
    i: () => toggle('share'),
  })

  return (
    <main id="content" className="stage fixed inset-0 flex flex-col overflow-hidden">
      <h1 className="sr-only">{view.room.title}</h1>
      <p role="status" className="sr-only">
        {said}
      </p>
      <RoomStrip view={view} side="wall" onPlan={() => setPanel('plan')} />
      <RehearsalBanner view={view} session={session} />
      <ShareBanner view={view} session={session} />
      <WallNotes view={view} />
      <div ref={floor} className="relative flex min-h-0 grow gap-2 p-2">
        {members.length === 0 ? (
          <Empty view={view} onRehearse={() => session.rehearse(true)} />
        ) : floating.open ? (
          <FloatingWall tiles={members} cameraLimit={view.video?.cameraLimit ?? null} floating={floating} />
        ) : (
          <WallGrid tiles={members} floor={size} cameraLimit={view.video?.cameraLimit ?? null} spotlightId={view.spotlightId} />
        )}
        <HighFives />
        {panel ? (
          <RoomPanel beside title={WALL_PANELS[panel].title} onClose={close}>
            {WALL_PANELS[panel].content({
              view,
              session,
              sound: here ? { mute, muteAll } : undefined,
              askRemove: (tile) => setQuestion(ask.remove(tile)),
              open: setPanel,
              close,
              floating,
            })}
          </RoomPanel>
        ) : null}
      </div>
      <WallBar
        view={view}
        line={wallLine(view.tiles)}
        open={panel}
        onPanel={toggle}
        onTalk={talk}
        onCamera={camera}
        onShare={mayShare ? share : undefined}
        onMuteAll={muteAll}
        onEndWorkout={() => setQuestion(ask.endWorkout)}
        onCloseRoom={() => setQuestion(ask.closeRoom)}
        onLeave={() => setQuestion(ask.leave)}
      />
      <Confirm question={question} onDone={() => setQuestion(null)} />
      <RoomSound remotes={view.part === 'main' ? (view.video?.remotes ?? []) : []} />
    </main>
  )
}

const Empty = ({ view, onRehearse }: { view: RoomView; onRehearse: () => void }) => (
  <div className="flex h-full min-w-0 grow overflow-y-auto">
    <section className="m-auto grid w-full max-w-lg gap-8 p-4 lg:max-w-5xl lg:grid-cols-[1fr_1.2fr] lg:items-center lg:gap-16">
      <div className="space-y-4">
        <h2 className="type-title">{roomStrings.wall.emptyTitle}</h2>
        <p className="text-lead text-soft">{roomStrings.wall.emptyText}</p>
        <Button variant="secondary" size="large" onClick={onRehearse}>
          <Users aria-hidden />
          {rehearsalStrings.offer}
        </Button>
      </div>
      <div className="min-w-0 space-y-4">
        <Invite view={view} />
      </div>
    </section>
  </div>
)

function hostQuestions(view: RoomView, session: RoomSession, onLeft: () => void) {
  const words = roomStrings.confirm
  const others = view.tiles.filter((tile) => !tile.me && tile.presence === 'here').length
  const workoutEnded = view.room.workoutEndedAt !== null || view.phase.phase === 'workout-ended'
  return {
    endWorkout: { title: words.endTitle, text: words.endText, yes: words.endYes, run: () => session.endWorkout() },
    closeRoom: {
      title: words.closeTitle,
      text: workoutEnded ? words.closeText(others) : `${words.closeText(others)} ${words.closeTextEnds}`,
      yes: words.closeYes,
      danger: true,
      run: () => session.closeRoom(),
    },
    leave: {
      title: words.leaveTitle,
      text: words.hostLeaveText,
      yes: words.leaveYes,
      run: async () => {
        await session.leave()
        onLeft()
      },
    },
    remove: (tile: Tile): Question => ({
      title: words.removeTitle(tile.name),
      text: words.removeText(tile.name),
      yes: words.removeYes,
      danger: true,
      run: () => session.remove(tile.participantId),
    }),
  } as const
}
