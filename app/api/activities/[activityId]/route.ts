import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { ActivityParams, Rename } from '@/lib/activities/params'
import { removeActivity, renameActivity } from '@/lib/activities/save-activity.server'

const rateLimit = { limit: 120, windowSeconds: 60, by: ({ actor }: { actor: { personId: string } }) => actor.personId }

export const PATCH = endpoint({
  summary: 'Gives an activity of one’s own another title; null takes it away.',
  actor: account,
  params: ActivityParams,
  body: Rename,
  rateLimit,
  run: ({ actor, params, body }) => renameActivity(actor.personId, params.activityId, body.title),
})

export const DELETE = endpoint({
  summary: 'Deletes an activity of one’s own with all its samples. Its source does not bring it back.',
  actor: account,
  params: ActivityParams,
  rateLimit,
  run: ({ actor, params }) => removeActivity(actor.personId, params.activityId),
})
