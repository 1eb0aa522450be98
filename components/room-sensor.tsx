'use client'
import { useState } from 'react'
import { Ellipsis, HeartPulse, LogOut, MessageCircle, MonitorUp } from 'lucide-react'
import { effortOf } from '@/lib/room/attention'
import { keepPart } from '@/lib/room/screen-part.client'
import type { HeartSession, HeartView, RoomSession, RoomView } from '@/lib/room/room-view'
import { EffortPad } from './heart-effort-pad'
import { FLOW_START, type HeartFlow } from './heart-flow'
import { OwnNumber } from './heart-own-number'
import { MEMBER_PANELS, type MemberPanel } from './member-panels'
import { Confirm, type Question } from './room-confirm'
import { Control } from './room-control'
import { MemberNotices } from './room-member-notices'
import { RoomPanel } from './room-panel'
import { RoomStrip } from './room-strip'
import { deviceStrings } from './strings-devices'
import { firstName, roomStrings } from './strings-room'
import { talkStrings } from './strings-talk'
import { Button } from './ui-button'

const words = deviceStrings.wear
type SensorRoomProps = { view: RoomView; session: RoomSession; heart: HeartView; heartSession: HeartSession; onLeft: () => void }

/** A phone whose person watches on another screen: their number, their effort and the timer. No sound and no camera, or both would echo. */
export const SensorRoom = ({ view, session, heart, heartSession, onLeft }: SensorRoomProps) => {
  const [panel, setPanel] = useState<MemberPanel | null>(null)
  const [flow, setFlow] = useState<HeartFlow>(FLOW_START)
  const [question, setQuestion] = useState<Question | null>(null)
  const close = () => setPanel(null)
  const takeOver = () => {
    keepPart(view.room.classId, 'main')
    window.location.reload()
  }
  const leave: Question = {
    title: roomStrings.confirm.leaveTitle,
    text: roomStrings.confirm.leaveText,
    yes: roomStrings.confirm.leaveYes,
    run: async () => {
      await session.leave()
      onLeft()
    },
  }
  return (
    <main id="content" data-part="sensor" className="stage fixed inset-0 flex flex-col overflow-hidden pt-[env(safe-area-inset-top)]">
      <h1 className="sr-only">{words.title}</h1>
      <RoomStrip view={view} side="member" />
      <MemberNotices view={view} saving={heart.consent?.keep === true && heart.sensor.state !== 'idle'} hostSeen />
      <div className="relative flex min-h-0 grow flex-col gap-2 p-2">
        <OwnNumber
          heart={heart}
          trainer={firstName(view.room.hostName)}
          onOpen={() => setPanel('heart')}
          onConnect={() => void heartSession.connectStrap()}
          className="grow basis-0"
        />
        <div className="shrink-0 rounded-control bg-surface p-3">
          <EffortPad value={effortOf(heart.own)} onTap={heartSession.setEffort} />
        </div>
        <div className="flex shrink-0 flex-wrap items-center justify-between gap-2 px-1">
          <p role="status" className="min-w-0 grow text-small text-soft">
            {view.otherScreen ? words.elsewhere : words.gone}
          </p>
          <Button variant="secondary" onClick={takeOver}>
            <MonitorUp aria-hidden />
            {words.here}
          </Button>
        </div>
        {panel ? (
          <RoomPanel title={MEMBER_PANELS[panel].title} onClose={close}>
            {MEMBER_PANELS[panel].content({ view, session, heart, heartSession, flow, onFlow: setFlow, open: setPanel, close })}
          </RoomPanel>
        ) : null}
      </div>
      <div
        role="toolbar"
        aria-label={roomStrings.controls.label}
        className="flex shrink-0 justify-center gap-1.5 px-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] *:max-w-32 *:grow *:basis-0"
      >
        {SENSOR_CONTROLS.map(({ panel: of, icon: Icon, label }) => (
          <Control
            key={of}
            icon={<Icon aria-hidden />}
            label={label}
            aria-expanded={panel === of}
            active={panel === of}
            onClick={() => setPanel((open) => (open === of ? null : of))}
          />
        ))}
        <Control icon={<LogOut aria-hidden />} label={roomStrings.controls.leave} onClick={() => setQuestion(leave)} />
      </div>
      <Confirm question={question} onDone={() => setQuestion(null)} />
    </main>
  )
}

const SENSOR_CONTROLS = [
  { panel: 'heart', icon: HeartPulse, label: roomStrings.controls.heart },
  { panel: 'chat', icon: MessageCircle, label: talkStrings.chat },
  { panel: 'more', icon: Ellipsis, label: roomStrings.controls.more },
] as const
