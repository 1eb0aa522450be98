import { TvAsked } from '@/lib/accounts/device'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { askForTv } from '@/lib/accounts/pairing.server'

export const POST = endpoint({
  summary: 'A television asks to be let in: a code for the trainer to read off it, and a secret of its own to ask with.',
  actor: anyone,
  answer: TvAsked,
  rateLimit: { limit: 30, windowSeconds: 600 },
  run: () => askForTv(),
})
