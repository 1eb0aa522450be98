import { encode } from 'next-auth/jwt'
import { guestCookie } from '@/lib/accounts/guest-cookie.server'
import { sessionCookieName } from '@/lib/accounts/session.server'
import { NewSeries } from '@/lib/classes/series'
import { createSeries } from '@/lib/classes/series.server'
import { db } from '@/lib/platform/db.server'
import { env } from '@/lib/platform/env.server'
import { newId } from '@/lib/platform/id'

/** People and classes for tests, made the way the product makes them. */

export async function makeAccount(name: string): Promise<{ personId: string; name: string; email: string }> {
  const personId = newId('per')
  const email = `${name.toLowerCase()}@${personId.slice(4).toLowerCase()}.example`
  await db.person.create({ data: { id: personId, name, credential: { create: { email, verifiedAt: new Date() } } } })
  return { personId, name, email }
}

export async function makeGuest(trainerId: string, name: string): Promise<{ personId: string; name: string; trainerId: string }> {
  const { id } = await db.person.create({ data: { id: newId('per'), name, guestOfId: trainerId } })
  return { personId: id, name, trainerId }
}

export async function makeClass(
  hostId: string,
  change: Partial<NewSeries> = {},
): Promise<{ seriesId: string; classId: string; slug: string }> {
  return await createSeries(hostId, NewSeries.parse({ title: 'Morning burn', timezone: 'Europe/Berlin', ...change }))
}

/** The cookie of somebody signed in, sealed as next-auth seals it. */
export async function sessionCookieOf(personId: string): Promise<string> {
  return `${sessionCookieName()}=${await encode({ token: { sub: personId }, secret: env().NEXTAUTH_SECRET })}`
}

/** The cookie that a guest's browser sends back. */
export const guestCookieOf = (trainerId: string, personId: string): string => guestCookie(trainerId, personId).split(';')[0] ?? ''

/** A request as a page of ours sends it. */
export function request(
  method: string,
  path: string,
  sent: { cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
): Request {
  return new Request(`http://localhost:3000${path}`, {
    method,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(sent.cookie === undefined ? {} : { cookie: sent.cookie }),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
  })
}
