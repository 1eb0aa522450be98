import { endpoint } from '@/lib/accounts/endpoint.server'
import { trainerOfClass } from '@/lib/classes/actor.server'
import { restoreClass } from '@/lib/classes/change-class.server'
import { ClassParams } from '@/lib/classes/params'

export const POST = endpoint({
  summary: 'A cancelled class takes place after all, while it is still to come.',
  actor: trainerOfClass,
  params: ClassParams,
  rateLimit: { limit: 30, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ params }) => restoreClass(params.classId),
})
