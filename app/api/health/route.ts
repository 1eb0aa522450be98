import { anyone, endpoint } from '@/lib/accounts/endpoint.server'
import { checkHealth } from '@/lib/platform/health.server'

export const GET = endpoint({
  summary: 'Whether a class can be held: 200 when the database, the realtime service and the job runner answer, else 503.',
  actor: anyone,
  async run() {
    const health = await checkHealth()
    return Response.json(health, { status: health.healthy ? 200 : 503 })
  },
})
