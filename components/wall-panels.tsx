'use client'
import type { ReactNode } from 'react'
import { ListOrdered, MonitorCheck, PictureInPicture2, Settings2, Smartphone, Tv, UserPlus, UsersRound } from 'lucide-react'
import { inviteMessage } from '@/lib/classes/invite'
import type { RoomSession, RoomView, Tile } from '@/lib/room/room-view'
import type { FloatingWindow } from './floating-wall'
import { ConnectTv, PhoneAsRemote } from './device-panels'
import { InviteShare } from './invite-share'
import { PlanPanel } from './plan-panel'
import { RoomChat } from './room-chat'
import { MoreList, type MoreItem } from './room-more'
import { PeopleList } from './room-people'
import { RoomPlaces } from './room-places'
import { RoomSettings } from './room-settings'
import { checkStrings } from './strings-check'
import { deviceStrings } from './strings-devices'
import { doorStrings } from './strings-door'
import { floatingWallStrings, rehearsalStrings } from './strings-rehearsal'
import { roomStrings } from './strings-room'
import { talkStrings } from './strings-talk'
import { timerStrings } from './strings-timer'

export type WallPanel = 'people' | 'door' | 'chat' | 'more' | 'share' | 'tv' | 'remote' | 'plan' | 'settings'
export type WallAt = {
  readonly view: RoomView
  readonly session: RoomSession
  /** Absent where the sound is in the trainer's own call. */
  readonly sound: { readonly mute: (tile: Tile) => void; readonly muteAll: () => void } | undefined
  readonly askRemove: (tile: Tile) => void
  readonly open: (panel: WallPanel) => void
  readonly close: () => void
  readonly floating: FloatingWindow
}

/** What a trainer opens beside the wall. One line a panel; `more` leads to those that have no control of their own. */
export const WALL_PANELS: Record<WallPanel, { readonly title: string; readonly content: (at: WallAt) => ReactNode }> = {
  people: {
    title: roomStrings.people.title,
    content: ({ view, session, sound, askRemove }) => (
      <>
        <PeopleList
          tiles={view.tiles}
          host={{ sound, remove: askRemove, spotlightId: view.spotlightId, spotlight: (id) => void session.spotlight(id) }}
        />
        <section aria-label={doorStrings.line.title} className="mt-5 border-t border-line pt-4 empty:hidden">
          <RoomPlaces />
        </section>
      </>
    ),
  },
  door: { title: doorStrings.line.title, content: () => <RoomPlaces /> },
  chat: { title: talkStrings.chat, content: () => <RoomChat /> },
  more: { title: roomStrings.controls.more, content: (at) => <WallMore {...at} /> },
  share: { title: roomStrings.share.title, content: ({ view }) => <Invite view={view} /> },
  tv: { title: deviceStrings.tvPanel.title, content: ({ view }) => <ConnectTv classId={view.room.classId} /> },
  remote: { title: deviceStrings.remotePanel.title, content: ({ view }) => <PhoneAsRemote classId={view.room.classId} /> },
  plan: { title: timerStrings.plan.title, content: () => <PlanPanel /> },
  settings: {
    title: roomStrings.settings.title,
    content: ({ view, session }) => <RoomSettings view={view} onSoundFrom={(source) => void session.setSoundFrom(source)} />,
  },
}

const WallMore = ({ view, session, open, close, floating }: WallAt) => {
  const alone = view.tiles.every((tile) => tile.role === 'host' || tile.simulated)
  const items: MoreItem[] = [
    { key: 'share', icon: <UserPlus />, label: roomStrings.share.title, hint: roomStrings.share.hint, onClick: () => open('share') },
    { key: 'plan', icon: <ListOrdered />, label: timerStrings.plan.title, hint: timerStrings.plan.hint, onClick: () => open('plan') },
    { key: 'remote', icon: <Smartphone />, label: deviceStrings.remotePanel.title, hint: deviceStrings.remotePanel.hint, onClick: () => open('remote') },
    { key: 'tv', icon: <Tv />, label: deviceStrings.tvPanel.title, hint: deviceStrings.tvPanel.hint, onClick: () => open('tv') },
  ]
  // Once somebody is here, the class itself is the better test.
  if (alone || view.room.status === 'open')
    items.push({
      key: 'check',
      icon: <MonitorCheck />,
      label: checkStrings.link,
      hint: checkStrings.linkHint,
      href: `/room/${view.room.classId}/check`,
    })
  if (floating.possible)
    items.push({
      key: 'floating',
      icon: <PictureInPicture2 />,
      label: floating.open ? floatingWallStrings.close : floatingWallStrings.title,
      hint: floating.open ? floatingWallStrings.closeHint : floatingWallStrings.hint,
      onClick: () => {
        floating.toggle()
        close()
      },
    })
  if (alone)
    items.push({
      key: 'rehearsal',
      icon: <UsersRound />,
      label: view.rehearsing ? rehearsalStrings.stop : rehearsalStrings.title,
      hint: rehearsalStrings.hint,
      onClick: () => {
        session.rehearse(!view.rehearsing)
        close()
      },
    })
  items.push({
    key: 'settings',
    icon: <Settings2 />,
    label: roomStrings.settings.title,
    hint: roomStrings.settings.hint,
    onClick: () => open('settings'),
  })
  return <MoreList items={items} />
}

export const Invite = ({ view: { room } }: { view: RoomView }) => {
  const url = `${window.location.origin}/c/${room.slug}`
  return (
    <InviteShare
      url={url}
      title={room.title}
      message={inviteMessage({ title: room.title, hostName: room.hostName, startsAt: null, timezone: 'UTC', url })}
    />
  )
}
