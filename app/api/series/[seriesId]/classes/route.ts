import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfSeries } from '@/lib/classes/actor.server'
import { SeriesParams } from '@/lib/classes/params'
import { startClass } from '@/lib/classes/start-class.server'

export const POST = endpoint({
  summary: 'Starts another class of the series now; if one is live, that is the answer.',
  actor: hostOfSeries,
  params: SeriesParams,
  answer: z.object({ outcome: z.enum(['started', 'already_live']), classId: z.string() }),
  rateLimit: { limit: 60, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ params }) => startClass(params.seriesId),
})
