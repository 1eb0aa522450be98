import { z } from 'zod'
import { AppError, STATUS, type ErrorCode } from './app-error'

const CODES = Object.keys(STATUS) as ErrorCode[]
const ErrorBody = z.object({
  error: z.object({ code: z.enum(CODES), message: z.string(), fields: z.record(z.string(), z.string()).optional() }),
})
const UNREACHABLE = 'The server cannot be reached. Check your connection and try again.'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Call<T> = {
  /** JSON to send. */
  readonly body?: unknown
  /** To send instead, as they are. */
  readonly bytes?: Uint8Array<ArrayBuffer>
  /** What the answer must look like; without it the answer is not read. */
  readonly reply?: z.ZodType<T>
  /** Outlives the page (≤ 64 kB): for what is sent while leaving. */
  readonly keepalive?: boolean
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
}

/** Our own API from the browser: same-origin JSON in, checked JSON out. Throws an AppError in the server's words, or `unavailable`. */
export interface Api {
  <T>(method: Method, path: `/api/${string}`, call: Call<T> & { readonly reply: z.ZodType<T> }): Promise<T>
  (method: Method, path: `/api/${string}`, call?: Call<never>): Promise<void>
}

/** `send` is replaced in tests and by panels that live on another origin. */
export function createApi(send: typeof fetch = (input, init) => globalThis.fetch(input, init)): Api {
  async function call<T>(
    method: Method,
    path: `/api/${string}`,
    { body, bytes, reply, keepalive, signal, headers }: Call<T> = {},
  ): Promise<T | void> {
    const type = bytes ? 'application/octet-stream' : body === undefined ? null : 'application/json'
    const response = await send(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'application/json', ...(type ? { 'content-type': type } : {}), ...headers },
      ...(bytes ? { body: bytes } : body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(keepalive ? { keepalive } : {}),
      ...(signal ? { signal } : {}),
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause
      throw new AppError('unavailable', UNREACHABLE)
    })
    if (!response.ok) throw await failure(response)
    if (!reply) return
    const read = reply.safeParse(await response.json().catch(() => null))
    if (!read.success) throw new AppError('unavailable', 'The server answered in a way that this page does not know. Reload the page.')
    return read.data
  }
  return call as Api
}

async function failure(response: Response): Promise<AppError> {
  const read = ErrorBody.safeParse(await response.json().catch(() => null))
  if (!read.success) return new AppError(response.status === 429 ? 'too_many_requests' : 'unavailable', UNREACHABLE)
  const { code, message, fields } = read.data.error
  return new AppError(code, message, fields)
}

export const api: Api = createApi()
