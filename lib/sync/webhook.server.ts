import 'server-only'
import type { ActorRule } from '@/lib/accounts/endpoint.server'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { sameText, seal, sha256, sign, unseal } from '@/lib/platform/crypto.server'
import { db, isUniqueViolation } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { emit } from '@/lib/platform/event.server'
import { readLimitedBytes } from '@/lib/platform/http.server'
import { newId } from '@/lib/platform/id'
import { log } from '@/lib/platform/log.server'
import { webhookTaken } from './connection'
import { endFromThere } from './end-connection.server'
import type { Hint, Ours, Provider, Subscription, Verdict } from './provider'
import { isTrouble } from './provider-error'
import { laterOf, type Progress, readRef } from './read-connection.server'
import { findProvider } from './registry.server'
import { forgetFound } from './save-found.server'
import { withAccess } from './tokens.server'

/** Pushes carry a training with every second in it. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** Nobody guesses it, and it stays the same as long as APP_SECRET does. */
const keyOf = (provider: string): string => sign('webhook-path', provider)
export const webhookAddress = (provider: string): string => `${env().APP_URL}/api/webhooks/${provider}/${keyOf(provider)}`

export async function oursAt(provider: string): Promise<Ours> {
  const kept = await db.providerSubscription.findUnique({ where: { provider } })
  const subscription: Subscription | null = kept && { externalId: kept.externalId, active: kept.active, secret: kept.secret && unseal(`subscription:${provider}`, kept.secret).toString() }
  return { callbackUrl: webhookAddress(provider), verifyToken: sign('webhook-verify', provider), subscription }
}

type Params = { readonly provider: string; readonly key: string }
export type FromProvider = { readonly provider: Provider; readonly body: Uint8Array; readonly verdict: Exclude<Verdict, { outcome: 'forged' }> }

/** Whoever knows the path, and where the provider signs, whoever signed these very bytes. Throws `invalid_grant` for anybody else. */
export const theProvider: ActorRule<FromProvider, Params> = {
  name: 'the provider itself',
  async resolve(request, { provider: name, key }) {
    const refused = new AppError('invalid_grant', 'This address is for a provider only.')
    const provider = findProvider(name)
    if (!provider?.isSetUp() || !sameText(key, keyOf(name))) throw refused
    const body = await readLimitedBytes(request, MAX_BODY_BYTES)
    if (body === null) throw new AppError('too_large', `The body may hold at most ${MAX_BODY_BYTES} bytes.`)
    const { method, headers } = request
    const verdict = await provider.verifyWebhook({ method, headers, query: new URL(request.url).searchParams, body }, await oursAt(name))
    if (verdict.outcome === 'forged') throw refused
    return { provider, body, verdict }
  },
}

/** Keeps a delivery once and says that it is there; what it asks for is done later. A provider that sends it again is answered the same. */
export async function takeWebhook({ provider, body, verdict }: FromProvider): Promise<Response> {
  if (verdict.outcome === 'answer') return Response.json(verdict.body, { status: verdict.status })
  const deliveryId = verdict.deliveryId ?? sha256(body)
  const hints = provider.readHints(body)
  if (hints.length === 0) return Response.json({})
  const kept = await keepDelivery(provider, deliveryId, body, await personOf(provider.name, hints))
  // Told again as long as nobody acted on it: the runner may have been away the first time.
  if (!kept.handledAt) await emit(webhookTaken, { deliveryId: kept.id }, kept.id)
  return Response.json({})
}

async function keepDelivery(provider: Provider, deliveryId: string, body: Uint8Array, personId: string | null): Promise<{ id: string; handledAt: Date | null }> {
  const id = newId('whd')
  const select = { id: true, handledAt: true } as const
  try {
    return await db.webhookDelivery.create({ data: { id, provider: provider.name, deliveryId, personId, body: seal(`delivery:${id}`, body) }, select })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return await db.webhookDelivery.findUniqueOrThrow({ where: { provider_deliveryId: { provider: provider.name, deliveryId } }, select })
  }
}

/** The one person whom a delivery is about, so that it is theirs to export and to have deleted. */
async function personOf(provider: string, hints: readonly Hint[]): Promise<string | null> {
  const ids = [...new Set(hints.map(({ externalUserId }) => externalUserId))]
  const [externalUserId] = ids
  const found = ids.length === 1 && externalUserId !== undefined ? await db.connection.findFirst({ where: { provider, externalUserId }, select: { personId: true } }) : null
  return found?.personId ?? null
}

/** Asks the provider what is true of everything that a delivery speaks of. Running it again changes nothing. */
export async function handleDelivery(id: string): Promise<Progress> {
  const delivery = await db.webhookDelivery.findUnique({ where: { id } })
  const provider = delivery && findProvider(delivery.provider)
  if (!delivery?.body || delivery.handledAt || !provider) return { outcome: 'done' }
  const hints = provider.readHints(unseal(`delivery:${id}`, delivery.body))
  for (const hint of hints) {
    try {
      await follow(provider, hint)
    } catch (error) {
      const later = laterOf(error)
      if (later) return later
      // The connection's page says what stands in the way, and reading it again later finds what this was about.
      if (!isTrouble(error, 'token_refused', 'grant_refused', 'not_allowed', 'nonsense', 'gone', 'conflict')) throw error
    }
  }
  // Gone with everything else, where it said that the connection has ended.
  await db.webhookDelivery.updateMany({ where: { id }, data: { handledAt: new Date(now()), body: null } })
  return { outcome: 'done' }
}

async function follow(provider: Provider, hint: Hint): Promise<void> {
  const { externalUserId } = hint
  // What nobody signed is not believed where it can be asked.
  const doubtful = provider.capabilities.webhook === 'path' && provider.capabilities.lists
  const connections = await db.connection.findMany({ where: { provider: provider.name, externalUserId, status: { not: 'revoked' } } })
  if (connections.length === 0) log.info({ provider: provider.name, hint: hint.kind }, 'a webhook about somebody who is not connected')
  for (const { id, personId, purposes } of connections) {
    if (hint.kind === 'revoked') {
      if (!doubtful || (await isRefused(id))) await endFromThere(id)
    } else if (hint.kind === 'deleted') {
      if (doubtful) await readRef(id, { externalId: hint.externalId })
      else await forgetFound(personId, provider.capabilities.reach, hint.externalId)
    } else if (hint.kind === 'permissions') {
      // Of a source with one purpose we know what was agreed to here, also when all of it was switched off there and comes back.
      const agreed = provider.capabilities.purposes.length === 1 ? provider.capabilities.purposes : purposes
      const left = agreed.filter((purpose) => hint.purposes.some((allowed) => allowed === purpose))
      await db.connection.update({ where: { id }, data: { purposes: left, ...(left.length === 0 ? { lastProblem: 'consent_missing' } : purposes.length === 0 ? { lastProblem: null } : {}) } })
    } else if (purposes.includes('import')) await readRef(id, hint.ref)
  }
}

/** Whether the provider really takes our tokens no more. */
async function isRefused(connectionId: string): Promise<boolean> {
  try {
    await withAccess(connectionId, ({ access, provider }) => provider.list(access, { fromMs: now() - 60_000, toMs: now() }, null))
    return false
  } catch (error) {
    if (isTrouble(error, 'token_refused', 'grant_refused')) return true
    throw error
  }
}
