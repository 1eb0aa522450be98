'use client'
import { useState } from 'react'
import { Ellipsis, HeartPulse, LogOut, MessageCircle, Mic, MicOff, Video, VideoOff } from 'lucide-react'
import type { HeartSession, HeartView, RoomSession, RoomView, Tile } from '@/lib/room/room-view'
import { classNames } from './class-names'
import { FLOW_START, type HeartFlow } from './heart-flow'
import { OwnNumber } from './heart-own-number'
import { MEMBER_PANELS, type MemberPanel } from './member-panels'
import { Confirm, type Question } from './room-confirm'
import { Control } from './room-control'
import { MemberNotices } from './room-member-notices'
import { HighFives, ReactionFloat } from './reaction-float'
import { TalkTray } from './room-hands'
import { RoomPanel } from './room-panel'
import { ownReach, SelfPicture } from './room-self'
import { RoomSound } from './room-sound'
import { RoomStrip } from './room-strip'
import { useTalk } from './room-talk'
import { TrainerStage } from './room-trainer'
import { deviceStrings } from './strings-devices'
import { firstName, roomStrings } from './strings-room'
import { talkStrings } from './strings-talk'
import { PersonTile } from './tile'

type MemberRoomProps = { view: RoomView; session: RoomSession; heart: HeartView; heartSession: HeartSession; onLeft: () => void }

/**
 * A member's screen: the trainer large, the own number larger, whoever shares, and one row of controls under the thumb. Audience: the
 * class.
 */
