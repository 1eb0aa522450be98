import { afterEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { makeAccount } from '@/tests/people'
import { findBearerRow, listBearers, mintBearer, revokeBearer } from './bearer.server'

const DAY_MS = 24 * 3600 * 1000
afterEach(() => {
  vi.useRealTimers()
})

describe('a bearer', () => {
  it('opens its own scope only, and only its hash is stored', async () => {
    const ana = await makeAccount('Ana')
    const { token, bearerId } = await mintBearer({ personId: ana.personId, scope: 'phone', label: 'Pixel' })
    expect(await findBearerRow(token, 'phone')).toMatchObject({ id: bearerId, personId: ana.personId })
    expect(await findBearerRow(token, 'summary')).toBeUndefined()
    expect(await findBearerRow(`${token.slice(0, -1)}_`, 'phone')).toBeUndefined()
    expect(JSON.stringify(await db.bearer.findMany())).not.toContain(token)
  })

  it("is listed and revoked by its owner; nobody else's can be", async () => {
    const [ana, bo] = [await makeAccount('Ana'), await makeAccount('Bo')]
    const { token, bearerId } = await mintBearer({ personId: ana.personId, scope: 'phone', label: 'Pixel' })
    await expect(revokeBearer(bo.personId, bearerId)).rejects.toMatchObject({ code: 'not_found' })
    expect(await listBearers(ana.personId)).toMatchObject([{ bearerId, label: 'Pixel', scope: 'phone' }])
    await revokeBearer(ana.personId, bearerId)
    expect(await findBearerRow(token, 'phone')).toBeUndefined()
    expect(await listBearers(ana.personId)).toEqual([])
  })

  it("slides with a phone's use and never with a summary link's", async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const start = Date.UTC(2026, 10, 22)
    vi.setSystemTime(start)
    const ana = await makeAccount('Ana')
    const phone = await mintBearer({ personId: ana.personId, scope: 'phone', label: 'Pixel' })
    const link = await mintBearer({ personId: ana.personId, scope: 'summary', label: 'Summary' })
    vi.setSystemTime(start + 80 * DAY_MS)
    expect(await findBearerRow(phone.token, 'phone')).toBeDefined()
    expect(await findBearerRow(link.token, 'summary')).toBeDefined()
    vi.setSystemTime(start + 160 * DAY_MS)
    expect(await findBearerRow(phone.token, 'phone')).toBeDefined()
    expect(await findBearerRow(link.token, 'summary')).toBeUndefined()
    vi.setSystemTime(start + 251 * DAY_MS)
    expect(await findBearerRow(phone.token, 'phone')).toBeUndefined()
  })
})
