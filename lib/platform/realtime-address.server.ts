import 'server-only'
import { env } from './env.server'

/** How a browser reaches the realtime service. `sameOrigin`: behind the page's own address, path /app. */
export type RealtimeAddress = { readonly key: string; readonly cluster: string | null; readonly sameOrigin: boolean }

export function realtimeAddress(): RealtimeAddress {
  const { PUSHER_KEY: key, PUSHER_CLUSTER: cluster, PUSHER_PUBLIC_HOST: publicHost, PUSHER_HOST: host } = env()
  return {
    key,
    cluster: cluster === '' ? null : cluster,
    sameOrigin: publicHost === 'same-origin' || (publicHost === undefined && host !== undefined),
  }
}

/** The vendor's host for sockets; null where it is ours. */
export function publicRealtimeHost(): string | null {
  const { cluster, sameOrigin } = realtimeAddress()
  return sameOrigin || cluster === null ? null : `ws-${cluster}.pusher.com`
}
