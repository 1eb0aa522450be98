import 'server-only'
import { isIPv6 } from 'node:net'

/** The largest request body unless an endpoint says otherwise. */
export const MAX_BODY_BYTES = 64 * 1024

/** One cookie of a request, decoded; undefined when absent. */
export function findCookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const raw = pair.slice(at + 1).trim()
    try {
      return decodeURIComponent(raw)
    } catch {
      return undefined
    }
  }
  return undefined
}

/** The bearer of `Authorization: Bearer …`; undefined when there is none. */
export const findBearer = (request: Request): string | undefined =>
  /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.get('authorization') ?? '')?.[1]

/** The caller's address as the front door or the edge wrote it; used for rate limits only. Of IPv6 the network: one home has 2^64 addresses. */
export function callerAddress(request: Request): string {
  const address = request.headers.get('x-real-ip') ?? request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown'
  if (!isIPv6(address) || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const [left, right] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)]
  const groups = address.includes('::') ? [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right] : left
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

/**
 * Whether a change that may ride on a cookie comes from our own pages. `Sec-Fetch-Site` decides where the browser sends it (secure
 * pages); else `Origin` must be one of our hosts. A caller with neither header and no cookie is no browser and rides on nothing.
 */
export function isSameOrigin(request: Request, appUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = request.headers.get('origin')
  if (origin === null) return !request.headers.has('cookie')
  const hosts = [new URL(appUrl).host, request.headers.get('host'), request.headers.get('x-forwarded-host')]
  return URL.canParse(origin) && hosts.includes(new URL(origin).host)
}

/** The text of a body of at most `limit` bytes; null when it is larger, however it is sent. */
export async function readLimited(request: Request, limit: number): Promise<string | null> {
  const bytes = await readLimitedBytes(request, limit)
  return bytes && new TextDecoder().decode(bytes)
}

/** The same as it came, for what is signed; of an answer too. */
export async function readLimitedBytes(message: Request | Response, limit: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  const size = await eachPart(message, limit, (part) => parts.push(part))
  return size === null ? null : Buffer.concat(parts)
}

/** How many bytes a body of at most `limit` had, with none of it kept; null when it is larger. */
export const discardLimited = (request: Request, limit: number): Promise<number | null> => eachPart(request, limit, () => undefined)

async function eachPart(request: Request | Response, limit: number, take: (part: Uint8Array) => unknown): Promise<number | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null
  const reader = request.body?.getReader()
  let size = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      return null
    }
    take(value)
  }
  return size
}
