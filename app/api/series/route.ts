import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { NewSeries } from '@/lib/classes/series'
import { createSeries } from '@/lib/classes/series.server'

export const POST = endpoint({
  summary: 'A series with its permanent link, and its dates; without a schedule, a class of it that starts now.',
  actor: account,
  body: NewSeries,
  answer: z.object({ seriesId: z.string(), classId: z.string(), slug: z.string() }),
  rateLimit: { limit: 60, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor, body }) => createSeries(actor.personId, body),
})
