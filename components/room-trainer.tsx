'use client'
import { ExternalLink } from 'lucide-react'
import { callServiceName } from '@/lib/classes/series'
import type { RoomView } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { firstName, roomStrings } from './strings-room'
import { videoStrings } from './strings-video'
import { TileVideo } from './tile-picture'
import { buttonLook } from './ui-button'

const words = roomStrings.member

/**
 * The trainer's whole picture, never cropped: a foot out of frame is a wrong exercise. Or words on why there is none. A shared screen takes
 * its place, and the picture stands small in its corner.
 */
export const TrainerStage = ({ view, hostSeen, className }: { view: RoomView; hostSeen: boolean; className?: string }) => {
  const trainer = firstName(view.room.hostName)
  const host = view.tiles.find((tile) => tile.role === 'host')
  const media = host?.media ?? null
  if (view.room.videoPlace === 'own_link') return <OwnCall view={view} trainer={trainer} className={className} />
  const shown = media?.cameraOn ? media.video : null
  const screen = view.video?.remotes.find((remote) => remote.participantId === host?.participantId && remote.screen)?.screen ?? null
  const why =
    view.hostGoneMs !== null && !media
      ? (hostSeen ? words.trainerAway : words.trainerNotHere)(trainer)
      : media && !media.cameraOn && media.connection === 'connected'
        ? words.trainerCameraOff(trainer)
        : words.trainerComing(trainer)
  return (
    <section
      aria-label={view.room.hostName}
      data-trainer={shown ? 'picture' : 'words'}
      className={classNames('relative overflow-hidden rounded-control bg-sunk', className)}
    >
      {screen ? (
        <div data-shared-screen className="absolute inset-0">
          <TileVideo track={screen} whole label={videoStrings.share.of(trainer)} />
          {shown ? (
            <div className="absolute top-2 right-2 aspect-video w-[clamp(7rem,24%,16rem)] overflow-hidden rounded-control border border-line shadow-2xl">
              <TileVideo track={shown} label={view.room.hostName} />
            </div>
          ) : null}
        </div>
      ) : shown ? (
        <TileVideo
          track={shown}
          whole
          label={view.room.hostName}
          className={media?.connection === 'interrupted' ? 'opacity-50' : undefined}
        />
      ) : (
        <p className="absolute inset-0 flex items-center justify-center p-6 text-center text-lead text-balance text-soft">{why}</p>
      )}
      <p className="absolute top-2 left-2 max-w-[65%] truncate rounded-md bg-stage/80 px-2 py-0.5 text-small font-semibold">
        {view.room.hostName} · {view.room.title}
      </p>
    </section>
  )
}

const OwnCall = ({ view, trainer, className }: { view: RoomView; trainer: string; className?: string }) => {
  const url = view.room.videoUrl
  const call = url ? callServiceName(url) : ''
  return (
    <section
      aria-label={view.room.hostName}
      className={classNames('flex flex-col items-center justify-center gap-4 rounded-control bg-sunk p-5 text-center', className)}
    >
      <p className="type-heading">{words.ownLinkTitle(call)}</p>
      <p className="max-w-md text-body text-soft">{words.ownLinkText(trainer, call)}</p>
      {url ? (
        <a className={buttonLook({ size: 'large' })} href={url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden />
          {roomStrings.controls.openCall(call)}
        </a>
      ) : null}
    </section>
  )
}
