import type { RoomSnapshot } from './room-event'
import type { RoomView } from './room-view'

/** What a screen keeps of a class's state: people and timer have keepers of their own. */
export const factsOf = ({
  participants: _people,
  serverNow: _now,
  plan: _plan,
  timer: _timer,
  workoutStartedAt: _started,
  hostSeenAt: _seen,
  ...room
}: RoomSnapshot): RoomView['room'] => room
