import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { ConnectionParams } from '@/lib/sync/params'
import { sendRecording } from '@/lib/sync/upload-recording.server'

export const POST = endpoint({
  summary: 'Sends your own recording of a class to a connected source, as FIT.',
  actor: account,
  params: ConnectionParams,
  body: z.object({ activityId: z.string().max(60).startsWith('act_') }),
  rateLimit: { limit: 30, windowSeconds: 3600, by: ({ actor }) => actor.personId },
  run: ({ actor, params, body }) => sendRecording(actor.personId, params.connectionId, body.activityId),
})
