import { z } from 'zod'
import { TvClaim } from '@/lib/accounts/device'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { askAsTv } from '@/lib/room/pair.server'

export const POST = endpoint({
  summary: 'What the trainer has said to a television, once; sets its cookie when it was let in.',
  actor: anyone,
  body: z.object({ secret: z.string().max(100) }),
  answer: TvClaim,
  // A television asks every two seconds; a studio may have several behind one address.
  rateLimit: { limit: 300, windowSeconds: 60 },
  async run({ body }) {
    const { claim, setCookie } = await askAsTv(body.secret)
    return Response.json(claim, setCookie === null ? {} : { headers: { 'set-cookie': setCookie } })
  },
})
