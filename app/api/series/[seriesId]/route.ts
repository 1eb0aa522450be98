import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfSeries } from '@/lib/classes/actor.server'
import { SeriesParams } from '@/lib/classes/params'
import { SeriesChange } from '@/lib/classes/series'
import { changeSeries } from '@/lib/classes/series.server'

export const PATCH = endpoint({
  summary: 'Changes the given fields of a series, for classes from now on. The permanent link stays.',
  actor: hostOfSeries,
  params: SeriesParams,
  body: SeriesChange,
  run: ({ params, body }) => changeSeries(params.seriesId, body),
})
