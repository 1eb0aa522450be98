import { endpoint } from '@/lib/accounts/endpoint.server'
import { trainerOfClass } from '@/lib/classes/actor.server'
import { openRoomEarly } from '@/lib/classes/booking.server'
import { ClassParams } from '@/lib/classes/params'

export const POST = endpoint({
  summary: 'Opens the room, also before the door would open by itself 15 minutes ahead. Again: nothing more happens.',
  actor: trainerOfClass,
  params: ClassParams,
  run: ({ params }) => openRoomEarly(params.classId),
})
