import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { MAX_PACKED_BYTES, unpackRecording } from '@/lib/activities/packed-recording'
import { NewUpload, Uploaded } from '@/lib/activities/params'
import { saveActivity } from '@/lib/activities/save-activity.server'
import { AppError } from '@/lib/platform/app-error'
import { readLimitedBytes } from '@/lib/platform/http.server'

export const POST = endpoint({
  summary: 'Puts one recording into the caller’s history. The body is a packed recording (lib/activities/packed-recording.ts), at most 900 kB.',
  actor: account,
  query: NewUpload,
  answer: Uploaded,
  // A shoebox of old files comes at once.
  rateLimit: { limit: 600, windowSeconds: 60, by: ({ actor }) => actor.personId },
  async run({ actor, query, request }) {
    const packed = await readLimitedBytes(request, MAX_PACKED_BYTES)
    if (packed === null) throw new AppError('too_large', 'This recording is too long to be sent at once. Split it on your device, and send the parts.')
    const recording = await unpackRecording(packed)
    if (recording === null) throw new AppError('invalid_input', 'This is not a recording as the page packs it. Reload the page and try again.')
    return await saveActivity({ ...query, personId: actor.personId, recording })
  },
})
