import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordConsent } from '@/lib/accounts/consent.server'
import { admitDevice } from '@/lib/accounts/device.server'
import { participantOfClass } from '@/lib/classes/actor.server'
import { exportAttendance } from '@/lib/classes/attendance-file.server'
import { findSeriesPerson } from '@/lib/classes/belonging.server'
import { joinClass } from '@/lib/classes/join.server'
import { listMemberships } from '@/lib/classes/membership.server'
import { mergePeople } from '@/lib/classes/merge-people.server'
import { tickPaid } from '@/lib/classes/paid.server'
import { readTurnout } from '@/lib/classes/regulars.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { leaveSeriesForGood } from '@/lib/room/leave-series.server'
import { sayConsents } from '@/lib/room/say-consents.server'
import { getClassSummary } from '@/lib/summaries/class-summary.server'
import { findOwnSummary } from '@/lib/summaries/own-summary.server'
import { summariseClass } from '@/lib/summaries/summarise-class.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import { guestCookieOf, makeAccount, makeGuest, request } from '@/tests/people'
import { chunksOf, makeMember, makeScene, openRun, type Scene, steady } from '@/tests/telemetry'
import { eraseRecordsWith } from './data-subject.server'

// Before the realtime and job clients are made, which read their address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

const MINUTE_MS = 60_000
const CURVE = { live: 'everyone', keep: true, shareSummary: 'curve' } as const
let scene: Scene
let seriesId: string
beforeEach(async () => {
  scene = await makeScene(600)
  seriesId = (await db.liveClass.findUniqueOrThrow({ where: { id: scene.classId } })).seriesId
  outside.published.length = 0
})

const end = (classId: string, seconds = 600) =>
  db.liveClass.update({ where: { id: classId }, data: { status: 'ended', workoutEndedAt: new Date(scene.startsAtMs + seconds * 1000) } })
const present = (classId: string, personId: string, from: number, to: number) =>
  db.$executeRaw`update participants set present_s = int4multirange(int4range(${from}::int, ${to}::int)) where "classId" = ${classId} and "personId" = ${personId}`
/** A class of the series that ended some days before this one, with those who came. */
async function pastClass(daysAgo: number, people: ReadonlyArray<string>): Promise<string> {
  const startsAt = new Date(scene.startsAtMs - daysAgo * 1_440 * MINUTE_MS)
  const id = newId('cls')
  await db.liveClass.create({
    data: { id, seriesId, status: 'ended', startsAt, plannedEndAt: startsAt, workoutEndedAt: new Date(startsAt.getTime() + 10 * MINUTE_MS), closedAt: new Date() },
  })
  for (const [i, personId] of people.entries()) {
    await db.participant.create({ data: { id: newId('par'), classId: id, personId, role: 'member', name: 'Past', seat: i + 1 } })
    await present(id, personId, 0, 600)
  }
  return id
}
const record = async (member: Awaited<ReturnType<typeof makeMember>>, bpm: number) => {
  const { recorderId } = await openRun(member, scene.startsAtMs)
  await ingest(recorderId, { chunks: chunksOf(steady(60, bpm)) })
  return recorderId
}

