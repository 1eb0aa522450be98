import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOrRemote } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { muteInRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Asks every member to be silent.',
  actor: hostOrRemote,
  params: ClassParams,
  run: ({ params }) => muteInRoom(params.classId, null),
})
