import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { muteInRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Asks every member to be silent.',
  actor: hostOfClass,
  params: ClassParams,
  run: ({ params }) => muteInRoom(params.classId, null),
})
