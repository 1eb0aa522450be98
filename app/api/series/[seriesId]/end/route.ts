import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfSeries } from '@/lib/classes/actor.server'
import { SeriesParams } from '@/lib/classes/params'
import { endSeries } from '@/lib/classes/series.server'

export const POST = endpoint({
  summary: 'No dates of the series from now on; those that people had booked are cancelled. The permanent link stays.',
  actor: hostOfSeries,
  params: SeriesParams,
  run: ({ params }) => endSeries(params.seriesId),
})
