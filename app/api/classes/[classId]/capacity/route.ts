import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { trainerOfClass } from '@/lib/classes/actor.server'
import { ClassLine } from '@/lib/classes/booking'
import { readLine } from '@/lib/classes/booking.server'
import { ClassParams } from '@/lib/classes/params'
import { Capacity } from '@/lib/classes/series'
import { setRoomCapacity } from '@/lib/room/room-places.server'

export const POST = endpoint({
  summary: 'The number of places in this one class. More of them go to the line at once; fewer take a place from nobody.',
  actor: trainerOfClass,
  params: ClassParams,
  body: z.object({ capacity: Capacity }).strict(),
  answer: ClassLine,
  async run({ params: { classId }, body }) {
    await setRoomCapacity(classId, body.capacity)
    return await readLine(classId)
  },
})
