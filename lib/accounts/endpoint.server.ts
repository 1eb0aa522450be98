import 'server-only'
import type { z } from 'zod'
import { AppError } from '@/lib/platform/app-error'
import { env } from '@/lib/platform/env.server'
import { callerAddress, findBearer, isSameOrigin, MAX_BODY_BYTES, readLimited } from '@/lib/platform/http.server'
import { newId } from '@/lib/platform/id'
import { log } from '@/lib/platform/log.server'
import { type Rate, requireWithinRate } from '@/lib/platform/rate-limit.server'
import { type Account, findAccountOfRequest, findPerson, findPersonOfDevice, type Person } from './caller.server'
import type { Declaration } from './declaration'

/** Who may call. `resolve` returns the caller or throws; it sees the body before it is validated, and must not trust its shape. */
export type ActorRule<A, P = unknown> = { readonly name: string; resolve(request: Request, params: P, body: unknown): Promise<A> }

export type Call<A, P, B, Q> = { readonly actor: A; readonly params: P; readonly body: B; readonly query: Q; readonly request: Request }

export type EndpointSpec<A, P, B, Q> = {
  /** One plain line for the API's description. */
  readonly summary: string
  readonly actor: ActorRule<A, NoInfer<P>>
  readonly params?: z.ZodType<P>
  readonly body?: z.ZodType<B>
  readonly query?: z.ZodType<Q>
  /** What `run` answers with; described, not checked. */
  readonly answer?: z.ZodType
  readonly maxBodyBytes?: number
  /** Counted by the caller's address, or by what `by` returns. */
  readonly rateLimit?: Rate & { readonly by?: (call: Call<A, P, B, Q>) => string }
  /** Plain JSON, or a Response where headers matter; nothing answers 204. */
  run(call: Call<A, P, B, Q>): Promise<unknown> | unknown
}

type RouteContext = { params: Promise<unknown> }
export type Endpoint = ((request: Request, context: RouteContext) => Promise<Response>) & { readonly declaration: Declaration }

/** Anybody, known or not. */
export const anyone: ActorRule<null> = { name: 'anyone', resolve: async () => null }

/** Somebody signed in: their session, or a phone's bearer. */
export const account: ActorRule<Account> = {
  name: 'account',
  async resolve(request) {
    const found = await findAccountOfRequest(request)
    if (!found) throw new AppError('sign_in_required', 'Sign in to do this.')
    return found
  },
}

/** An account, or a guest of the trainer that `?trainerId=` or `?classId=` names; on a second screen of that class, its person. */
export const person: ActorRule<Person> = {
  name: 'person',
  async resolve(request, params, body) {
    const screen = await findPersonOfDevice(request, new URL(request.url).searchParams.get('classId'))
    return screen ?? (await personThemselves.resolve(request, params, body))
  },
}

/** The same, never on a second screen: its leave is for one class, and this outlives the class or reaches into others. */
export const personThemselves: ActorRule<Person> = {
  name: 'person themselves',
  async resolve(request) {
    const query = new URL(request.url).searchParams
    const found = await findPerson(request, { trainerId: query.get('trainerId'), classId: query.get('classId') })
    if (!found) throw new AppError('sign_in_required', 'Sign in, or join the class first.')
    return found
  },
}

/** A handler that belongs to a library, which checks its callers itself; `name` says which. */
export function libraryOwned<H extends (...args: never[]) => unknown>(name: string, handler: H): H & { readonly declaration: Declaration } {
  return Object.assign((...args: Parameters<H>) => handler(...args), {
    declaration: { summary: `Answered by ${name}`, actor: name, libraryOwned: true },
  }) as H & { readonly declaration: Declaration }
}

/**
 * The one way to answer HTTP. In order: same-origin check for changes, rate limit, size and form of the body, who is calling, zod,
 * `run`. An AppError becomes its status; anything else becomes 500 without a detail and is logged under the request's id.
 */
