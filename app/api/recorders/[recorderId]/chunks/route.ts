import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { MAX_UPLOAD_BYTES, Upload, UploadAcknowledged } from '@/lib/telemetry/chunk'
import { recorderGrant } from '@/lib/telemetry/grant.server'
import { ingest } from '@/lib/telemetry/ingest.server'

export const POST = endpoint({
  summary: 'Appends chunks to a recorder and answers with the ranges that are stored. Sending the same again is acknowledged again.',
  actor: recorderGrant,
  params: z.object({ recorderId: z.string().max(60) }),
  body: Upload,
  answer: UploadAcknowledged,
  maxBodyBytes: MAX_UPLOAD_BYTES,
  run: ({ actor, body }) => ingest(actor.recorderId, body),
})
