import 'server-only'
import type { z } from 'zod'
import { now } from '@/lib/platform/clock'
import { readLimitedBytes } from '@/lib/platform/http.server'
import type { CallBudget } from './call-budget'
import { noteBudget, spendCall } from './call-budget.server'
import { ProviderError, type ProviderTrouble } from './provider-error'
import type { ProviderName } from './provider'

const TIMEOUT_MS = 10_000
const MAX_REPLY_BYTES = 2 * 1024 * 1024
/** Later than this is no hint of a busy server but a broken one. */
const MAX_RETRY_AFTER_MS = 24 * 3_600_000

export type Ask = {
  readonly provider: ProviderName
  readonly url: string | URL
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `Bearer` of a person, or `Basic` of the app; always in the header, never in the address. */
  readonly authorization?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly multipart?: FormData
  readonly json?: unknown
  readonly maxBytes?: number
  /** Counts against the app's budget. */
  readonly budget?: CallBudget | null
  readonly isRead?: boolean
  readonly patient?: boolean
  /** What these statuses mean here, where it is not what they mean everywhere. */
  readonly meaning?: Readonly<Record<number, ProviderTrouble>>
}
export type Reply = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array; json<T>(schema: z.ZodType<T>): T }

export const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
export const bearer = (token: string): string => `Bearer ${token}`

const MEANING: Readonly<Record<number, ProviderTrouble>> = { 401: 'token_refused', 403: 'not_allowed', 404: 'gone', 409: 'conflict', 410: 'gone', 429: 'limited' }

/**
 * The one way to speak with a provider: bounded in time and size, without redirects (a token goes where it was meant to), and its refusals
 * told as ProviderError. Answers with 2xx only.
 */
export async function callProvider(ask: Ask): Promise<Reply> {
  const { provider, budget = null, isRead = true, patient = false } = ask
  if (budget) await spendCall(provider, budget, { isRead, patient })
  let response: Response
  let bytes: Uint8Array | null
  try {
    response = await fetch(ask.url, {
      method: ask.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(ask.authorization === undefined ? {} : { authorization: ask.authorization }),
        ...(ask.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...ask.headers,
      },
      ...bodyOf(ask),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    bytes = await readLimitedBytes(response, ask.maxBytes ?? MAX_REPLY_BYTES)
  } catch {
    // The cause may quote the request.
    throw new ProviderError(provider, 'away')
  }
  if (budget) await noteBudget(provider, budget, response.headers, response.status === 429)
  if (!response.ok) {
    const trouble = ask.meaning?.[response.status] ?? MEANING[response.status] ?? (response.status >= 500 ? 'away' : 'nonsense')
    throw new ProviderError(provider, trouble, trouble === 'limited' || trouble === 'away' ? retryAt(response.headers) : null)
  }
  if (bytes === null) throw new ProviderError(provider, 'nonsense')
  const whole = bytes
  return { status: response.status, headers: response.headers, bytes: whole, json: (schema) => readJson(provider, whole, schema) }
}

function bodyOf({ form, multipart, json }: Ask): { body?: string | URLSearchParams | FormData } {
  if (form) return { body: new URLSearchParams(form) }
  if (multipart) return { body: multipart }
  return json === undefined ? {} : { body: JSON.stringify(json) }
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
function retryAt(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? ''
  const at = /^\d+$/.test(value) ? now() + Number(value) * 1000 : Date.parse(value)
  return Number.isNaN(at) || value === '' ? null : Math.min(at, now() + MAX_RETRY_AFTER_MS)
}

function readJson<T>(provider: ProviderName, bytes: Uint8Array, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    // What zod says quotes values.
    throw new ProviderError(provider, 'nonsense')
  }
}
