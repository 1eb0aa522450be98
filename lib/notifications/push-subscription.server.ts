import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { newId } from '@/lib/platform/id'
import { log } from '@/lib/platform/log.server'
import { isPushEndpoint } from './push-endpoint'
import type { BrowserSubscription } from './push-subscription'
import { type PushManner, type PushPayload, sendPush } from './web-push.server'

/** A person's phones, laptops and tablets; who has more has old ones that never said goodbye. */
const MAX_BROWSERS = 10

/**
 * This browser may be woken for this person. Saying it again renews its keys. Of one browser, one account and one guest of each trainer
 * are told: whoever used it before them is not. Throws `invalid_input` for an address that no push service has.
 */
export async function keepPushSubscription(personId: string, { endpoint, keys }: BrowserSubscription): Promise<void> {
  if (!isPushEndpoint(endpoint, env().PUSH_PRIVATE_HOSTS))
    throw new AppError('invalid_input', 'This browser names a push service that cannot be used. Choose e-mail instead.')
  const data = { endpoint, p256dh: keys.p256dh.replace(/=+$/, ''), auth: keys.auth.replace(/=+$/, '') }
  await db.$transaction(async (tx) => {
    const { guestOfId } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { guestOfId: true } })
    await tx.pushSubscription.deleteMany({ where: { endpoint, person: { id: { not: personId }, guestOfId } } })
    await tx.pushSubscription.upsert({ where: { personId_endpoint: { personId, endpoint } }, create: { id: newId('psh'), personId, ...data }, update: data })
    const old = await tx.pushSubscription.findMany({ where: { personId }, orderBy: { createdAt: 'desc' }, skip: MAX_BROWSERS, select: { id: true } })
    await tx.pushSubscription.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
  })
}

export async function dropPushSubscription(personId: string, endpoint: string): Promise<void> {
  await db.pushSubscription.deleteMany({ where: { personId, endpoint } })
}

/**
 * Wakes each browser of a person. `none`: no browser listens any more. A browser that is gone is forgotten, for everybody. Throws
 * `unavailable` when none took it and one may take it later.
 */
export async function pushTo(personId: string, payload: PushPayload, manner: PushManner): Promise<'sent' | 'none'> {
  const browsers = await db.pushSubscription.findMany({ where: { personId } })
  const results = await Promise.allSettled(browsers.map((browser) => sendPush(browser, payload, manner)))
  const gone = browsers.filter((_, index) => isGone(results[index])).map(({ endpoint }) => endpoint)
  if (gone.length > 0) await db.pushSubscription.deleteMany({ where: { endpoint: { in: gone } } })
  if (results.some((result) => result.status === 'fulfilled' && result.value === 'sent')) return 'sent'
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) {
    log.warn({ err: failed.reason, browsers: browsers.length }, 'no push service took a notice')
    throw failed.reason
  }
  return 'none'
}

const isGone = (result: PromiseSettledResult<'sent' | 'gone'> | undefined): boolean => result?.status === 'fulfilled' && result.value === 'gone'
