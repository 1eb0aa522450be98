import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { ActivityParams } from '@/lib/activities/params'
import { askToSend, listSendTargets } from '@/lib/sync/send-recording.server'
import { NewSending } from '@/lib/sync/sending'

export const GET = endpoint({
  summary: 'Where your own record of a class can be sent, and what became of it.',
  actor: account,
  params: ActivityParams,
  rateLimit: { limit: 120, windowSeconds: 600, by: ({ actor }) => actor.personId },
  run: async ({ actor, params }) => ({ targets: await listSendTargets(actor.personId, params.activityId) }),
})

export const POST = endpoint({
  summary: 'Sends your own record of a class to a connected source, as FIT. What is there already is not sent again.',
  actor: account,
  params: ActivityParams,
  body: NewSending,
  rateLimit: { limit: 30, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor, params, body }) => askToSend(actor.personId, params.activityId, body.provider),
})
