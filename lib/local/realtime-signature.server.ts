import 'server-only'
import { createHash, createHmac } from 'node:crypto'
import { equalInConstantTime } from './constant-time.server'
import { LIMITS } from './realtime-rules'

const sign = (secret: string, text: string | Buffer): string => createHmac('sha256', secret).update(text).digest('hex')

/** `key:hex` for a private channel, or a presence channel when `channelData` (the exact string that is sent) is given. */
export function channelSignature(app: { key: string; secret: string }, socketId: string, channel: string, channelData?: string): string {
  return `${app.key}:${sign(app.secret, channelData === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${channelData}`)}`
}

/** `key:hex` for `pusher:signin`. */
export const userSignature = (app: { key: string; secret: string }, socketId: string, userData: string): string =>
  `${app.key}:${sign(app.secret, `${socketId}::user::${userData}`)}`

export const webhookSignature = (secret: string, body: string): string => sign(secret, body)

/** HTTP API: HMAC over method, path and the sorted, unescaped query (keys lower-cased, without the signature itself). */
export function requestSignature(secret: string, method: string, path: string, query: ReadonlyMap<string, string>): string {
  const pairs = [...query].map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => name !== 'auth_signature')
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}=${value}`)
  return sign(secret, [method, path, sorted.join('&')].join('\n'))
}

export const bodyMd5 = (body: Buffer): string => createHash('md5').update(body).digest('hex')

/** Why a signed request is refused (401), or null when it is in order. `atMs` is the time by the door's own clock. */
export function refusalOfRequest(
  app: { key: string; secret: string },
  request: { method: string; path: string; query: ReadonlyMap<string, string>; body: Buffer },
  atMs: number,
): string | null {
  const { query, body } = request
  if (query.get('auth_key') !== app.key) return 'Unknown auth_key'
  if (query.get('auth_version') !== '1.0') return 'Unsupported auth_version'
  const skew = Math.abs(atMs / 1_000 - Number(query.get('auth_timestamp') ?? NaN))
  if (!(skew <= LIMITS.clockSkewSeconds)) return `Timestamp expired: given timestamp not within ${LIMITS.clockSkewSeconds}s of server time`
  if (body.length > 0 && query.get('body_md5') !== bodyMd5(body)) return 'Invalid body_md5'
  const expected = requestSignature(app.secret, request.method, request.path, query)
  return equalInConstantTime(query.get('auth_signature') ?? '', expected) ? null : 'Invalid signature'
}
