import 'server-only'
import { revokeBearer } from '@/lib/accounts/bearer.server'
import type { Audience } from '@/lib/accounts/device'
import { findLiveDevice } from '@/lib/accounts/device.server'
import type { BoardReader } from '@/lib/classes/actor.server'
import { raiseEpoch } from '@/lib/classes/participant.server'
import { getSeriesOfClass } from '@/lib/classes/series.server'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import { authorizeChannel, type PresenceData, publish } from '@/lib/platform/realtime.server'
import type { BoardFacts, ReaderInfo } from './board-page'
import type { ChannelPasses, ReaderChannelRequest } from './channel-auth'
import { countMessages } from './cost.server'
import { tellRoom } from './publish.server'
import { channels, READER_CHANGED } from './room-event'
import { isScreenOfClass, mintScreen } from './screen.server'
import { readSnapshot } from './snapshot.server'

/**
 * Who looks at the board without a place in the class. A television or remote is named by its bearer, so that taking the bearer away
 * takes the name away; the trainer's own phone by a screen id of the class.
 */
const READERS = ['tv', 'class_tv', 'remote'] as const

/** What a reader starts from and comes back to. Throws `class_over` once the room is closed. */
export async function openBoard({ classId, device, hostId }: BoardReader): Promise<BoardFacts> {
  // The call is for who takes part in it, and a television's address bar is for the whole room.
  const { participants, videoUrl: _own, ...facts } = await readSnapshot(classId)
  if (facts.closedAt !== null || facts.status === 'cancelled') throw new AppError('class_over', 'This class is over.')
  const host = participants.find(({ role }) => role === 'host')
  const readerId = device?.bearerId ?? mintScreen({ classId, participantId: host?.participantId ?? hostId }).screenId
  return { ...facts, readerId, ...infoOf({ classId, device, hostId }) }
}

const infoOf = ({ device }: BoardReader): ReaderInfo => {
  const audience: Audience = device?.scope === 'class_tv' ? 'class' : 'trainer'
  return { reader: device === null || device.scope === 'remote' ? 'remote' : 'tv', audience }
}

/** A reader may be seen on the readers' channel and hear its own board, where the class is now, and nothing else. */
export async function authorizeReader(reader: BoardReader, { socketId, readerId, channels: names }: ReaderChannelRequest): Promise<ChannelPasses> {
  const { classId, device } = reader
  const own = device ? readerId === device.bearerId : isScreenOfClass(readerId, classId)
  if (!own) throw new AppError('not_allowed', 'This screen is not in the class any more. Reload the page.')
  const { liveClass } = await getSeriesOfClass(classId)
  const pass = (name: string): ChannelPasses['channels'][string] => {
    if (liveClass.closedAt !== null) return { error: 'class_over' }
    if (name === channels.readers(classId)) return authorizeChannel(socketId, name, { user_id: readerId, user_info: infoOf(reader) })
    if (name === channels.board(readerId, liveClass.epoch)) return authorizeChannel(socketId, name)
    return { error: name.startsWith(channels.board(readerId, 0).slice(0, -1)) ? 'moved' : 'not_allowed' }
  }
  return { epoch: liveClass.epoch, channels: Object.fromEntries(names.map((name) => [name, pass(name)])) }
}

/** A host screen on the readers' channel. */
export const writerOf = (screenId: string): PresenceData => ({ user_id: screenId, user_info: { reader: 'writer' } })

/** Whether a host screen may write the board for this reader. */
export async function mayReadBoard(classId: string, readerId: string): Promise<boolean> {
  return isScreenOfClass(readerId, classId) || (await findLiveDevice(readerId, classId, READERS)) !== undefined
}

/**
 * Ends an access of this person's, and with it all that it hears. One that looked at a class goes dark at once, and nothing more is written
 * to it; a second screen is in the room itself, which goes on to channels where it is not let in, and so does every board.
 */
export async function endAccess(personId: string, bearerId: string): Promise<void> {
  const { classId, scope, epoch } = await db.$transaction(async (tx) => {
    const ended = await revokeBearer(personId, bearerId, tx)
    return { ...ended, epoch: ended.scope === 'screen' && ended.classId !== null ? await raiseEpoch(ended.classId, tx) : null }
  })
  if (classId !== null && epoch !== null) await tellRoom(classId, { type: 'room-moved', epoch })
  if (classId === null) return
  const wasReader = READERS.some((one) => one === scope)
  if (wasReader) await tellRoom(classId, { type: 'reader-ended', readerId: bearerId })
  if (wasReader || epoch !== null) await tellReaders(classId)
}

/** What another browser hears in the open rooms of this person ends: each goes on to channels where only who may still come in is let in. */
export async function moveRoomsOf(personId: string): Promise<void> {
  const seats = await db.participant.findMany({ where: { personId, liveClass: { closedAt: null, status: { not: 'cancelled' } } }, select: { classId: true } })
  for (const { classId } of seats) {
    const epoch = await db.$transaction((tx) => raiseEpoch(classId, tx))
    await tellRoom(classId, { type: 'room-moved', epoch })
    await tellReaders(classId)
  }
}

/**
 * What looks at a class shall ask anew: it is closed, or went on to new channels, or one of them may look no more. Best effort: a reader
 * that hears nothing asks by itself after some seconds of silence.
 */
export async function tellReaders(classId: string): Promise<void> {
  try {
    await publish({ channel: channels.readers(classId), name: READER_CHANGED, data: {} })
    await countMessages(classId, 1)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
