import { z } from 'zod'
import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { now } from '@/lib/platform/clock'

export const GET = endpoint({
  summary: "The server's time in UTC milliseconds, to map a device's clock to it.",
  actor: anyone,
  answer: z.object({ now: z.number() }),
  run: () => ({ now: now() }),
})