export function endpoint<A, P = unknown, B = undefined, Q = undefined>(spec: EndpointSpec<A, P, B, Q>): Endpoint {
  const { summary, actor, params, body, query, answer } = spec
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const requestId = newId('req')
    try {
      return finish(await handle(spec, request, await context.params), requestId)
    } catch (error) {
      if (error instanceof AppError) return finish(refusal(error, requestId), requestId)
      log.error({ err: error, requestId, method: request.method, path: new URL(request.url).pathname }, 'a request failed unexpectedly')
      const message = 'Something went wrong on our side. Try again; if it stays, tell us this number.'
      return finish(Response.json({ error: { code: 'internal', message }, requestId }, { status: 500 }), requestId)
    }
  }
  return Object.assign(handler, { declaration: { summary, actor: actor.name, libraryOwned: false, params, body, query, answer } })
}

async function handle<A, P, B, Q>(spec: EndpointSpec<A, P, B, Q>, request: Request, rawParams: unknown): Promise<Response> {
  requireSameOrigin(request)
  const { rateLimit } = spec
  if (rateLimit && !rateLimit.by) await requireWithinRate(spec.summary, callerAddress(request), rateLimit)
  // PostgreSQL's text has no character zero; wherever it stood, it would fail there as a fault of ours.
  if (/%00/.test(request.url)) throw new AppError('not_found', 'There is nothing at this address.')
  const params = parseParams(spec.params, rawParams)
  const rawBody = spec.body ? await readJson(request, spec.maxBodyBytes ?? MAX_BODY_BYTES) : undefined
  const actor = await spec.actor.resolve(request, params, rawBody)
  const body = spec.body ? parse(spec.body, rawBody) : (undefined as B)
  const query = spec.query ? parse(spec.query, Object.fromEntries(new URL(request.url).searchParams)) : (undefined as Q)
  const call = { actor, params, body, query, request }
  if (rateLimit?.by) await requireWithinRate(spec.summary, rateLimit.by(call), rateLimit)
  const result = await spec.run(call)
  if (result instanceof Response) return result
  return result === undefined ? new Response(null, { status: 204 }) : Response.json(result)
}

/** A bearer is never sent by a browser on its own, as a proxy's password is; only changes that could ride on a cookie are checked. */
function requireSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || findBearer(request) !== undefined) return
  if (!isSameOrigin(request, env().APP_URL))
    throw new AppError('cross_site', 'This request came from another site. Open Pulseroom itself and try again.')
}

/** A path that cannot name anything names nothing. */
function parseParams<P>(schema: z.ZodType<P> | undefined, raw: unknown): P {
  if (!schema) return raw as P
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw new AppError('not_found', 'There is nothing at this address.')
  return parsed.data
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get('content-type')
  if (type !== null && !/^application\/json\b/i.test(type)) throw new AppError('unsupported_media', 'Send the body as application/json.')
  const text = await readLimited(request, limit)
  if (text === null) throw new AppError('too_large', `The body may hold at most ${limit} bytes. Send less at a time.`)
  try {
    return JSON.parse(text, text.includes('\\u0000') ? withoutZero : undefined)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('malformed_json', 'The body is not valid JSON.')
  }
}

function withoutZero(name: string, value: unknown): unknown {
  if (typeof value === 'string' && value.includes('\0'))
    throw new AppError('invalid_input', 'Text may not contain the character zero.', name === '' ? undefined : { [name]: 'Contains a character that is none.' })
  return value
}

function parse<T>(schema: z.ZodType<T>, raw: unknown): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.join('.') || 'body'] ??= issue.message
  throw new AppError('invalid_input', 'Some of this cannot be used. Correct what is marked and send it again.', fields)
}

function refusal(error: AppError, requestId: string): Response {
  const { code, message, fields } = error
  const response = Response.json({ error: { code, message, ...(fields ? { fields } : {}) }, requestId }, { status: error.status })
  if (code === 'too_many_requests') response.headers.set('retry-after', '60')
  return response
}

function finish(response: Response, requestId: string): Response {
  const headers = new Headers(response.headers)
  headers.set('cache-control', 'no-store')
  headers.set('x-request-id', requestId)
  headers.set('x-content-type-options', 'nosniff')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
