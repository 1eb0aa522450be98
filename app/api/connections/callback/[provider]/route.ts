import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { comeBack, whoeverComesBack } from '@/lib/sync/come-back.server'

export const GET = endpoint({
  summary: "Takes a provider's answer from the person's own browser, and goes on to the page of connections.",
  actor: whoeverComesBack,
  params: z.object({ provider: z.string().max(40) }),
  rateLimit: { limit: 60, windowSeconds: 600 },
  run: ({ actor, params, request }) => comeBack(actor, params.provider, new URL(request.url).searchParams),
})
