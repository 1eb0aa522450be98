import 'server-only'
import { lookup } from 'node:dns'
import { type IncomingMessage, request as requestPlain } from 'node:http'
import { Agent, request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import webPush from 'web-push'
import { AppError } from '@/lib/platform/app-error'
import { env } from '@/lib/platform/env.server'
import { isPrivateAddress, isPrivateHost, isPushEndpoint } from './push-endpoint'

/** What a service worker is given (public/sw.js). No health value; `path` is a page of ours. */
export type PushPayload = { readonly title: string; readonly body: string; readonly path: string; readonly tag: string }
/** `ttlSeconds`: how long the push service keeps it for a browser that is off. A newer one of the same `topic` replaces one that waits. */
export type PushManner = { readonly ttlSeconds: number; readonly urgency: 'normal' | 'high'; readonly topic?: string }
export type PushTarget = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

const TIMEOUT_MS = 10_000

/** What a browser needs to subscribe to us; null where no keys are set and web push is off. */
export function pushKey(): string | null {
  return vapid()?.publicKey ?? null
}

function vapid(): { subject: string; publicKey: string; privateKey: string } | undefined {
  const { PUSH_VAPID_PUBLIC: publicKey, PUSH_VAPID_PRIVATE: privateKey, PUSH_VAPID_SUBJECT: subject } = env()
  return publicKey && privateKey && subject ? { subject, publicKey, privateKey } : undefined
}

/**
 * Encrypts (RFC 8291), signs (RFC 8292) and hands one message to a browser's push service. `gone`: the browser does not listen any more.
 * Throws `unavailable` when the service cannot be reached or does not take it now.
 */
export async function sendPush(to: PushTarget, payload: PushPayload, manner: PushManner): Promise<'sent' | 'gone'> {
  const vapidDetails = vapid()
  // An address that was good when it was given may be forbidden by the settings of today.
  if (!vapidDetails || !isPushEndpoint(to.endpoint, env().PUSH_PRIVATE_HOSTS)) return 'gone'
  const keys = { p256dh: to.p256dh, auth: to.auth }
  const { ttlSeconds, urgency, topic } = manner
  const { headers, body } = webPush.generateRequestDetails({ endpoint: to.endpoint, keys }, JSON.stringify(payload), {
    vapidDetails,
    TTL: ttlSeconds,
    urgency,
    ...(topic === undefined ? {} : { topic }),
  })
  const status = await post(new URL(to.endpoint), headers, body)
  if (status >= 200 && status < 300) return 'sent'
  if (status === 404 || status === 410) return 'gone'
  throw new AppError('unavailable', `The push service answered ${status}.`)
}

/** Refuses, at the moment of connecting, a public name that leads into a private network. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const inside = found?.find(({ address }) => isPrivateAddress(address))
    if (error || inside || found.length === 0) return callback(error ?? new Error('A push service is never at a private address.'), '')
    if (options.all) return callback(null, found)
    callback(null, found[0]?.address ?? '', found[0]?.family)
  })
}
const publicOnly = new Agent({ keepAlive: true, maxSockets: 20, lookup: publicLookup })

/** The status of the answer; what it says is of no use. Redirects are not followed. */
async function post(url: URL, headers: Record<string, unknown>, body: Buffer): Promise<number> {
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  // In all, and not of silence: whoever gave the address may answer a byte at a time for ever.
  const options = { method: 'POST', headers: sent, signal: AbortSignal.timeout(TIMEOUT_MS) }
  return await new Promise<number>((resolve, reject) => {
    const fail = (): void => reject(new AppError('unavailable', 'The push service could not be reached.'))
    const answered = (response: IncomingMessage): void => {
      response.resume()
      response.once('error', () => undefined)
      resolve(response.statusCode ?? 0)
    }
    const named = isPrivateHost(url.hostname, env().PUSH_PRIVATE_HOSTS)
    const outgoing = url.protocol === 'http:' ? requestPlain(url, options, answered) : requestSecure(url, named ? options : { ...options, agent: publicOnly }, answered)
    outgoing.once('error', fail)
    outgoing.end(body)
  })
}
