import { endpoint } from '@/lib/accounts/endpoint.server'
import { trainerOfClass } from '@/lib/classes/actor.server'
import { changeClass } from '@/lib/classes/change-class.server'
import { ClassParams } from '@/lib/classes/params'
import { ClassChange } from '@/lib/classes/series'

export const PATCH = endpoint({
  summary: 'Changes a date to come: only this one, or this one and all that follow. Bookings and the permanent link stay.',
  actor: trainerOfClass,
  params: ClassParams,
  body: ClassChange,
  run: ({ params, body }) => changeClass(params.classId, body),
})
