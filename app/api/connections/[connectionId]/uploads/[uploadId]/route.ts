import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { ConnectionParams } from '@/lib/sync/params'
import { askForUpload } from '@/lib/sync/upload-recording.server'

export const GET = endpoint({
  summary: 'Says what became of a recording that was sent to a source.',
  actor: account,
  params: ConnectionParams.extend({ uploadId: z.string().regex(/^[\w-]{1,40}$/) }),
  rateLimit: { limit: 120, windowSeconds: 600, by: ({ actor }) => actor.personId },
  run: ({ actor, params }) => askForUpload(actor.personId, params.connectionId, params.uploadId),
})
