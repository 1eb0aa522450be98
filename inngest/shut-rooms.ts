import { guestClaimedElsewhere } from '@/lib/accounts/account-event'
import { inngest, on } from '@/lib/platform/event.server'
import { moveRoomsOf } from '@/lib/room/board-access.server'

/** A browser that was shut out of an account keeps its socket: the rooms it sat in go on without it. Moving a room twice does no harm. */
export const shutRooms = inngest.createFunction(
  { id: 'shut-rooms', triggers: [on(guestClaimedElsewhere)], retries: 5 },
  async ({ event, step }) => await step.run('move', () => moveRoomsOf(event.data.personId)),
)
