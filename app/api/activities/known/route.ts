import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { AskKnown, KnownActivities } from '@/lib/activities/known'
import { knownActivities } from '@/lib/activities/known.server'

export const POST = endpoint({
  summary: 'Which of these recordings are in the caller’s history already.',
  actor: account,
  body: AskKnown,
  answer: KnownActivities,
  run: async ({ actor, body }) => await knownActivities(actor.personId, body),
})
