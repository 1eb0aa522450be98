import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfSeries } from '@/lib/classes/actor.server'
import { SeriesParams } from '@/lib/classes/params'
import { PlanChange } from '@/lib/classes/workout-plan'
import { changeSeriesPlan } from '@/lib/room/timer.server'

export const PUT = endpoint({
  summary: 'Sets the plan of every class of a series that has none of its own; null takes it away.',
  actor: hostOfSeries,
  params: SeriesParams,
  body: PlanChange,
  run: ({ params, body }) => changeSeriesPlan(params.seriesId, body.plan),
})
