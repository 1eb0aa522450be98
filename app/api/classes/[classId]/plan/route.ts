import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfClass } from '@/lib/classes/actor.server'
import { ClassParams } from '@/lib/classes/params'
import { PlanChange } from '@/lib/classes/workout-plan'
import { changeClassPlan } from '@/lib/room/timer.server'

export const PUT = endpoint({
  summary: "Gives this occurrence a plan of its own; null goes back to the series'. Refused while the timer runs.",
  actor: hostOfClass,
  params: ClassParams,
  body: PlanChange,
  run: ({ params, body }) => changeClassPlan(params.classId, body.plan),
})
