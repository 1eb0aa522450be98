import 'server-only'
import Pusher from 'pusher'
import { z } from 'zod'
import { AppError } from './app-error'
import { env } from './env.server'
import { log } from './log.server'

export type RealtimeMessage = { readonly channel: string; readonly name: string; readonly data: unknown }
export type ChannelAuth = { readonly auth: string; readonly channel_data?: string }
export type PresenceData = { readonly user_id: string; readonly user_info: Readonly<Record<string, unknown>> }

/** Pusher refuses more than this in one batch. */
const BATCH = 10

let client: Pusher | undefined
function pusher(): Pusher {
  if (client) return client
  const {
    PUSHER_APP_ID: appId,
    PUSHER_KEY: key,
    PUSHER_SECRET: secret,
    PUSHER_HOST: host,
    PUSHER_PORT: port,
    PUSHER_CLUSTER: cluster,
    PUSHER_TLS: useTLS,
  } = env()
  const options = { appId, key, secret, useTLS, timeout: 5_000 }
  client = new Pusher(
    host === undefined ? { ...options, cluster } : { ...options, host, ...(port === undefined ? {} : { port: String(port) }) },
  )
  return client
}

/** Tells everybody on a channel. Throws `unavailable` when the realtime service does not take it. */
export async function publish(message: RealtimeMessage): Promise<void> {
  await answered(pusher().trigger(message.channel, message.name, message.data))
}

/** The same for many, in as few calls as the service allows; order is kept. */
export async function publishBatch(messages: readonly RealtimeMessage[]): Promise<void> {
  for (let start = 0; start < messages.length; start += BATCH) await answered(pusher().triggerBatch(messages.slice(start, start + BATCH)))
}

/** `socketId` must look like `123.456`; the caller has checked that this screen may listen to `channel`. */
export function authorizeChannel(socketId: string, channel: string, presence?: PresenceData): ChannelAuth {
  return pusher().authorizeChannel(socketId, channel, presence)
}

const Here = z.object({ users: z.array(z.object({ id: z.string() })) })

/** The `user_id` of everybody on a presence channel; undefined when the service does not answer. */
export async function listHere(channel: string): Promise<string[] | undefined> {
  try {
    const response = await pusher().get({ path: `/channels/${channel}/users` })
    return Here.parse(await response.json()).users.map(({ id }) => id)
  } catch (error) {
    log.warn({ err: error }, 'the realtime service did not say who is there')
    return undefined
  }
}

/** Resolves when the realtime service answers a signed question. */
export async function pingRealtime(): Promise<void> {
  await pusher().get({ path: '/channels' })
}

async function answered(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    log.warn({ err: error }, 'the realtime service did not take a message')
    throw new AppError('unavailable', 'The live connection is not answering. Try again in a few seconds.')
  }
}
