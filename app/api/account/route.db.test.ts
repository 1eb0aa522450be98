import { beforeEach, describe, expect, it } from 'vitest'
import { recordConsent } from '@/lib/accounts/consent.server'
import { joinClass } from '@/lib/classes/join.server'
import { db } from '@/lib/platform/db.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import { makeAccount, makeClass, request, sessionCookieOf } from '@/tests/people'
import { chunksOf, makeMember, makeScene, openRun, type Scene, SHARES, steady } from '@/tests/telemetry'
import { GET } from './export/route'
import { DELETE } from './route'

const ANYWHERE = { params: Promise.resolve({}) }
let scene: Scene
/** An account that trains with Mara, and hosts a class in which Di recorded. */
let ana: { personId: string; name: string; email: string }
let bo: Awaited<ReturnType<typeof makeMember>>
let di: Awaited<ReturnType<typeof makeMember>>

const record = async (owner: typeof bo, startedAt: number, bpm: number): Promise<void> => {
  const { recorderId } = await openRun(owner, startedAt)
  await ingest(recorderId, { chunks: chunksOf(steady(30, bpm)), lastSeq: 1 })
}
beforeEach(async () => {
  scene = await makeScene(600)
  bo = await makeMember(scene, 'Bo')
  ana = await makeAccount('Ana')
  const { seat } = await joinClass(scene.classId, { kind: 'account', ...ana }, { name: 'Ana', cameraReach: 'trainer' })
  await recordConsent(ana.personId, scene.hostId, SHARES)
  await record({ ...bo, participantId: seat.participantId, personId: ana.personId }, scene.startsAtMs, 137)
  await record(bo, scene.startsAtMs, 101)
  const { classId } = await makeClass(ana.personId)
  di = await makeMember({ ...scene, hostId: ana.personId, classId }, 'Di')
  await record(di, Date.now(), 119)
})

const bpmOf = async (personId: string): Promise<number[]> =>
  (await db.chunk.findMany({ where: { recorder: { personId } }, orderBy: { seq: 'asc' } })).flatMap(({ bpm }) => bpm)

describe('GET /api/account/export', () => {
  it('is a file with everything of the caller, and nothing of anybody else', async () => {
    const answer = await GET(request('GET', '/api/account/export', { cookie: await sessionCookieOf(ana.personId) }), ANYWHERE)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="pulseroom.json"')
    const text = await answer.text()
    const { data } = JSON.parse(text) as { data: Record<string, Array<Record<string, unknown>>> }
    expect(data.Chunk?.flatMap(({ bpm }) => bpm)).toEqual(steady(30, 137))
    expect(data.EmailCredential).toMatchObject([{ email: ana.email }])
    expect(data.Consent).toMatchObject([{ choice: 'trainer' }, { choice: 'yes' }, { choice: 'summary' }])
    for (const foreign of [bo.personId, di.personId, scene.hostEmail, 'tokenHash', 'codeHash']) expect(text).not.toContain(foreign)
  })
})

describe('DELETE /api/account', () => {
  const remove = async (confirm: string) =>
    await DELETE(request('DELETE', '/api/account', { cookie: await sessionCookieOf(ana.personId), body: { confirm } }), ANYWHERE)

  it.each(['', 'delete', 'yes', 'mara@example.com'])('deletes nothing on "%s"', async (confirm) => {
    const answer = await remove(confirm)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { fields: { confirm: expect.stringContaining('DELETE') } } })
    expect(await bpmOf(ana.personId)).toEqual(steady(30, 137))
  })

  it('forgets the caller, their classes and what was recorded in these; other people’s data is untouched', async () => {
    expect((await remove(ana.email.toUpperCase())).status).toBe(204)
    expect(await db.person.count({ where: { id: ana.personId } })).toBe(0)
    expect(await bpmOf(ana.personId)).toEqual([])
    expect(await db.classSeries.count({ where: { hostId: ana.personId } })).toBe(0)
    expect(await bpmOf(di.personId)).toEqual([])
    expect(await bpmOf(bo.personId)).toEqual(steady(30, 101))
    expect(await db.liveClass.count({ where: { id: scene.classId } })).toBe(1)
    // The cookie is still in the browser, and stands for nobody.
    expect((await remove('DELETE')).status).toBe(401)
  })
})
