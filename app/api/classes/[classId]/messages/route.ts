import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { NewChat, RoomMessage, RoomMessages } from '@/lib/classes/message'
import { listChat } from '@/lib/classes/message.server'
import { ClassParams } from '@/lib/classes/params'
import { sayInRoom } from '@/lib/room/run-talk.server'

export const GET = endpoint({
  summary: 'The last 50 messages of the class, oldest first.',
  actor: participantOfClass,
  params: ClassParams,
  answer: RoomMessages,
  run: async ({ actor }) => ({ messages: await listChat(actor) }),
})

export const POST = endpoint({
  summary: 'A message to the class. The id is made by the sender: the same id again is the same message.',
  actor: participantOfClass,
  params: ClassParams,
  body: NewChat,
  answer: RoomMessage,
  rateLimit: { limit: 10, windowSeconds: 10, by: ({ actor }) => actor.participantId },
  run: ({ actor, body }) => sayInRoom(actor, body),
})