export const MemberRoom = ({ view, session, heart, heartSession, onLeft }: MemberRoomProps) => {
  const [panel, setPanel] = useState<MemberPanel | null>(null)
  const [flow, setFlow] = useState<HeartFlow>(FLOW_START)
  const [question, setQuestion] = useState<Question | null>(null)
  // "Dropped" is only true of a trainer who has been here.
  const [hostSeen, setHostSeen] = useState(view.hostGoneMs === null)
  if (!hostSeen && view.hostGoneMs === null) setHostSeen(true)
  const trainer = firstName(view.room.hostName)
  const here = view.room.videoPlace === 'here'
  const { unread } = useTalk()
  const host = view.tiles.find((tile) => tile.role === 'host')
  const members = view.tiles.filter((tile) => !tile.me && tile.role === 'member')
  // Whom the trainer looks at is large here too, where there is a picture of theirs for the class.
  const lit = members.find((tile) => tile.participantId === view.spotlightId && tile.media?.video && tile.presence !== 'left')
  const others = members.filter((tile) => tile !== lit)
  const saving = heart.consent?.keep === true && heart.sensor.state !== 'idle'

  const toggle = (next: MemberPanel) => setPanel((open) => (open === next ? null : next))
  const close = () => setPanel(null)
  const camera = () => {
    // Nobody may see this camera yet: that is asked before the browser's own question.
    if (!view.cameraOn && ownReach(view) === 'nobody') setPanel('camera')
    else void session.setCamera(!view.cameraOn)
  }
  return (
    <main id="content" className="stage fixed inset-0 flex flex-col overflow-hidden pt-[env(safe-area-inset-top)]">
      <h1 className="sr-only">{view.room.title}</h1>
      <RoomStrip view={view} side="member" />
      <MemberNotices view={view} saving={saving} hostSeen={hostSeen} />
      <div className="relative flex min-h-0 grow flex-col gap-2 p-2 landscape:flex-row">
        <div className={classNames('relative flex min-h-0 min-w-0 shrink basis-0 flex-col landscape:grow', lit ? 'grow-[2.2]' : 'grow-[1.1]')}>
          <div className="flex min-h-0 grow flex-col gap-2 landscape:flex-row roomy:flex-col">
            <TrainerStage view={view} hostSeen={hostSeen} className="min-h-0 min-w-0 grow basis-0" />
            {lit ? (
              <section
                aria-label={deviceStrings.spotlight.large}
                data-spotlight={lit.participantId}
                className="relative min-h-0 min-w-0 shrink-0 basis-[42%]"
              >
                <PersonTile tile={lit} cameraLimit={otherCameras(view, lit)} />
                <ReactionFloat participantId={lit.participantId} />
              </section>
            ) : null}
          </div>
          {host ? <ReactionFloat participantId={host.participantId} /> : null}
          <TalkTray tiles={view.tiles} />
        </div>
        <div
          className={classNames(
            'flex min-h-0 grow basis-0 flex-col gap-2 landscape:max-w-[clamp(15rem,28vw,26rem)] landscape:shrink-0',
            'landscape:grow-0 landscape:basis-[clamp(15rem,28vw,26rem)]',
          )}
        >
          <div className="flex min-h-0 grow gap-2 roomy:flex-col">
            {here ? (
              <div className="relative flex w-[34%] shrink-0 flex-col roomy:w-auto roomy:grow roomy:basis-0">
                <SelfPicture view={view} onChange={() => toggle('camera')} className="grow" />
                <ReactionFloat participantId={view.seat.participantId} />
              </div>
            ) : null}
            <OwnNumber
              heart={heart}
              trainer={trainer}
              onOpen={() => setPanel('heart')}
              onConnect={() => void heartSession.connectStrap()}
              className="grow basis-0"
            />
          </div>
          {others.length > 0 ? (
            <ul
              aria-label={roomStrings.member.others}
              // It scrolls, so the keyboard must reach it.
              tabIndex={0}
              className={classNames(
                'flex h-[clamp(6rem,22%,9rem)] shrink-0 gap-2 overflow-x-auto landscape:h-[5.5rem]',
                'roomy:grid roomy:h-auto roomy:max-h-[40%] roomy:grid-cols-2',
                'roomy:overflow-x-visible roomy:overflow-y-auto',
              )}
            >
              {others.map((tile) => (
                <li key={tile.participantId} className="relative h-full w-40 shrink-0 roomy:h-28 roomy:w-auto">
                  <PersonTile tile={tile} cameraLimit={otherCameras(view, tile)} scale="small" />
                  <ReactionFloat participantId={tile.participantId} />
                </li>
              ))}
            </ul>
          ) : null}
        </div>
        <HighFives />
        {panel ? (
          <RoomPanel title={MEMBER_PANELS[panel].title} onClose={close}>
            {MEMBER_PANELS[panel].content({ view, session, heart, heartSession, flow, onFlow: setFlow, open: setPanel, close })}
          </RoomPanel>
        ) : null}
      </div>
      <div
        role="toolbar"
        aria-label={roomStrings.controls.label}
        className="flex shrink-0 justify-center gap-1.5 px-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] *:max-w-32 *:grow *:basis-0 max-[27rem]:*:px-0.5 max-[27rem]:*:text-[0.75rem]"
      >
        {here ? (
          <>
            <Control
              icon={view.talking ? <Mic aria-hidden /> : <MicOff aria-hidden />}
              label={view.talking ? roomStrings.controls.talking : roomStrings.controls.talk}
              title={view.talking ? roomStrings.controls.talkingHint : roomStrings.controls.talkHint}
              aria-pressed={view.talking}
              active={view.talking}
              onClick={() => void session.setTalk(!view.talking)}
            />
            <Control
              icon={view.cameraOn ? <Video aria-hidden /> : <VideoOff aria-hidden />}
              label={roomStrings.controls.camera}
              aria-pressed={view.cameraOn}
              active={view.cameraOn}
              onClick={camera}
            />
          </>
        ) : null}
        <Control
          icon={<HeartPulse aria-hidden />}
          label={roomStrings.controls.heart}
          aria-expanded={panel === 'heart'}
          active={panel === 'heart'}
          onClick={() => toggle('heart')}
        />
        <Control
          icon={<MessageCircle aria-hidden />}
          label={talkStrings.chat}
          badge={{ count: unread, words: talkStrings.unread(unread) }}
          aria-expanded={panel === 'chat'}
          active={panel === 'chat'}
          onClick={() => toggle('chat')}
        />
        <Control
          icon={<Ellipsis aria-hidden />}
          label={roomStrings.controls.more}
          aria-expanded={panel === 'more' || panel === 'people'}
          active={panel === 'more' || panel === 'people'}
          onClick={() => toggle('more')}
        />
        <Control icon={<LogOut aria-hidden />} label={roomStrings.controls.leave} onClick={() => setQuestion(leaving(session, onLeft))} />
      </div>
      <Confirm question={question} onDone={() => setQuestion(null)} />
      <RoomSound remotes={view.part === 'main' ? (view.video?.remotes ?? []) : []} />
    </main>
  )
}

const leaving = (session: RoomSession, onLeft: () => void): Question => ({
  title: roomStrings.confirm.leaveTitle,
  text: roomStrings.confirm.leaveText,
  yes: roomStrings.confirm.leaveYes,
  run: async () => {
    await session.leave()
    onLeft()
  },
})

/** Nothing is said of the camera of somebody who shows it to the trainer alone. */
const otherCameras = (view: RoomView, tile: Tile): number | null =>
  tile.cameraReach === 'trainer' ? null : (view.video?.cameraLimit ?? null)
