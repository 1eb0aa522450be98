'use client'
import { useState } from 'react'
import type { RoomSession, RoomView, Tile } from '@/lib/room/room-view'
import { Confirm, type Question } from './room-confirm'
import { RoomPanel } from './room-panel'
import { RoomSound } from './room-sound'
import { RoomStrip } from './room-strip'
import { WallBar } from './room-wall-bar'
import { WallNotes } from './room-wall-notes'
import { roomStrings } from './strings-room'
import { EmptySeat, PersonTile } from './tile'
import { wallLine } from './tile-words'
import { useKeys } from './use-keys'
import { type Size, useSize } from './use-size'
import { wallLayout } from './wall-layout'
import { Invite, WALL_PANELS, type WallPanel } from './wall-panels'

const GAP = 8

/** The trainer's screen: every member at once, in fixed places, and the few things a trainer does. Audience: the trainer only. */
export const Wall = ({ view, session, onLeft }: { view: RoomView; session: RoomSession; onLeft: () => void }) => {
  const [panel, setPanel] = useState<WallPanel | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  const [said, setSaid] = useState('')
  const [floor, size] = useSize()
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
  const ask = hostQuestions(view, session, onLeft)
  useKeys({ ...(here ? { t: talk, c: camera, m: muteAll } : {}), p: () => toggle('people'), i: () => toggle('share') })

  return (
    <main id="content" className="stage fixed inset-0 flex flex-col overflow-hidden">
      <h1 className="sr-only">{view.room.title}</h1>
      <p role="status" className="sr-only">
        {said}
      </p>
      <RoomStrip view={view} side="wall" />
      <WallNotes view={view} />
      <div ref={floor} className="relative flex min-h-0 grow gap-2 p-2">
        {members.length === 0 ? (
          <Empty view={view} />
        ) : (
          <WallGrid tiles={members} floor={size} cameraLimit={view.video?.cameraLimit ?? null} />
        )}
        {panel ? (
          <RoomPanel beside title={WALL_PANELS[panel].title} onClose={close}>
            {WALL_PANELS[panel].content({
              view,
              session,
              sound: here ? { mute, muteAll } : undefined,
              askRemove: (tile) => setQuestion(ask.remove(tile)),
              open: setPanel,
              close,
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
        onMuteAll={muteAll}
        onEndWorkout={() => setQuestion(ask.endWorkout)}
        onCloseRoom={() => setQuestion(ask.closeRoom)}
        onLeave={() => setQuestion(ask.leave)}
      />
      <Confirm question={question} onDone={() => setQuestion(null)} />
      <RoomSound remotes={view.video?.remotes ?? []} />
    </main>
  )
}

type WallGridProps = {
  tiles: readonly Tile[]
  /** Of tiles and panel together: an open panel narrows the tiles and moves nobody. */
  floor: Size
  cameraLimit: number | null
}

/** Fills what it is given, never scrolls. The order is the seats'; a seat that was left stays empty. */
export const WallGrid = ({ tiles, floor, cameraLimit }: WallGridProps) => {
  const { columns, rows } = wallLayout(tiles.length, { ...floor, gap: GAP })
  return (
    <ul
      aria-label={roomStrings.wall.label}
      data-columns={columns}
      data-rows={rows}
      className="grid h-full min-w-0 grow gap-2"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))` }}
    >
      {tiles.map((tile) => (
        <li key={tile.participantId} className="min-h-0 min-w-0">
          {tile.presence === 'left' ? <EmptySeat name={tile.name} /> : <PersonTile tile={tile} cameraLimit={cameraLimit} />}
        </li>
      ))}
    </ul>
  )
}

const Empty = ({ view }: { view: RoomView }) => (
  <div className="flex h-full min-w-0 grow items-center justify-center overflow-y-auto">
    <section className="w-full max-w-lg space-y-4 p-4">
      <h2 className="type-heading">{roomStrings.wall.emptyTitle}</h2>
      <p className="text-body text-soft">{roomStrings.wall.emptyText}</p>
      <Invite view={view} />
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
