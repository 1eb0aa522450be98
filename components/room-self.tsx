'use client'
import type { RoomView } from '@/lib/room/room-view'
import { type CameraReach, EACH_TO_EACH_LIMIT } from '@/lib/room/topology'
import { classNames } from './class-names'
import { firstName, roomStrings } from './strings-room'
import { videoStrings } from './strings-video'
import { TileInitials, TileVideo } from './tile-picture'
import { Choice } from './ui-choice'

const words = roomStrings.member

export const ownReach = (view: RoomView) => view.tiles.find((tile) => tile.me)?.cameraReach ?? 'nobody'

/** Under the own picture, always: who sees it. What is true, not what was chosen: a camera that is off is seen by nobody. */
export function seenWords(view: RoomView): string {
  const reach = ownReach(view)
  if (!view.cameraOn || reach === 'nobody' || view.video?.local.cameraHeldBack) return words.nobodySees
  return reach === 'everyone' && view.video?.membersMeet === 'yes' ? words.seenByEveryone : words.seenBy(firstName(view.room.hostName))
}

export const SelfPicture = ({ view, onChange, className }: { view: RoomView; onChange: () => void; className?: string }) => {
  const camera = view.video?.local.camera ?? null
  return (
    <section
      aria-label={words.yourself}
      className={classNames('flex min-h-0 min-w-0 flex-col overflow-hidden rounded-control bg-surface', className)}
    >
      <div className="relative min-h-0 grow [container-type:size]">
        <div className="absolute inset-0">
          {camera ? <TileVideo track={camera} mirrored label={words.yourself} /> : <TileInitials name={view.seat.name} words={null} />}
        </div>
      </div>
      <button
        type="button"
        data-seen
        onClick={onChange}
        className="min-h-11 shrink-0 cursor-pointer px-2 text-small leading-tight font-semibold hover:bg-accent-wash"
      >
        {seenWords(view)}
      </button>
    </section>
  )
}

/** Who may see the own camera; taking effect at once. */
export const CameraChoice = ({ view, onChoose }: { view: RoomView; onChoose: (reach: CameraReach) => void }) => {
  const trainer = firstName(view.room.hostName)
  const reach = ownReach(view)
  return (
    <Choice<CameraReach>
      legend={words.reachTitle}
      hint={words.reachText(trainer)}
      name="camera-reach"
      value={reach === 'everyone' && !view.room.eachToEach ? 'trainer' : reach}
      onChange={onChoose}
      options={[
        { value: 'trainer', label: words.reachTrainer(trainer) },
        ...(view.room.eachToEach ? [{ value: 'everyone' as const, label: videoStrings.meet.everyone, hint: everyoneHint(view) }] : []),
        { value: 'nobody', label: words.reachNobody },
      ]}
    />
  )
}

const everyoneHint = (view: RoomView): string =>
  view.video?.membersMeet === 'too_many' ? videoStrings.meet.tooMany(EACH_TO_EACH_LIMIT) : videoStrings.meet.everyoneHint
