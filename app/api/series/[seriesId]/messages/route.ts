import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { personOfSeries } from '@/lib/classes/actor.server'
import { MessageId, NewSeriesMessage, SeriesMessage, SeriesMessageKind, SeriesMessages } from '@/lib/classes/message'
import { listSeriesMessages, postToSeries } from '@/lib/classes/message.server'
import { SeriesParams } from '@/lib/classes/params'

export const GET = endpoint({
  summary: 'A page of 50 announcements or thread messages of a series, oldest first: the newest, or those before a message.',
  actor: personOfSeries,
  params: SeriesParams,
  query: z.object({ kind: SeriesMessageKind, before: MessageId.optional() }),
  answer: SeriesMessages,
  run: ({ actor, query }) => listSeriesMessages(actor, query.kind, query.before),
})

export const POST = endpoint({
  summary: 'A message in the thread of a series, or an announcement by its trainer. The same id again is the same message.',
  actor: personOfSeries,
  params: SeriesParams,
  body: NewSeriesMessage,
  answer: SeriesMessage,
  // Each may become mails to those who asked for them.
  rateLimit: { limit: 10, windowSeconds: 60, by: ({ actor }) => actor.personId },
  run: ({ actor, body }) => postToSeries(actor, body),
})
