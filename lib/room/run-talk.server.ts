import 'server-only'
import type { OwnMessage, Participant } from '@/lib/classes/actor.server'
import type { NewChat, RoomMessage } from '@/lib/classes/message'
import { deleteMessage, postChat, requireOpenTalk } from '@/lib/classes/message.server'
import { getMember, listSeats, setHand } from '@/lib/classes/participant.server'
import { AppError } from '@/lib/platform/app-error'
import { requireWithinRate } from '@/lib/platform/rate-limit.server'
import { publishRoomEvent, tellRoom } from './publish.server'
import type { Reacted } from './reaction'
import { participantInfo } from './snapshot.server'

/** What people in a class say to each other without a voice: the change first, then the news. Errors are those of `lib/classes`. */

export async function sayInRoom(author: Participant, chat: NewChat): Promise<RoomMessage> {
  const message = await postChat(author, chat)
  await tellRoom(author.classId, { type: 'message-posted', message })
  return message
}

export async function deleteForAll({ messageId, classId, by }: OwnMessage): Promise<void> {
  await deleteMessage(messageId, by)
  if (classId !== null) await tellRoom(classId, { type: 'message-deleted', messageId, by })
}

/** The screens' own pace, over twice the time, so that a late call refuses nobody who kept to it. */
const REACTION_RATE = { limit: 6, windowSeconds: 10 }

/** Nothing is stored, so news that fails is a failure. Throws `too_many_requests`, `not_found` for somebody who is not here. */
export async function reactInRoom({ classId, participantId, name }: Participant, reactions: readonly Reacted[]): Promise<void> {
  await requireOpenTalk(classId)
  const named = reactions.flatMap(({ to }) => (to === null ? [] : [to]))
  if (named.length > 0) {
    const here = new Set((await listSeats(classId)).map((seat) => seat.participantId))
    here.delete(participantId)
    if (!named.every((to) => here.has(to))) throw new AppError('not_found', 'This person is not in the class.')
  }
  for (const _ of reactions) await requireWithinRate('reactions', participantId, REACTION_RATE)
  await publishRoomEvent(classId, { type: 'reacted', participantId, name, reactions: [...reactions] })
}

export async function raiseHand({ classId, participantId }: Participant, raised: boolean): Promise<void> {
  await requireOpenTalk(classId)
  const seat = await setHand(participantId, raised)
  if (seat) await tellRoom(classId, { type: 'participant-changed', participant: participantInfo(seat) })
}

export async function lowerHand(classId: string, participantId: string): Promise<void> {
  await getMember(classId, participantId)
  const seat = await setHand(participantId, false)
  if (seat) await tellRoom(classId, { type: 'participant-changed', participant: participantInfo(seat) })
}
