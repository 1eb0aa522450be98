import { expect, it } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { findOwnSummary, isRecordErased } from '@/lib/summaries/own-summary.server'
import { recomputeWithToday, summariseClass, summariseForgotten } from '@/lib/summaries/summarise-class.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import { openRecorder } from '@/lib/telemetry/open-recorder.server'
import { guestCookieOf, request } from '@/tests/people'
import { chunksOf, makeMember, makeScene, newRun, openRun, steady } from '@/tests/telemetry'
import { DELETE, GET } from './route'

it('deletes the caller’s recording for good: no sweep, no profile and no late device brings it back', async () => {
  const scene = await makeScene(600)
  const [ana, bo] = [await makeMember(scene, 'Ana'), await makeMember(scene, 'Bo')]
  const run = newRun(ana, scene.startsAtMs)
  const { recorderId } = await openRecorder(ana, run)
  await ingest(recorderId, { chunks: chunksOf(steady(60, 137)), lastSeq: 3 })
  await ingest((await openRun(bo, scene.startsAtMs)).recorderId, { chunks: chunksOf(steady(60, 101)), lastSeq: 3 })
  await db.liveClass.update({ where: { id: scene.classId }, data: { status: 'ended', workoutEndedAt: new Date(scene.startsAtMs + 60_000) } })
  await summariseClass(scene.classId)

  const of = { params: Promise.resolve({ classId: scene.classId }) }
  const call = (method: string) => request(method, `/api/classes/${scene.classId}/summary`, { cookie: guestCookieOf(scene.hostId, ana.personId) })
  expect(await (await GET(call('GET'), of)).json()).toMatchObject({ figures: { measuredSeconds: 60 }, consents: { shareSummary: 'summary' } })
  expect((await DELETE(call('DELETE'), of)).status).toBe(204)

  await summariseClass(scene.classId)
  expect(await summariseForgotten()).toBe(0)
  await recomputeWithToday(scene.classId, ana.personId)
  await expect(openRecorder(ana, run)).rejects.toMatchObject({ code: 'not_found' })
  await expect(ingest(recorderId, { chunks: chunksOf(steady(75, 137)).slice(4) })).rejects.toMatchObject({ code: 'not_found' })
  expect((await GET(call('GET'), of)).status).toBe(404)
  expect(await isRecordErased(scene.classId, ana.personId)).toBe(true)
  // That they came stays, and so does what Bo recorded.
  expect(await db.participant.count({ where: { classId: scene.classId, personId: ana.personId } })).toBe(1)
  expect((await findOwnSummary(scene.classId, bo.personId))?.figures.measuredSeconds).toBe(60)
  expect(await isRecordErased(scene.classId, bo.personId)).toBe(false)
})
