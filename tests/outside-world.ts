import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type OutsideWorld = {
  /** What the job runner was told. */
  readonly events: Array<{ name: string; data: unknown; id?: string }>
  /** What the realtime service was asked to spread. */
  /** Who is on a presence channel: `user_id`s by channel. */
  readonly here: Map<string, string[]>
  readonly published: Array<{ channel: string; name: string; data: unknown }>
  /** While true, both answer 500. */
  broken: boolean
  close(): Promise<void>
}

type Sent = { name: string; data: string; channels?: string[]; channel?: string }

/**
 * The job runner's event address and Pusher's HTTP API, as far as a sender sees them: takes what is sent and remembers it. Call it
 * before the first use of either; the settings that lead there are set here.
 */
export async function startOutsideWorld(): Promise<OutsideWorld> {
  const events: OutsideWorld['events'] = []
  const published: OutsideWorld['published'] = []
  const remember = (path: string, body: string): unknown => {
    const json: unknown = JSON.parse(body)
    if (path.startsWith('/e/')) {
      const taken = json as OutsideWorld['events']
      events.push(...taken)
      return { ids: taken.map(({ id }) => id ?? 'evt'), status: 200 }
    }
    const sent = path.endsWith('/batch_events') ? (json as { batch: Sent[] }).batch : [json as Sent]
    for (const { name, data, channels, channel } of sent) {
      for (const to of channels ?? (channel === undefined ? [] : [channel]))
        published.push({ channel: to, name, data: JSON.parse(data) as unknown })
    }
    return {}
  }
  const here: OutsideWorld['here'] = new Map()
  const world: OutsideWorld = { events, published, here, broken: false, close: () => new Promise((done) => server.close(() => done())) }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('connection', 'close')
      if (world.broken) response.writeHead(500).end('{}')
      else if (request.method === 'GET') {
        const channel = /\/channels\/([^/]+)\/users$/.exec(new URL(request.url ?? '/', 'http://outside').pathname)?.[1] ?? ''
        response.end(JSON.stringify({ users: (here.get(channel) ?? []).map((id) => ({ id })) }))
      } else response.end(JSON.stringify(remember(new URL(request.url ?? '/', 'http://outside').pathname, body)))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  Object.assign(process.env, {
    INNGEST_BASE_URL: `http://127.0.0.1:${port}`,
    PUSHER_HOST: '127.0.0.1',
    PUSHER_PORT: String(port),
    PUSHER_TLS: 'false',
  })
  return world
}
