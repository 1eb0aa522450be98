import { endpoint } from '@/lib/accounts/endpoint.server'
import { trainerOfClass } from '@/lib/classes/actor.server'
import { ClassLine } from '@/lib/classes/booking'
import { readLine } from '@/lib/classes/booking.server'
import { ClassParams } from '@/lib/classes/params'

export const GET = endpoint({
  summary: 'Who is booked and who waits in line, in their order.',
  actor: trainerOfClass,
  params: ClassParams,
  answer: ClassLine,
  run: ({ params }) => readLine(params.classId),
})
