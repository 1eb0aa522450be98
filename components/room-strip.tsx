'use client'
import type { RoomView } from '@/lib/room/room-view'
import { TimerBack } from './timer-back'
import { useTimer } from './timer-here'
import { MemberTimer } from './timer-strip-member'
import { WallTimer } from './timer-strip-wall'

type RoomStripProps = { view: RoomView; side: 'member' } | { view: RoomView; side: 'wall'; onPlan: () => void }

/** Over everything else in the room, on the trainer's screen and on a member's: the timer, until the workout is over. */
export const RoomStrip = (props: RoomStripProps) => {
  const timer = useTimer()
  const { view } = props
  if (!timer || view.room.workoutEndedAt !== null || view.phase.phase === 'workout-ended') return null
  if (props.side === 'member') return <MemberTimer timer={timer} />
  return (
    <>
      <WallTimer session={timer.session} onPlan={props.onPlan} />
      <TimerBack session={timer.session} view={view} />
    </>
  )
}
