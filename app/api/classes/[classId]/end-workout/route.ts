import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { endWorkoutInRoom } from '@/lib/room/run-room.server'

export const POST = endpoint({
  summary: 'Ends the workout and starts the summaries; the room may still talk.',
  actor: hostOfClass,
  params: ClassParams,
  run: ({ params }) => endWorkoutInRoom(params.classId),
})