describe('two spellings of one guest', () => {
  it('become one: classes and choices; no consent widens; it is written down', async () => {
    const [mia, miaP] = [await makeMember(scene, 'Mia', { live: 'trainer', keep: true, shareSummary: 'curve' }), await makeGuest(scene.hostId, 'Mia P')]
    const before = await pastClass(7, [miaP.personId])
    await recordConsent(miaP.personId, scene.hostId, { live: 'me', keep: true, shareSummary: 'no' })
    await mergePeople(scene.hostId, { keep: mia.personId, merge: miaP.personId })
    expect(await db.participant.count({ where: { personId: mia.personId } })).toBe(2)
    expect(await db.participant.findFirst({ where: { classId: before } })).toMatchObject({ personId: mia.personId })
    await end(scene.classId)
    await present(scene.classId, mia.personId, 0, 600)
    expect((await getClassSummary(scene.classId))?.members).toMatchObject([{ name: 'Mia', shared: 'no' }])
    expect((await readTurnout(scene.classId)).came).toMatchObject([{ firstTime: false }])
    expect(await db.auditEvent.findMany({ where: { subjectId: mia.personId } })).toMatchObject([{ actorId: scene.hostId, action: 'people.merged' }])
  })

  it('are never an account, another trainer’s guest, oneself, or two who trained side by side', async () => {
    const [mia, bo] = [await makeMember(scene, 'Mia'), await makeMember(scene, 'Bo')]
    const [ana, otto] = [await makeAccount('Ana'), await makeAccount('Otto')]
    const elsewhere = await makeGuest(otto.personId, 'Mia')
    const merging = (merge: string, keep = mia.personId, trainer = scene.hostId) => expect(mergePeople(trainer, { keep, merge })).rejects
    for (const other of [ana.personId, elsewhere.personId, mia.personId, 'per_x']) await merging(other).toMatchObject({ code: 'not_found' })
    await merging(mia.personId, ana.personId).toMatchObject({ code: 'not_found' })
    await merging(bo.personId, mia.personId, otto.personId).toMatchObject({ code: 'not_found' })
    await present(scene.classId, mia.personId, 0, 300)
    await present(scene.classId, bo.personId, 200, 600)
    await merging(bo.personId).toMatchObject({ code: 'conflict' })
    await present(scene.classId, bo.personId, 290, 600)
    await mergePeople(scene.hostId, { keep: mia.personId, merge: bo.personId })
    expect((await db.participant.findMany({ where: { classId: scene.classId, role: 'member' } })).length, 'one seat of two').toBe(1)
  })
})

describe('a trainer who is a guest of their own', () => {
  it('does not come to a member’s recordings, figures or address by joining the two, either way round', async () => {
    const [ana, own] = [await makeMember(scene, 'Ana', { live: 'me', keep: true, shareSummary: 'no' }), await makeGuest(scene.hostId, 'Ana L')]
    const both = async () => {
      for (const [keep, merge] of [[ana.personId, own.personId], [own.personId, ana.personId]] as const)
        await expect(mergePeople(scene.hostId, { keep, merge })).rejects.toMatchObject({ code: 'conflict' })
    }
    await record(ana, 150)
    await both()
    await db.recorder.deleteMany({ where: { personId: ana.personId } })
    await db.profile.create({ data: { personId: ana.personId, birthYear: 1971 } })
    await both()
    await db.profile.delete({ where: { personId: ana.personId } })
    await db.seriesFollow.create({ data: { personId: ana.personId, seriesId, reminders: true, byEmail: true, email: 'ana@example.com' } })
    await both()
    await db.seriesFollow.deleteMany({ where: { personId: ana.personId } })
    await mergePeople(scene.hostId, { keep: ana.personId, merge: own.personId })
  })

  it('does not come to what a member records later, by joining the two before there is anything', async () => {
    const ana = await makeMember(scene, 'Ana', { live: 'me', keep: true, shareSummary: 'no' })
    const own = await makeGuest(scene.hostId, 'Ana L')
    const { setCookie } = await admitDevice({ personId: own.personId, classId: scene.classId, scope: 'screen', label: 'Bigger screen' })
    const cookieOf = (personId: string) => guestCookieOf(scene.hostId, personId)
    const screen = request('GET', '/', { cookie: `${cookieOf(own.personId)}; ${setCookie.split(';')[0]}` })
    await mergePeople(scene.hostId, { keep: ana.personId, merge: own.personId })
    await record(ana, 150)
    await expect(participantOfClass.resolve(screen, { classId: scene.classId }, undefined)).rejects.toMatchObject({ code: 'sign_in_required' })
    expect(await participantOfClass.resolve(request('GET', '/', { cookie: cookieOf(ana.personId) }), { classId: scene.classId }, undefined)).toMatchObject({ personId: ana.personId })
  })
})

