import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordConsent } from '@/lib/accounts/consent.server'
import { joinClass } from '@/lib/classes/join.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { summariseClass } from '@/lib/summaries/summarise-class.server'
import { ingest } from '@/lib/telemetry/ingest.server'
import { makeAccount, makeClass } from '@/tests/people'
import { chunksOf, makeMember, makeScene, openRun, type Scene, SHARES, steady } from '@/tests/telemetry'
import { erasePerson, eraseRecord, exportPerson } from './data-subject.server'
import { HOLDINGS } from './holdings.server'

// Before the realtime client is made, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

const schema = readdirSync('prisma/schema').map((name) => readFileSync(`prisma/schema/${name}`, 'utf8')).join('\n')
/** All but the installation's own. */
const models = [...schema.matchAll(/^model (\w+) \{/gm)].map(([, name = '']) => name).filter((name) => name !== 'ProviderSubscription')

let scene: Scene
/** An account that is in every model: a member of Mara's class, and a trainer too. */
let ana: { personId: string; name: string; email: string }
let bo: Awaited<ReturnType<typeof makeMember>>

async function record(participantId: string, personId: string): Promise<void> {
  const owner = { participantId, personId, classId: scene.classId, hostId: scene.hostId }
  const { recorderId } = await openRun(owner, scene.startsAtMs)
  await ingest(recorderId, { chunks: chunksOf(steady(60, 137)), lastSeq: 3 })
}
beforeEach(async () => {
  scene = await makeScene(600)
  bo = await makeMember(scene, 'Bo')
  ana = await makeAccount('Ana')
  const { seat } = await joinClass(scene.classId, { kind: 'account', ...ana }, { name: 'Ana', cameraReach: 'trainer' })
  await db.participant.update({ where: { id: seat.participantId }, data: { firstSeenAt: new Date(scene.startsAtMs) } })
  await recordConsent(ana.personId, scene.hostId, SHARES)
  await record(seat.participantId, ana.personId)
  await record(bo.participantId, bo.personId)
  const own = await makeClass(ana.personId)
  await sayAround(own)
  await trainElsewhere()
  await db.profile.create({ data: { personId: ana.personId, birthYear: 1986 } })
  await db.summaryAddress.create({ data: { classId: scene.classId, personId: ana.personId, email: ana.email } })
  const challenge = { email: ana.email, codeHash: 'c', returnTo: '/', expiresAt: new Date() }
  await db.signInChallenge.create({ data: { ...challenge, id: newId('sic'), tokenHash: newId('sic') } })
  await db.liveClass.update({
    where: { id: scene.classId },
    data: { status: 'ended', workoutEndedAt: new Date(scene.startsAtMs + 60_000) },
  })
  await summariseClass(scene.classId)
})

/** Everything around a class that knows her. */
async function sayAround({ classId, seriesId }: { classId: string; seriesId: string }): Promise<void> {
  const { personId, name } = ana
  await db.classTemplate.create({ data: { id: newId('tpl'), hostId: personId, name: 'Tabata', settings: {} } })
  await db.booking.create({ data: { id: newId('bkg'), classId, personId, name, status: 'booked' } })
  const expiresAt = new Date(scene.startsAtMs + 86_400_000)
  await db.message.create({ data: { id: newId('msg'), kind: 'chat', seriesId, classId, personId, name, text: 'Hello', expiresAt } })
  await db.seriesFollow.create({ data: { personId, seriesId, reminders: true, tokenHash: `hash of ${seriesId}` } })
  await db.pushSubscription.create({
    data: { id: newId('psh'), personId, endpoint: `https://push.example/${personId}`, p256dh: 'key', auth: 'secret' },
  })
  await db.sentNotice.create({ data: { personId, about: `class:${classId}:reminder`, channel: 'email' } })
  // One run of an older class, which is sealed by now.
  const { key } = await db.recorder.create({
    data: {
      ...{ id: newId('rec'), runId: newId('rec'), classId, personId, source: 'replay', rank: 20, label: 'old', clockUncertaintyMs: 0 },
      ...{ startedAt: new Date(0), participantId: (await db.participant.findFirstOrThrow({ where: { classId, personId } })).id },
    },
  })
  await db.sealedRun.create({ data: { recorderKey: key, bpm: [120] } })
  await db.auditEvent.create({ data: { actorId: personId, subjectId: personId, action: 'person.exported' } })
}

/** Her accounts at two providers, and what came from there. */
async function trainElsewhere(): Promise<void> {
  const { personId } = ana
  const connect = (provider: string) => db.connection.create({ data: { id: newId('con'), personId, provider, status: 'active' } })
  const [polar, strava] = [await connect('polar'), await connect('strava')]
  const session = { sport: 'running', startedAt: new Date(scene.startsAtMs), elapsedSeconds: 1800, figures: {}, personId }
  await db.activity.create({ data: { ...session, id: newId('act'), source: 'polar', externalId: '1', connectionId: polar.id } })
  const kept = { fetchedAt: new Date(scene.startsAtMs), keepUntil: new Date(scene.startsAtMs + 7 * 86_400_000) }
  await db.ownerOnlyActivity.create({ data: { ...session, ...kept, id: newId('own'), source: 'strava', externalId: '1', connectionId: strava.id } })
  const { id: activityId } = await db.activity.create({ data: { ...session, id: newId('act'), source: 'class_recording', externalId: scene.classId } })
  await db.sending.create({ data: { id: newId('snd'), personId, connectionId: strava.id, activityId, state: 'sending', askedAt: kept.fetchedAt } })
  await db.connectAttempt.create({ data: { stateHash: `hash of ${personId}`, personId, provider: 'garmin' } })
  const body = new Uint8Array([1])
  await db.providerPayload.create({
    data: { id: newId('pay'), personId, connectionId: polar.id, kind: 'exercise', externalId: '1', body, keepUntil: kept.keepUntil },
  })
  await db.webhookDelivery.create({ data: { id: newId('whd'), provider: 'polar', deliveryId: personId, personId, body } })
  await db.deletionCertificate.create({
    data: { id: newId('cer'), personId, provider: 'strava', reason: 'asked', counts: {}, requestedAt: kept.fetchedAt },
  })
}

const held = async (personId: string): Promise<string[]> => {
  const found: string[] = []
  for (const [model, find] of Object.entries(HOLDINGS)) if ((await find(personId)).length > 0) found.push(model)
  return found.sort()
}

describe('a person’s data', () => {
  it('is found in every model of the schema, so that a new one cannot be forgotten', async () => {
    expect(models.length).toBeGreaterThan(10)
    expect(await held(ana.personId)).toEqual([...models].sort())
  })

  it('is exported whole, without secrets and without anybody else', async () => {
    const { data } = await exportPerson(ana.personId)
    const text = JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    expect(data.Chunk.flatMap((chunk) => ('bpm' in chunk ? chunk.bpm : []))).toEqual(steady(60, 137))
    expect(text).not.toMatch(/tokenHash|codeHash/)
    expect(text).not.toContain(bo.personId)
    expect(text).not.toContain(scene.hostEmail)
  })

  it('is gone after erasure, and nobody else’s is', async () => {
    const before = await held(bo.personId)
    await erasePerson(ana.personId)
    expect(await held(ana.personId)).toEqual([])
    expect(await db.signInChallenge.count({ where: { email: ana.email } })).toBe(0)
    expect(await held(bo.personId)).toEqual(before)
    await expect(exportPerson(ana.personId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of a trainer in the middle of a class: the room is closed first, so that nobody is left in it', async () => {
    const { classId } = await makeClass(scene.hostId)
    outside.published.length = 0
    await erasePerson(scene.hostId)
    expect(outside.published.map(({ channel }) => channel).sort()).toEqual([scene.classId, classId].map((id) => `presence-room-${id}.0`).sort())
    expect(outside.published.every(({ data }) => (data as { type: string }).type === 'room-closed')).toBe(true)
    expect(await db.liveClass.count({ where: { id: { in: [classId, scene.classId] } } })).toBe(0)
    expect(await held(bo.personId), 'a guest of hers goes with her').toEqual([])
  })

  it('of one class can be deleted alone: samples, summary and links go, that they came stays', async () => {
    await eraseRecord({ personId: ana.personId, classId: scene.classId })
    const gone = ['Chunk', 'Summary', 'SummaryAddress', 'Bearer', 'Sending']
    expect(await held(ana.personId)).toEqual(models.filter((model) => !gone.includes(model)).sort())
    expect(await held(bo.personId)).toContain('Summary')
  })
})
