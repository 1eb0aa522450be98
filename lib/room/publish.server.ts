import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import { publish } from '@/lib/platform/realtime.server'
import { countMessages } from './cost.server'
import { channels, ROOM_EVENT, type RoomEvent } from './room-event'

/** Tells every screen of a class. Throws `unavailable` when the realtime service does not take it. */
export async function publishRoomEvent(classId: string, event: RoomEvent): Promise<void> {
  // The news that the room moves goes where everybody was until now: nothing is said there after it.
  const epoch = 'epoch' in event ? event.epoch - 1 : await findEpoch(classId)
  await publish({ channel: channels.room(classId, epoch), name: ROOM_EVENT, data: event })
  await countMessages(classId, 1)
}

/**
 * The same after a change that stands already: nobody is refused because the news could not be spread (the realtime owner logs it).
 * Screens that missed it read the state again when they reconnect.
 */
export async function tellRoom(classId: string, event: RoomEvent): Promise<void> {
  try {
    await publishRoomEvent(classId, event)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

const findEpoch = async (classId: string): Promise<number> =>
  (await db.liveClass.findUnique({ where: { id: classId }, select: { epoch: true } }))?.epoch ?? 0
