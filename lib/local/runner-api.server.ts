import 'server-only'
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { equalInConstantTime } from './constant-time.server'
import { readBody } from './request-body.server'
import type { RunnerDatabase } from './runner-database.server'
import { receiveEvent } from './runner-dispatch.server'
import { EventPayload, Registration } from './runner-protocol'
import type { Functions } from './runner-runs.server'

export type RunnerApi = {
  database: RunnerDatabase
  functions: Functions
  eventKey: string | undefined
  signingKey: string | undefined
  register(functions: readonly unknown[]): Promise<void>
  nudge(): void
}

type Answer = { status: number; body: unknown }
type RunRow = {
  id: string
  function_id: string
  event_id: string
  status: string
  output: unknown
  created_at: Date
  ended_at: Date | null
}

/** Inngest's limits of one request. */
const EVENT_REQUEST_BYTES = 3_145_728
const EVENTS_A_REQUEST = 5_000
const RUNS_A_PAGE = 100
/** A database that is away this long is said to be; the SDK then sends again. */
const WAIT_FOR_DATABASE_MS = 10_000

const Events = z.union([z.array(EventPayload).max(EVENTS_A_REQUEST), EventPayload.transform((event) => [event])])
const RUN_ROW = 'select id, function_id, event_id, status, output, created_at, ended_at from runner.runs'

/** What the SDK calls (`/e/<key>`, `/fn/register`, `/dev`), and what happened (`/v1/…`), as JSON. */
export async function answerRunnerApi(api: RunnerApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await answerTo(api, request).catch(() => ({
    status: 503,
    body: { error: 'the runner cannot reach its database', status: 503 },
  }))
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function answerTo(api: RunnerApi, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://runner')
  const body = await readBody(request, EVENT_REQUEST_BYTES)
  const [, first = '', second = '', third = '', fourth = ''] = url.pathname.split('/')
  if (request.method === 'POST') {
    if (body === null) return refusal(413, 'the request is too large')
    if (first === 'e') return takeEvents(api, decodeURIComponent(second), request, body)
    if (first === 'fn' && second === 'register') return register(api, request, body)
    return refusal(404, 'not found')
  }
  if (first === 'health')
    return (await api.database.isReachable()) ? { status: 200, body: { ok: true } } : refusal(503, 'the database does not answer')
  if (first === 'dev') return { status: 200, body: { functions: [...api.functions.values()] } }
  if (first !== 'v1') return refusal(404, 'not found')
  if (!isSigned(api, request)) return refusal(401, 'the signing key is wrong')
  if (second === 'events' && fourth === 'runs') return listRuns(api, 'where event_id = $1 order by created_at', [decodeURIComponent(third)])
  if (second === 'runs' && third === '') return listRuns(api, `order by created_at desc limit ${RUNS_A_PAGE}`, [])
  if (second === 'runs') return getRun(api, decodeURIComponent(third))
  return refusal(404, 'not found')
}

const refusal = (status: number, error: string): Answer => ({ status, body: { error, status } })

async function takeEvents(api: RunnerApi, key: string, request: IncomingMessage, body: Buffer): Promise<Answer> {
  if (api.eventKey !== undefined && !equalInConstantTime(key, api.eventKey)) return refusal(401, 'the event key is wrong')
  const parsed = Events.safeParse(parse(body))
  if (!parsed.success) return refusal(400, `not an event: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  if (parsed.data.some(({ name }) => name.startsWith('inngest/')))
    return refusal(400, 'names that begin with inngest/ are the runner’s own')
  const seed = request.headers['x-inngest-event-id-seed']
  const events = parsed.data.map((event, index) => ({
    ...event,
    id: event.id ?? (typeof seed === 'string' ? seededId(seed, index) : undefined),
  }))
  const ids = await api.database.change(async (transaction) => {
    const received: string[] = []
    for (const event of events) received.push(await receiveEvent(transaction, api.functions, event))
    return received
  }, WAIT_FOR_DATABASE_MS)
  api.nudge()
  return { status: 200, body: { ids, status: 200 } }
}

/** The SDK repeats a request that got no answer with the same seed: the same event must then get the same id. */
const seededId = (seed: string, index: number): string => createHash('sha256').update(`${seed}#${index}`).digest('hex').slice(0, 32)

async function register(api: RunnerApi, request: IncomingMessage, body: Buffer): Promise<Answer> {
  if (!isSigned(api, request)) return refusal(401, 'the signing key is wrong')
  const registration = Registration.safeParse(parse(body))
  if (!registration.success) return refusal(400, 'not a registration')
  try {
    await api.register(registration.data.functions)
  } catch (error) {
    return refusal(400, error instanceof Error ? error.message : 'the functions cannot be registered')
  }
  return { status: 200, body: { ok: true, modified: true, status: 200 } }
}

/** The SDK sends the hash of its signing key; a person may send the key itself. Without a key (development) everybody on loopback may. */
function isSigned(api: RunnerApi, request: IncomingMessage): boolean {
  if (api.signingKey === undefined) return true
  const given = request.headers.authorization?.replace(/^Bearer /i, '') ?? ''
  return equalInConstantTime(given, hashOfSigningKey(api.signingKey)) || equalInConstantTime(given, api.signingKey)
}

function hashOfSigningKey(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? ''
  return `${prefix}${createHash('sha256').update(signingKey.slice(prefix.length), 'hex').digest('hex')}`
}

async function getRun(api: RunnerApi, id: string): Promise<Answer> {
  const [run] = await api.database.read<RunRow>(`${RUN_ROW} where id = $1`, [id])
  return run === undefined ? refusal(404, 'no such run') : { status: 200, body: { data: describe(run) } }
}

async function listRuns(api: RunnerApi, rest: string, values: readonly unknown[]): Promise<Answer> {
  const runs = await api.database.read<RunRow>(`${RUN_ROW} ${rest}`, values)
  return { status: 200, body: { data: runs.map(describe) } }
}

const describe = (run: RunRow) => ({
  run_id: run.id,
  function_id: run.function_id,
  event_id: run.event_id,
  status: run.status,
  output: run.output,
  run_started_at: run.created_at.toISOString(),
  ended_at: run.ended_at?.toISOString() ?? null,
})

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
