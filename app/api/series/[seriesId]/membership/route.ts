import { endpoint } from '@/lib/accounts/endpoint.server'
import { personOfSeries } from '@/lib/classes/actor.server'
import { SeriesParams } from '@/lib/classes/params'
import { leaveSeriesForGood } from '@/lib/room/leave-series.server'

export const DELETE = endpoint({
  summary: 'Leaves a series: bookings end, nothing more is sent, the talk is closed. Own summaries stay; joining again undoes it.',
  actor: personOfSeries,
  params: SeriesParams,
  run: ({ actor }) => leaveSeriesForGood(actor),
})
