import { z } from 'zod'
import { account, endpoint } from '@/lib/accounts/endpoint.server'
import { AppError } from '@/lib/platform/app-error'
import { discardLimited } from '@/lib/platform/http.server'

const LARGEST = 512 * 1024

export const POST = endpoint({
  summary: 'Takes bytes and forgets them, so that a trainer’s upload can be measured before a class.',
  actor: account,
  answer: z.object({ bytes: z.number() }),
  // One measurement is about seventy posts on the fastest line.
  rateLimit: { limit: 300, windowSeconds: 60, by: ({ actor }) => actor.personId },
  async run({ request }) {
    const bytes = await discardLimited(request, LARGEST)
    if (bytes === null) throw new AppError('too_large', `The body may hold at most ${LARGEST} bytes. Send less at a time.`)
    return { bytes }
  },
})
