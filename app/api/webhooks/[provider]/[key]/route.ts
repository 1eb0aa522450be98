import { z } from 'zod'
import { endpoint } from '@/lib/accounts/endpoint.server'
import { takeWebhook, theProvider } from '@/lib/sync/webhook.server'

const params = z.object({ provider: z.string(), key: z.string() })

export const GET = endpoint({
  summary: 'Answers a provider that asks whether this address is ours.',
  actor: theProvider,
  params,
  run: ({ actor }) => takeWebhook(actor),
})

export const POST = endpoint({
  summary: 'Takes what a provider tells of one of its people: kept once, acted on later.',
  actor: theProvider,
  params,
  run: ({ actor }) => takeWebhook(actor),
})
