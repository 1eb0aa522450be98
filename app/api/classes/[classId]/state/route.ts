import { endpoint } from '@/lib/accounts/endpoint.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { RoomSnapshot } from '@/lib/room/room-event'
import { readSnapshot } from '@/lib/room/snapshot.server'

export const GET = endpoint({
  summary: 'The class and everybody in it, for a screen that enters or comes back.',
  actor: participantOfClass,
  params: ClassParams,
  answer: RoomSnapshot,
  run: ({ params }) => readSnapshot(params.classId),
})
