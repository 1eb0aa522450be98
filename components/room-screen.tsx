'use client'
import { useEffect, useMemo, useState } from 'react'
import { useRouter } from 'next/navigation'
import type { Heart } from '@/lib/room/heart-attachment'
import type { LiveRoom } from '@/lib/room/live-room.client'
import { createRoomSession } from '@/lib/room/room-session.client'
import type { RoomView } from '@/lib/room/room-view'
import { isSensor, keepPart, seatOfTab } from '@/lib/room/screen-part.client'
import { useHeart } from './heart-provider'
import { type RoomEntry, RoomHere } from './room-here'
import { MemberRoom } from './room-member'
import { SensorRoom } from './room-sensor'
import { RoomWords } from './room-words'
import { RoomTalk } from './room-talk'
import { Wall } from './room-wall'
import { deviceStrings } from './strings-devices'
import { firstName, roomStrings } from './strings-room'
import { TimerHere } from './timer-here'
import { Button, ButtonLink } from './ui-button'
import { createSlot, useStore } from './use-store'

/** One class on one screen, from the door to the summary. */
export const RoomScreen = (props: RoomEntry) => {
  // A refresh of the page's data is not another entrance: what the first load brought holds for as long as the screen lives.
  const [entry] = useState(props)
  const heart = useHeart()
  const room = useRoom(entry, heart)
  const view = useStore(room)
  const here = useMemo(() => room && { entry, room }, [entry, room])
  const over = view?.phase.phase === 'closed'
  const router = useRouter()
  const after = entry.seat.role === 'host' ? `/classes/${entry.snapshot.classId}` : `/summaries/${entry.snapshot.classId}`
  useEffect(() => {
    if (over && !entry.secondScreen) router.replace(after)
  }, [over, router, after, entry])

  const entering = <RoomWords title={roomStrings.entering}>{(view?.offlineMs ?? 0) >= SLOW_MS ? roomStrings.member.offline : null}</RoomWords>
  if (!here || !room || !view || !heart) return entering
  if (over && entry.secondScreen) return <RoomWords title={deviceStrings.wear.overTitle}>{deviceStrings.wear.over}</RoomWords>
  // The timer and the talk listen from the first moment: what the server says while this screen enters is theirs too.
  return (
    <RoomHere value={here}>
      <TimerHere heart={heart}>
        <RoomTalk>
          {view.phase.phase === 'entering' ? entering : <RoomAt view={view} room={room} heart={heart} after={after} />}
        </RoomTalk>
      </TimerHere>
    </RoomHere>
  )
}

const SLOW_MS = 4_000

function useRoom(entry: RoomEntry, heart: Heart | null): LiveRoom | null {
  const [slot] = useState(() => createSlot<LiveRoom>())
  useEffect(() => {
    if (!heart) return
    const { snapshot, seat, trainerId, realtime, iceServers, profile, consent } = entry
    const live = createRoomSession({
      snapshot,
      seat: seatOfTab(seat),
      realtime,
      iceServers,
      wantsVideo: snapshot.videoPlace === 'here',
      sensor: isSensor(snapshot.classId),
      onPart: (part) => keepPart(snapshot.classId, part),
      serverNowMs: () => heart.serverNowMs(),
    })
    // The wall shows hearts and has none of its own.
    const detach =
      seat.role === 'member'
        ? heart.attach({ classId: snapshot.classId, trainerId, participantId: seat.participantId, room: live, profile, consent })
        : () => undefined
    slot.fill(live)
    return () => {
      detach()
      live.dispose()
      slot.fill(null)
    }
  }, [entry, heart, slot])
  return useStore(slot)
}

type AtProps = { view: RoomView; room: LiveRoom; heart: Heart; after: string }

const RoomAt = ({ view, room, heart, after }: AtProps) => {
  const router = useRouter()
  const heartView = useStore(heart)
  const host = view.seat.role === 'host'
  const onLeft = () => router.replace(host ? '/home' : view.room.workoutEndedAt === null ? `/c/${view.room.slug}` : after)
  switch (view.phase.phase) {
    case 'entering':
      return <RoomWords title={roomStrings.entering} />
    case 'closed':
      return <RoomWords title={roomStrings.closedTitle}>{roomStrings.closedText}</RoomWords>
    case 'removed':
      return (
        <RoomWords title={roomStrings.removedTitle} actions={<ButtonLink href={after}>{roomStrings.seeSummary}</ButtonLink>}>
          {roomStrings.removedText(firstName(view.room.hostName))}
        </RoomWords>
      )
    case 'failed':
      return (
        <RoomWords
          title={roomStrings.failedTitle}
          actions={<Button onClick={() => window.location.reload()}>{roomStrings.tryAgain}</Button>}
        >
          {view.phase.message}
        </RoomWords>
      )
    case 'in':
    case 'workout-ended':
      return host ? (
        <Wall view={view} session={room} onLeft={onLeft} />
      ) : view.part === 'sensor' ? (
        <SensorRoom view={view} session={room} heart={heartView} heartSession={heart} onLeft={onLeft} />
      ) : (
        <MemberRoom view={view} session={room} heart={heartView} heartSession={heart} onLeft={onLeft} />
      )
  }
}
