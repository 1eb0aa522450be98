import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { POST as hook } from '@/app/api/webhooks/[provider]/[key]/route'
import { db } from '@/lib/platform/db.server'
import { makeAccount } from '@/tests/people'
import { startGoogleHealth } from '@/tests/providers/google-health'
import { type Delivery, twentyMinutes } from '@/tests/providers/world'
import { beginConnecting, finishConnecting } from './connect.server'
import { tendSubscriptions } from './tend.server'
import { handleDelivery, webhookAddress } from './webhook.server'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
let google: Awaited<ReturnType<typeof startGoogleHealth>>
beforeAll(async () => {
  google = await startGoogleHealth()
  Object.assign(process.env, google.settings)
  await tendSubscriptions()
})
afterAll(async () => {
  await google.emulator.close()
  await outside.close()
})

async function follow(deliveries: readonly Delivery[]): Promise<void> {
  const key = webhookAddress('google_health').split('/').at(-1) ?? ''
  for (const { headers, body } of deliveries) {
    const incoming = new Request(`http://localhost:3000/api/webhooks/google_health/${key}`, { method: 'POST', headers, body })
    expect((await hook(incoming, { params: Promise.resolve({ provider: 'google_health', key }) })).status).toBe(200)
    const { id } = await db.webhookDelivery.findFirstOrThrow({ where: { provider: 'google_health', handledAt: null } })
    expect(await handleDelivery(id)).toEqual({ outcome: 'done' })
  }
}

it('brings what a webhook names by its time, and takes away what was deleted there and nothing else', async () => {
  const { personId } = await makeAccount('Ana')
  const userId = google.person()
  const { url } = await beginConnecting(personId, { provider: 'google_health', purposes: ['import'] })
  expect(await finishConnecting(personId, 'google_health', google.consent(url, userId).searchParams)).toMatchObject({ outcome: 'connected' })
  const start = Math.floor(Date.now() / 60_000) * 60_000 - 5 * 3_600_000
  const ids = [start, start + 2 * 3_600_000].map((at) => google.record(userId, twentyMinutes(at)))
  const activities = async () => (await db.activity.findMany({ where: { personId, removedAt: null }, orderBy: { startedAt: 'asc' } })).map(({ externalId, source, zoneOffsetMinutes }) => ({ externalId, source, zoneOffsetMinutes }))
  for (const id of ids) await follow(google.deliveries(userId, 'recorded', id))
  const [first = '', second = ''] = ids
  const kept = (externalId: string) => ({ externalId, source: 'google_health', zoneOffsetMinutes: 60 })
  expect(await activities()).toEqual([kept(first), kept(second)])
  google.remove(userId, first)
  await follow(google.deliveries(userId, 'deleted', first))
  expect(await activities()).toEqual([kept(second)])
})
