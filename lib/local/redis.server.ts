import 'server-only'
import { type IncomingMessage, createServer } from 'node:http'
import { z } from 'zod'
import { equalInConstantTime } from './constant-time.server'
import { listen, stopListening } from './listen.server'
import { type Reply, findCommand, runCommand } from './redis-commands'
import { RedisError, RedisStore } from './redis-store'
import { readBody } from './request-body.server'

export type RedisDoor = { port: number; close(): Promise<void> }
export type RedisOptions = {
  /** 0: any free port. */
  port: number
  host: string
  token: string
  maxBytes?: number
}

type Answer = { status: number; body: unknown }
type Result = { result: Reply } | { error: string }

/** Upstash's own limit of one request on its free plan. */
const REQUEST_BYTES = 1_048_576
const COMMANDS_PER_REQUEST = 1_000

const Word = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((word) => String(word ?? ''))
const Words = z.array(Word).min(1)
const Batch = z.array(Words).max(COMMANDS_PER_REQUEST)

/**
 * The Redis door: Upstash's REST surface over a small store in this process; single commands, `/pipeline` and `/multi-exec`.
 * NOT a durable product: everything is lost when it stops, which DESIGN 2.4 allows, because Redis holds only what may vanish (rate
 * counters, provider budgets, pairing codes). Bounded memory: beyond `maxBytes` (32 MB) writing is refused as Redis does.
 * `GET /health` answers 200. Source: upstash.com/docs/redis/features/restapi; redis.io for commands and errors.
 */
export async function startRedisDoor({ port, host, token, maxBytes = 33_554_432 }: RedisOptions): Promise<RedisDoor> {
  const store = new RedisStore(maxBytes)
  const sweep = setInterval(() => store.dropExpired(), 10_000)
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', 'upstash-sync-token': 'local' })
        response.end(JSON.stringify(body))
      },
      () => response.destroy(),
    )
  })
  server.requestTimeout = 30_000

  async function answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', 'http://door')
    if (url.pathname === '/health') return { status: 200, body: { ok: true } }
    const raw = await readBody(request, REQUEST_BYTES)
    const given = request.headers.authorization?.replace(/^Bearer /i, '') ?? url.searchParams.get('_token') ?? ''
    if (!equalInConstantTime(given, token)) return { status: 401, body: { error: 'WRONGPASS invalid or missing auth token' } }
    if (request.method !== 'GET' && request.method !== 'POST') return { status: 405, body: { error: 'ERR method not allowed' } }
    if (raw === null) return { status: 413, body: { error: `ERR max request size exceeded. Limit: ${REQUEST_BYTES} bytes` } }
    const encode = request.headers['upstash-encoding'] === 'base64' ? base64 : (reply: Reply) => reply
    const run = (words: readonly string[]): Result => {
      try {
        return { result: encode(runCommand(store, words)) }
      } catch (error) {
        return { error: wordsOf(error) }
      }
    }
    try {
      if (url.pathname === '/pipeline') return { status: 200, body: parse(Batch, raw).map(run) }
      if (url.pathname === '/multi-exec') return { status: 200, body: queued(parse(Batch, raw)).map(run) }
      const result = run(url.pathname === '/' ? parse(Words, raw) : wordsOfPath(url, raw))
      return { status: 'error' in result ? 400 : 200, body: result }
    } catch (error) {
      return { status: 400, body: { error: wordsOf(error) } }
    }
  }

  return {
    port: await listen(server, port, host),
    close: () => {
      clearInterval(sweep)
      return stopListening(server)
    },
  }
}

function parse<T>(schema: z.ZodType<T>, body: Buffer): T {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw new RedisError('ERR failed to parse the request body as JSON')
  }
  const result = schema.safeParse(json)
  if (!result.success) throw new RedisError('ERR the request body must be an array of words, or of such arrays')
  return result.data
}

/** `/set/key/value?EX=100`, the body as the last word of the command's own part. */
function wordsOfPath(url: URL, body: Buffer): string[] {
  const path = url.pathname.slice(1).split('/').map(decodeURIComponent)
  const options = [...url.searchParams]
    .filter(([name]) => name !== '_token')
    .flatMap(([name, value]) => (value === '' ? [name] : [name, value]))
  return [...path, ...(body.length > 0 ? [body.toString('utf8')] : []), ...options]
}

/** Nothing of a transaction runs if one of its commands could not even be queued. Between commands nothing else runs: one thread. */
function queued(commands: string[][]): string[][] {
  for (const words of commands) {
    try {
      findCommand(words)
    } catch (error) {
      throw new RedisError(`EXECABORT Transaction discarded because of: ${wordsOf(error)}`)
    }
  }
  return commands
}

const base64 = (reply: Reply): Reply =>
  typeof reply === 'string' && reply !== 'OK' ? Buffer.from(reply).toString('base64') : Array.isArray(reply) ? reply.map(base64) : reply

function wordsOf(error: unknown): string {
  if (error instanceof RedisError) return error.message
  if (error instanceof URIError) return 'ERR the path is not valid'
  throw error
}
