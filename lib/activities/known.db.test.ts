import { expect, it, vi } from 'vitest'
import { appleXml, heartXml, workoutXml } from '@/tests/apple-export'
import { findAppleWorkouts, openAppleExport, readAppleWorkouts } from '@/lib/formats/apple-export'
import { db } from '@/lib/platform/db.server'
import { makeAccount } from '@/tests/people'
import { knownActivities } from './known.server'
import { saveActivity } from './save-activity.server'

vi.hoisted(() => (process.env.LOG_LEVEL = 'silent'))
const T0 = Date.UTC(2026, 10, 20, 7, 15)

it('knows what is whole in its owner’s history, and nobody else’s', async () => {
  const [ana, bo] = [await makeAccount('Ana'), await makeAccount('Bo')]
  const hours = [0, 2]
  const workouts = hours.map((hour) => workoutXml({ type: 'Running', startMs: T0 + hour * 3_600_000, endMs: T0 + hour * 3_600_000 + 60_000 }))
  const file = await openAppleExport(new Blob([appleXml(...hours.map((hour) => heartXml(T0 + hour * 3_600_000, 120)), ...workouts)]))
  if ('outcome' in file) throw new Error(file.reason)
  const signal = new AbortController().signal
  const { workouts: found } = await findAppleWorkouts(file, signal, () => undefined)
  for await (const { workout, recording } of readAppleWorkouts(file, found, { trouble: new Set(), signal, onProgress: () => undefined }))
    await saveActivity({ personId: ana.personId, source: 'apple_health', externalId: workout.externalId, recording })
  const externalIds = [...found.map(({ externalId }) => externalId), 'unheard:of:it']
  const [first = '', second = ''] = externalIds
  const ask = { source: 'apple_health' as const, externalIds }
  expect((await knownActivities(ana.personId, ask)).known.sort()).toEqual([first, second].sort())
  expect(await knownActivities(bo.personId, ask)).toEqual({ known: [] })
  expect(await knownActivities(ana.personId, { ...ask, source: 'file' })).toEqual({ known: [] })
  await db.activity.updateMany({ where: { personId: ana.personId, externalId: first }, data: { problems: ['damaged'] } })
  expect(await knownActivities(ana.personId, ask)).toEqual({ known: [second] })
})
