import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { hostOfSeries } from '@/lib/classes/actor.server'
import { mergePeople } from '@/lib/classes/merge-people.server'
import { SeriesParams } from '@/lib/classes/params'

const Guest = z.string().max(60).startsWith('per_')

export const POST = endpoint({
  summary: 'Two guests of this trainer are one person: everything of `merge` becomes `keep`’s. There is no way back.',
  actor: hostOfSeries,
  params: SeriesParams,
  body: z.object({ keep: Guest, merge: Guest }).strict(),
  rateLimit: { limit: 30, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ actor, body }) => mergePeople(actor.personId, body),
})