describe('leaving a series', () => {
  it('ends bookings, notices, talk and being missed; the summaries stay theirs; joining again undoes it', async () => {
    const [ana, bo] = [await makeAccount('Ana'), await makeGuest(scene.hostId, 'Bo')]
    const own = await pastClass(7, [ana.personId, bo.personId])
    await pastClass(14, [ana.personId, bo.personId])
    await summariseClass(own)
    const next = await db.liveClass.create({
      data: { id: newId('cls'), seriesId, status: 'scheduled', startsAt: new Date(Date.now() + 86_400_000), plannedEndAt: new Date(Date.now() + 90_000_000) },
    })
    await db.booking.create({ data: { id: newId('bkg'), classId: next.id, personId: ana.personId, name: 'Ana', status: 'booked' } })
    await db.seriesFollow.create({ data: { personId: ana.personId, seriesId, reminders: true, announcements: true, byEmail: true } })
    await end(scene.classId)
    const missed = async () => (await readTurnout(scene.classId)).missed.map(({ personId }) => personId)
    expect((await missed()).sort()).toEqual([ana.personId, bo.personId].sort())
    const as = () => findSeriesPerson({ seriesId, hostId: scene.hostId }, ana)
    const person = await as()
    if (!person) throw new Error('does not belong')

    await leaveSeriesForGood(person)
    expect(await missed()).toEqual([bo.personId])
    expect(await as()).toBeUndefined()
    expect(await listMemberships(ana.personId)).toEqual([])
    expect(await db.booking.findFirst({ where: { personId: ana.personId } })).toMatchObject({ status: 'cancelled' })
    const follow = await db.seriesFollow.findFirst({ where: { personId: ana.personId } })
    expect(follow).toMatchObject({ reminders: false, announcements: false, thread: false, byEmail: false, byPush: false })
    expect(await findOwnSummary(own, ana.personId)).toMatchObject({ classId: own })

    await db.liveClass.update({ where: { id: scene.classId }, data: { status: 'live', workoutEndedAt: null } })
    await joinClass(scene.classId, { kind: 'account', ...ana }, { name: 'Ana', cameraReach: 'trainer' })
    expect(await as()).toMatchObject({ role: 'member' })
    expect(await listMemberships(ana.personId)).toMatchObject([{ seriesId, trainerName: 'Mara' }])
    expect((await db.auditEvent.findMany({ where: { subjectId: ana.personId }, orderBy: { id: 'asc' } })).map(({ action }) => action)).toEqual([
      'series.left',
      'series.rejoined',
    ])
  })

  it('is not for its trainer', async () => {
    const host = await findSeriesPerson({ seriesId, hostId: scene.hostId }, { personId: scene.hostId, name: 'Mara' })
    if (!host) throw new Error('does not belong')
    await expect(leaveSeriesForGood(host)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('withdrawing consent', () => {
  it('to be seen live: the wall hears it at once', async () => {
    const mia = await makeMember(scene, 'Mia', CURVE)
    await sayConsents(mia.personId, scene.hostId, { ...CURVE, live: 'me' })
    expect(outside.published).toMatchObject([{ data: { type: 'participant-changed', participant: { participantId: mia.participantId, heartRateReach: 'me' } } }])
    expect(await db.auditEvent.findMany({ where: { subjectId: mia.personId } })).toMatchObject([{ action: 'consent.withdrawn' }])
    await sayConsents(mia.personId, scene.hostId, CURVE)
    expect(await db.auditEvent.count({ where: { subjectId: mia.personId } }), 'giving more is no withdrawal').toBe(1)
  })

  it('to keep: nothing more is stored; what is stays until its owner deletes it, and then all of it goes', async () => {
    const mia = await makeMember(scene, 'Mia', CURVE)
    const recorderId = await record(mia, 140)
    await sayConsents(mia.personId, scene.hostId, { ...CURVE, keep: false, shareSummary: 'no' })
    const more = chunksOf([...steady(60, 140), ...steady(60, 150)]).slice(4)
    await expect(ingest(recorderId, { chunks: more })).rejects.toMatchObject({ code: 'not_allowed' })
    await expect(openRun(mia, scene.startsAtMs)).rejects.toMatchObject({ code: 'not_allowed' })
    expect(await db.chunk.count({ where: { recorder: { personId: mia.personId } } })).toBe(4)
    await end(scene.classId)
    await summariseClass(scene.classId)
    await eraseRecordsWith(mia.personId, scene.hostId)
    expect(await db.chunk.count({ where: { recorder: { personId: mia.personId } } })).toBe(0)
    expect(await findOwnSummary(scene.classId, mia.personId)).toBeUndefined()
  })

  it('to share the summary: the trainer loses figures, curve, and their part of the group’s', async () => {
    const members = [await makeMember(scene, 'Mia', CURVE), await makeMember(scene, 'Bo', CURVE), await makeMember(scene, 'Cy', CURVE)]
    for (const [i, member] of members.entries()) {
      await db.profile.create({ data: { personId: member.personId, hrmaxBpm: 190 } })
      await record(member, 140 + i)
    }
    await end(scene.classId, 60)
    await summariseClass(scene.classId)
    const before = await getClassSummary(scene.classId)
    expect(before?.contributors).toBe(3)
    expect(before?.groupCurve.some((percent) => percent !== null)).toBe(true)
    const [mia] = members
    if (!mia) throw new Error('nobody')
    await sayConsents(mia.personId, scene.hostId, { ...CURVE, shareSummary: 'no' })
    const after = await getClassSummary(scene.classId)
    expect(after?.members.find(({ participantId }) => participantId === mia.participantId)).toMatchObject({ shared: 'no', figures: null })
    expect(after?.contributors).toBe(2)
    expect(after?.groupCurve.every((percent) => percent === null)).toBe(true)
    expect(await findOwnSummary(scene.classId, mia.personId), 'hers stays hers').toMatchObject({ status: expect.any(String) })
  })
})

describe('the list of a class', () => {
  it('knows who came, was late, left early, is new, has paid; and which regulars were not there', async () => {
    const [mia, bo, cy] = [await makeMember(scene, 'Mia'), await makeMember(scene, 'Bo'), await makeMember(scene, 'Cy')]
    const ana = await makeAccount('Ana')
    await pastClass(7, [ana.personId, mia.personId])
    await pastClass(14, [ana.personId])
    await end(scene.classId)
    await present(scene.classId, mia.personId, 0, 600)
    await present(scene.classId, bo.personId, 301, 400)
    // Cy only opened the link.
    await tickPaid(scene.hostId, scene.classId, bo.participantId, true)
    const { came, missed } = await readTurnout(scene.classId)
    expect(came).toMatchObject([
      { name: 'Mia', presentSeconds: 600, firstSecond: 0, leftSecondsEarly: 0, firstTime: false, paid: false, guest: true },
      { name: 'Bo', presentSeconds: 99, firstSecond: 301, leftSecondsEarly: 200, firstTime: true, paid: true },
    ])
    expect(came.map(({ personId }) => personId)).not.toContain(cy.personId)
    expect(missed).toEqual([{ personId: ana.personId, name: 'Past', guest: false, streak: 2 }])
    const { text } = await exportAttendance(scene.hostId, scene.classId)
    expect(text).toContain('Bo,2,late,yes\r\n')
    const exported = await db.auditEvent.findMany({ where: { action: 'attendance.exported', classId: scene.classId, actorId: scene.hostId } })
    // Everybody on the list, and nobody else: Cy is not.
    expect(exported.map(({ subjectId }) => subjectId).sort()).toEqual([mia.personId, bo.personId, ana.personId].sort())
    await tickPaid(scene.hostId, scene.classId, bo.participantId, false)
    expect((await readTurnout(scene.classId)).came[1]?.paid).toBe(false)
  })
})
