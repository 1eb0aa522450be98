'use client'
import type { ReactNode } from 'react'
import { Laptop, Smartphone, Users } from 'lucide-react'
import type { HeartSession, HeartView, RoomSession, RoomView } from '@/lib/room/room-view'
import { BiggerScreen, PhoneForHeart } from './device-panels'
import type { HeartFlow } from './heart-flow'
import { HeartPanel } from './heart-panel'
import { RoomChat } from './room-chat'
import { MoreList } from './room-more'
import { PeopleList } from './room-people'
import { CameraChoice, ownReach } from './room-self'
import { deviceStrings } from './strings-devices'
import { heartStrings } from './strings-heart'
import { firstName, roomStrings } from './strings-room'
import { talkStrings } from './strings-talk'
import { Button } from './ui-button'

export type MemberPanel = 'heart' | 'chat' | 'people' | 'camera' | 'bigger' | 'sensor' | 'more'
export type MemberAt = {
  readonly view: RoomView
  readonly session: RoomSession
  readonly heart: HeartView
  readonly heartSession: HeartSession
  readonly flow: HeartFlow
  readonly onFlow: (flow: HeartFlow) => void
  readonly open: (panel: MemberPanel) => void
  readonly close: () => void
}

/** What a member opens over the class. One line a panel; `more` leads to those that have no control of their own. */
export const MEMBER_PANELS: Record<MemberPanel, { readonly title: string; readonly content: (at: MemberAt) => ReactNode }> = {
  heart: {
    title: heartStrings.title,
    content: ({ view, heart, heartSession, flow, onFlow, close }) => (
      <HeartPanel
        heart={heart}
        session={heartSession}
        trainer={firstName(view.room.hostName)}
        classReach={view.room.heartRateReach}
        flow={flow}
        onFlow={onFlow}
        onClose={close}
      />
    ),
  },
  people: { title: roomStrings.people.title, content: ({ view }) => <PeopleList tiles={view.tiles} /> },
  camera: { title: roomStrings.member.camera, content: (at) => <Camera {...at} /> },
  chat: { title: talkStrings.chat, content: () => <RoomChat /> },
  bigger: { title: deviceStrings.bigger.title, content: ({ view }) => <BiggerScreen classId={view.room.classId} /> },
  sensor: { title: deviceStrings.sensor.title, content: ({ view }) => <PhoneForHeart classId={view.room.classId} /> },
  more: { title: roomStrings.controls.more, content: (at) => <MemberMore {...at} /> },
}

const Camera = ({ view, session }: MemberAt) => (
  <div className="space-y-4">
    <CameraChoice view={view} onChoose={(reach) => void session.setCameraReach(reach)} />
    <Button
      wide
      variant={view.cameraOn ? 'secondary' : 'primary'}
      disabled={ownReach(view) === 'nobody'}
      onClick={() => void session.setCamera(!view.cameraOn)}
    >
      {view.cameraOn ? roomStrings.member.turnOff : roomStrings.member.turnOn}
    </Button>
  </div>
)

const MemberMore = ({ open }: MemberAt) => (
  <MoreList
    items={[
      { key: 'people', icon: <Users />, label: roomStrings.people.title, hint: roomStrings.people.hint, onClick: () => open('people') },
      { key: 'bigger', icon: <Laptop />, label: deviceStrings.bigger.title, hint: deviceStrings.bigger.hint, onClick: () => open('bigger') },
      { key: 'sensor', icon: <Smartphone />, label: deviceStrings.sensor.title, hint: deviceStrings.sensor.hint, onClick: () => open('sensor') },
    ]}
  />
)
