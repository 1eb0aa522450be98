import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { now } from '@/lib/platform/clock'
import type { Hub, Subscriber } from './realtime-hub.server'
import { BOUNDS, CLOSE, LIMITS, byteLength, isChannelName, kindOfChannel, userOfChannel } from './realtime-rules'
import { refusalOfRequest } from './realtime-signature.server'
import { readBody } from './request-body.server'

type Answer = { status: number; body: unknown }
type Api = { appId: string; key: string; secret: string; hub: Hub; sockets: ReadonlyMap<string, Subscriber> }

const Published = { name: z.string().min(1), data: z.string(), socket_id: z.string().optional(), info: z.string().optional() }
const Publish = z.object({ ...Published, channels: z.array(z.string()).optional(), channel: z.string().optional() })
const Batch = z.object({ batch: z.array(z.object({ ...Published, channel: z.string() })) })

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** Pusher's signed HTTP API under `/apps/<id>`: 400 malformed, 401 signature, 404 unknown, 413 too large. */
export async function answerApi(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, BOUNDS.requestBytes)
  const answer = body === null ? { status: 413, body: 'Request body too large' } : answerSigned(api, request, body)
  const isText = typeof answer.body === 'string'
  response.writeHead(answer.status, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' })
  response.end(isText ? answer.body : JSON.stringify(answer.body))
}

function answerSigned(api: Api, request: IncomingMessage, body: Buffer): Answer {
  const method = request.method ?? 'GET'
  const url = new URL(request.url ?? '/', 'http://door')
  const [, appId, path] = /^\/apps\/([^/]+)(\/.*)$/.exec(url.pathname) ?? []
  if (appId === undefined || path === undefined) return { status: 404, body: 'Not found' }
  if (appId !== api.appId) return { status: 404, body: 'Unknown app' }
  const query = new Map(url.searchParams)
  const refusal = refusalOfRequest(api, { method, path: url.pathname, query, body }, now())
  if (refusal !== null) return { status: 401, body: refusal }
  try {
    return { status: 200, body: method === 'POST' ? post(api, path, body) : read(api, path, query) }
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.message }
    throw error
  }
}

function parse<T>(schema: z.ZodType<T>, body: Buffer): T {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal(400, 'The body is not JSON')
  }
  const result = schema.safeParse(json)
  if (!result.success) throw new Refusal(400, z.prettifyError(result.error))
  return result.data
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal(400, 'The path is not valid')
  }
}

function post(api: Api, path: string, body: Buffer): unknown {
  if (path === '/events') return publishEvent(api, parse(Publish, body))
  if (path === '/batch_events') return publishBatch(api, parse(Batch, body).batch)
  const userId = /^\/users\/([^/]+)\/terminate_connections$/.exec(path)?.[1]
  if (userId === undefined) throw new Refusal(404, 'Not found')
  for (const socket of [...api.sockets.values()]) {
    if (socket.userId === unescaped(userId)) socket.close(CLOSE.notAuthorised, 'You got disconnected by the app.')
  }
  return {}
}

function publishEvent(api: Api, event: z.infer<typeof Publish>): unknown {
  const channels = event.channels ?? (event.channel === undefined ? [] : [event.channel])
  if (channels.length === 0) throw new Refusal(400, 'Missing channel')
  if (channels.length > LIMITS.channelsPerPublish)
    throw new Refusal(400, `Cannot publish to more than ${LIMITS.channelsPerPublish} channels`)
  channels.forEach((channel) => checkPublish(channel, event))
  const info = event.info
  if (info !== undefined) channels.forEach((channel) => attributesOf(api, channel, info))
  for (const channel of channels) deliver(api, channel, event)
  api.hub.traffic.publishes += info === undefined ? 1 : 2
  return info === undefined ? {} : { channels: Object.fromEntries(channels.map((channel) => [channel, attributesOf(api, channel, info)])) }
}

function publishBatch(api: Api, batch: z.infer<typeof Batch>['batch']): unknown {
  if (batch.length > LIMITS.eventsPerBatch) throw new Refusal(400, `Batch too large (${batch.length} > ${LIMITS.eventsPerBatch})`)
  for (const event of batch) checkPublish(event.channel, event)
  const asksInfo = batch.some((event) => event.info !== undefined)
  const infos = batch.map((event) => attributesOf(api, event.channel, event.info ?? ''))
  for (const event of batch) {
    deliver(api, event.channel, event)
    api.hub.traffic.publishes += event.info === undefined ? 1 : 2
  }
  return asksInfo ? { batch: infos } : {}
}

function checkPublish(channel: string, event: { name: string; data: string }): void {
  if (userOfChannel(channel) === null && !isChannelName(channel)) throw new Refusal(400, `Invalid channel name: ${channel.slice(0, 200)}`)
  if (event.name.length > LIMITS.eventNameLength) throw new Refusal(400, `Event name too long (max ${LIMITS.eventNameLength})`)
  if (byteLength(event.data) > LIMITS.dataBytes) {
    throw new Refusal(413, `The data content of this event exceeds the allowed maximum (${LIMITS.dataBytes} bytes)`)
  }
}

function deliver(api: Api, channel: string, event: { name: string; data: string; socket_id?: string | undefined }): void {
  const userId = userOfChannel(channel)
  if (userId === null) return api.hub.publish(channel, event.name, event.data, event.socket_id)
  for (const socket of api.sockets.values()) {
    if (socket.userId !== userId) continue
    api.hub.say(socket, event.name, event.data, channel)
    api.hub.traffic.deliveries += 1
  }
}

function attributesOf(api: Api, channel: string, info: string): { subscription_count?: number; user_count?: number } {
  const wanted = info.split(',').map((name) => name.trim())
  const attributes: { subscription_count?: number; user_count?: number } = {}
  if (wanted.includes('user_count')) {
    if (kindOfChannel(channel) !== 'presence') throw new Refusal(400, 'user_count is only available for presence channels')
    attributes.user_count = api.hub.memberIds(channel).length
  }
  if (wanted.includes('subscription_count')) attributes.subscription_count = api.hub.subscriberCount(channel)
  return attributes
}

function read(api: Api, path: string, query: ReadonlyMap<string, string>): unknown {
  const info = query.get('info') ?? ''
  if (path === '/channels') {
    const prefix = query.get('filter_by_prefix') ?? ''
    const names = api.hub.channelNames.filter((name) => name.startsWith(prefix))
    return { channels: Object.fromEntries(names.map((name) => [name, attributesOf(api, name, info)])) }
  }
  const [, escaped, users] = /^\/channels\/([^/]+)(\/users)?$/.exec(path) ?? []
  if (escaped === undefined) throw new Refusal(404, 'Not found')
  const name = unescaped(escaped)
  if (users === undefined) return { occupied: api.hub.subscriberCount(name) > 0, ...attributesOf(api, name, info) }
  if (kindOfChannel(name) !== 'presence') throw new Refusal(400, 'Users can only be retrieved for presence channels')
  return { users: api.hub.memberIds(name).map((id) => ({ id })) }
}
