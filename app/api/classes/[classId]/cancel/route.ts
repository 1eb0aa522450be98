import { endpoint } from '@/lib/accounts/endpoint.server'
import { trainerOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { Cancelling } from '@/lib/classes/series'
import { cancelInRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Cancels a class that has not begun. The permanent link says so, and leads to the next date.',
  actor: trainerOfClass,
  params: ClassParams,
  body: Cancelling,
  rateLimit: { limit: 30, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ params, body }) => cancelInRoom(params.classId, body.note),
})
