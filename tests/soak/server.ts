import { NextRequest } from 'next/server'
import { createServer, type IncomingMessage } from 'node:http'
import { POST as endWorkout } from '@/app/api/classes/[classId]/end-workout/route'
import { GET as inngestGet, POST as inngestPost, PUT as inngestPut } from '@/app/api/inngest/route'
import { POST as openRecorder } from '@/app/api/recorders/route'
import { POST as upload } from '@/app/api/recorders/[recorderId]/chunks/route'
import { GET as time } from '@/app/api/time/route'
import { listen } from '@/lib/local/listen.server'
import { recomputeDirty, summariseForgotten } from '@/lib/summaries/summarise-class.server'
import { mailSummaries } from '@/lib/summaries/summary-link.server'

type Answer = (request: NextRequest, id: string) => Promise<Response>

/** The record's own routes, over real HTTP; and the sweep of each minute for whoever cannot wait for it. */
const ROUTES: ReadonlyArray<readonly [method: string, path: RegExp, answer: Answer]> = [
  ['GET', /^\/api\/time$/, (request) => time(request, { params: Promise.resolve({}) })],
  ['POST', /^\/api\/recorders$/, (request) => openRecorder(request, { params: Promise.resolve({}) })],
  ['POST', /^\/api\/recorders\/([^/]+)\/chunks$/, (request, recorderId) => upload(request, { params: Promise.resolve({ recorderId }) })],
  ['POST', /^\/api\/classes\/([^/]+)\/end-workout$/, (request, classId) => endWorkout(request, { params: Promise.resolve({ classId }) })],
  ['GET', /^\/api\/inngest$/, (request) => inngestGet(request, { params: Promise.resolve({}) })],
  ['POST', /^\/api\/inngest$/, (request) => inngestPost(request, { params: Promise.resolve({}) })],
  ['PUT', /^\/api\/inngest$/, (request) => inngestPut(request, { params: Promise.resolve({}) })],
  [
    'POST',
    /^\/soak\/sweep$/,
    async () => Response.json({ recomputed: await recomputeDirty(), summarised: await summariseForgotten(), mailed: await mailSummaries() }),
  ],
]

export async function startServer(port: number, host: string): Promise<void> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming)
      .catch(() => new Response(null, { status: 500 }))
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers))
        outgoing.end(Buffer.from(await response.arrayBuffer()))
      })
  })
  await listen(server, port, host)
}

async function answer(incoming: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const { method = 'GET', headers } = incoming
  const url = new URL(incoming.url ?? '/', 'http://localhost:3000')
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]))
  const request = new NextRequest(url, { method, headers: given, ...(parts.length > 0 && { body: Buffer.concat(parts) }) })
  for (const [verb, path, run] of ROUTES) {
    const found = verb === method ? path.exec(url.pathname) : null
    if (found) return run(request, found[1] ?? '')
  }
  return new Response(null, { status: 404 })
}
