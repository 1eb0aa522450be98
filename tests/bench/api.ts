import { GET as time } from '@/app/api/time/route'
import { now } from '@/lib/platform/clock'
import type { Section } from './figures'
import { times } from './world'

const CALLS = 2_000

/**
 * What `endpoint` adds to a handler that answers the same. The functions are called directly, in one process and without a socket, so
 * that what HTTP and Next cost both of them alike does not hide the difference.
 */
export const api: Section = async () => {
  const context = { params: Promise.resolve({}) }
  const bare = async (_request: Request): Promise<Response> => Response.json({ now: now() })
  const ours = (request: Request): Promise<Response> => time(request, context)
  await perCall(ours)
  await perCall(bare)
  // In turn, so that whatever else the machine does meets both.
  const pairs: Array<{ ours: number; bare: number }> = []
  await times(9, async () => {
    const pair = { bare: await perCall(bare), ours: await perCall(ours) }
    pairs.push(pair)
    return pair.ours
  })
  return [
    { what: 'GET /api/time through endpoint()', unit: 'µs', samples: pairs.map((pair) => pair.ours) },
    { what: 'a bare route handler', unit: 'µs', samples: pairs.map((pair) => pair.bare) },
    { key: 'api_ratio_bare', what: 'endpoint() ÷ bare handler, functions only', unit: '×', samples: pairs.map((pair) => pair.ours / pair.bare) },
  ]
}

/** Microseconds a call, answer read. */
async function perCall(handler: (request: Request) => Promise<Response>): Promise<number> {
  const begin = performance.now()
  for (let call = 0; call < CALLS; call++) await (await handler(new Request('http://localhost:3000/api/time'))).text()
  return ((performance.now() - begin) / CALLS) * 1_000
}
