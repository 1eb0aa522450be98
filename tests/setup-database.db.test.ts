import { expect, it } from 'vitest'
import { db } from '@/lib/platform/db.server'

it('gives each test file a migrated, empty database of its own', async () => {
  const [row] = await db.$queryRaw<{ name: string }[]>`select current_database()::text as name`
  expect(row?.name).toMatch(/^t_[0-9a-f]{16}$/)
  expect(await db.person.count()).toBe(0)
  await db.person.create({ data: { id: 'per_1', name: 'Ana' } })
  expect(await db.person.count()).toBe(1)
})
