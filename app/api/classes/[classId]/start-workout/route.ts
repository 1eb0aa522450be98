import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { startWorkoutInRoom } from '@/lib/room/timer.server'

export const POST = endpoint({
  summary: 'Begins the workout, once; what was before is the warm-up. Starting the timer does it too.',
  actor: hostOfClass,
  params: ClassParams,
  run: ({ params }) => startWorkoutInRoom(params.classId),
})
