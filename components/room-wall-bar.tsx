'use client'
import { DoorClosed, DoorOpen, Ellipsis, ExternalLink, Flag, LogOut, MessageCircle, Mic, MicOff, MonitorUp, MonitorX, Users, Video, VideoOff, VolumeX } from 'lucide-react'
import { callServiceName } from '@/lib/classes/series'
import type { RoomView } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { Control } from './room-control'
import { useTalk } from './room-talk'
import { doorStrings } from './strings-door'
import { roomStrings } from './strings-room'
import { talkStrings } from './strings-talk'
import { videoStrings } from './strings-video'
import { TileVideo } from './tile-picture'
import { Button, buttonLook } from './ui-button'
import type { WallPanel } from './wall-panels'

const words = roomStrings.controls

type WallBarProps = {
  view: RoomView
  line: string
  open: WallPanel | null
  onPanel: (panel: WallPanel) => void
  onTalk: () => void
  onCamera: () => void
  /** Absent where this browser can share nothing, as on a phone. */
  onShare: (() => void) | undefined
  onMuteAll: () => void
  onEndWorkout: () => void
  onCloseRoom: () => void
  onLeave: () => void
}

/** One row: who is here, the trainer's own picture, and what a trainer does. */
export const WallBar = ({ view, line, open, onPanel, onTalk, onCamera, onShare, onMuteAll, onEndWorkout, onCloseRoom, onLeave }: WallBarProps) => {
  const ended = view.room.workoutEndedAt !== null || view.phase.phase === 'workout-ended'
  const here = view.room.videoPlace === 'here'
  const { unread } = useTalk()
  /** A panel that `more` leads to, or `more` itself. */
  const other = open !== null && open !== 'people' && open !== 'chat' && open !== 'door'
  const camera = view.video?.local.camera ?? null
  return (
    <footer
      className={classNames(
        'flex shrink-0 flex-col gap-2 border-t border-line px-2 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]',
        'xl:flex-row xl:items-center xl:gap-4',
      )}
    >
      <div className="flex min-w-0 grow items-center gap-3">
        {here && camera ? (
          <div className="h-14 w-24 shrink-0 overflow-hidden rounded-control bg-surface">
            <TileVideo track={camera} mirrored label={roomStrings.wall.you} />
          </div>
        ) : null}
        <div className="min-w-0">
          <p className="truncate text-base font-semibold">{view.room.title}</p>
          <p className="figures line-clamp-2 text-small leading-tight text-soft" data-wall-line>
            {line}
            {here && !view.talking && !view.rehearsing ? ` · ${roomStrings.wall.unheard}` : null}
            {here ? <span className="hidden 2xl:inline"> · {camera ? roomStrings.wall.you : roomStrings.wall.youWithout}</span> : null}
          </p>
        </div>
        {view.room.waiting > 0 ? (
          <Button variant="secondary" className="shrink-0" aria-expanded={open === 'door'} onClick={() => onPanel('door')}>
            <DoorOpen aria-hidden />
            {doorStrings.line.waitingNow(view.room.waiting)}
          </Button>
        ) : null}
      </div>
      <div role="toolbar" aria-label={words.label} className="grid shrink-0 grid-cols-5 items-stretch gap-1.5 max-sm:*:px-0.5 max-sm:*:text-[0.75rem] sm:flex sm:flex-wrap xl:flex-nowrap">
        {here ? (
          <>
            <Control
              icon={view.talking ? <Mic aria-hidden /> : <MicOff aria-hidden />}
              label={view.talking ? words.talking : words.talk}
              title={view.talking ? words.talkingHint : words.talkHint}
              aria-pressed={view.talking}
              active={view.talking}
              shortcut="t"
              onClick={onTalk}
            />
            <Control
              icon={view.cameraOn ? <Video aria-hidden /> : <VideoOff aria-hidden />}
              label={words.camera}
              title={view.cameraOn ? words.cameraOff : words.cameraOn}
              aria-pressed={view.cameraOn}
              active={view.cameraOn}
              shortcut="c"
              onClick={onCamera}
            />
            {onShare ? (
              <Control
                icon={view.sharing === 'no' ? <MonitorUp aria-hidden /> : <MonitorX aria-hidden />}
                label={videoStrings.share.control}
                title={view.sharing === 'no' ? videoStrings.share.start : videoStrings.share.stop}
                aria-pressed={view.sharing !== 'no'}
                active={view.sharing !== 'no'}
                shortcut="s"
                  onClick={onShare}
              />
            ) : null}
            <Control icon={<VolumeX aria-hidden />} label={words.muteAll} shortcut="m" onClick={onMuteAll} />
          </>
        ) : view.room.videoUrl ? (
          <a className={buttonLook({ variant: 'secondary' })} href={view.room.videoUrl} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden />
            {words.openCall(callServiceName(view.room.videoUrl))}
          </a>
        ) : null}
        <Control
          icon={<Users aria-hidden />}
          label={words.people}
          shortcut="p"
          aria-expanded={open === 'people'}
          active={open === 'people'}
          onClick={() => onPanel('people')}
        />
        <Control
          icon={<MessageCircle aria-hidden />}
          label={talkStrings.chat}
          shortcut="h"
          badge={{ count: unread, words: talkStrings.unread(unread) }}
          aria-expanded={open === 'chat'}
          active={open === 'chat'}
          onClick={() => onPanel('chat')}
        />
        <Control
          icon={<Ellipsis aria-hidden />}
          label={words.more}
          aria-expanded={other}
          active={other}
          onClick={() => onPanel('more')}
        />
        <Control icon={<LogOut aria-hidden />} label={words.leave} onClick={onLeave} />
        {ended ? null : <Control icon={<Flag aria-hidden />} label={words.endWorkout} onClick={onEndWorkout} />}
        <Control icon={<DoorClosed aria-hidden />} label={words.closeRoom} danger onClick={onCloseRoom} />
      </div>
    </footer>
  )
}
