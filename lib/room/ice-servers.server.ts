import 'server-only'
import { now } from '@/lib/platform/clock'
import { turnPassword } from '@/lib/platform/crypto.server'
import { env } from '@/lib/platform/env.server'

export type IceServer = { readonly urls: string[]; readonly username?: string; readonly credential?: string }

/** Longer than the longest class; a relay asks again only for new connections. */
const LIFE_S = 6 * 3600

/** The relays that a screen may use, with credentials that die by themselves. Empty without TURN_URLS: then only direct paths work. */
export function iceServers(participantId: string): IceServer[] {
  const { TURN_URLS: list, TURN_SECRET: secret } = env()
  const urls = (list ?? '')
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean)
  const stun = urls.filter((url) => /^stuns?:/.test(url))
  const turn = urls.filter((url) => /^turns?:/.test(url))
  const username = `${Math.floor(now() / 1000) + LIFE_S}:${participantId}`
  return [
    ...(stun.length > 0 ? [{ urls: stun }] : []),
    ...(turn.length > 0 && secret !== undefined ? [{ urls: turn, username, credential: turnPassword(username, secret) }] : []),
  ]
}
