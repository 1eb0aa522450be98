import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { closeRoomForAll } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Ends the talk, and the workout first where it still runs.',
  actor: hostOfClass,
  params: ClassParams,
  run: ({ params }) => closeRoomForAll(params.classId),
})
