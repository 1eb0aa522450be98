import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { NewReactions } from '@/lib/room/reaction'
import { reactInRoom } from '@/lib/room/run-talk.server'

export const POST = endpoint({
  summary: 'Reactions of the last second, to the class, or a high-five to one person. Shown and forgotten.',
  actor: participantOfClass,
  params: ClassParams,
  body: NewReactions,
  run: ({ actor, body }) => reactInRoom(actor, body.reactions),
})
