import { afterAll, expect, it, vi } from 'vitest'
import { sayHistoryShare } from '@/lib/accounts/history-share.server'
import { recordConsent } from '@/lib/accounts/consent.server'
import { saveOwnerOnlyActivity } from '@/lib/activities/owner-only-activity.server'
import { readSharedHistory } from '@/lib/activities/shared-history.server'
import { joinClass } from '@/lib/classes/join.server'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { exportPerson } from '@/lib/privacy/data-subject.server'
import { getClassSummary } from '@/lib/summaries/class-summary.server'
import { summariseClass } from '@/lib/summaries/summarise-class.server'
import { makeAccount, makeClass, request, sessionCookieOf } from '@/tests/people'
import { pulse } from '@/tests/recordings'
import { label, walkRoutes } from './route-walk'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())

/** A word and a heart rate that nothing else in the world has. */
const SENTINEL = 'Sentinel hill repeats'
const BPM = 237
/** In a name, in a list of samples, or in a row of a table. */
const leaks = (text: string): boolean => text.includes(SENTINEL) || text.includes(`${BPM},${BPM}`) || text.includes(`,${BPM},`)

/** A member of Mara's class, who agrees to show her everything, and has one ride of Strava. */
async function plant() {
  const [mara, ines] = [await makeAccount('Mara'), await makeAccount('Ines')]
  const { classId, seriesId } = await makeClass(mara.personId)
  const { seat } = await joinClass(classId, { kind: 'account', ...ines }, { name: 'Ines', cameraReach: 'everyone' })
  await recordConsent(ines.personId, mara.personId, { live: 'everyone', keep: true, shareSummary: 'curve' })
  await sayHistoryShare(ines.personId, mara.personId, true)
  const connection = await db.connection.create({ data: { id: newId('con'), personId: ines.personId, provider: 'strava', status: 'active' } })
  const { activityId } = await saveOwnerOnlyActivity({
    ...{ personId: ines.personId, connectionId: connection.id, source: 'strava', externalId: SENTINEL, title: SENTINEL },
    recording: pulse(Date.now() - 3_600_000, Array.from({ length: 120 }, () => BPM), { sport: 'cycling', device: SENTINEL, sourceSport: SENTINEL }),
    ...{ fetchedAt: Date.now(), keepUntil: Date.now() + 86_400_000 },
  })
  await db.liveClass.update({ where: { id: classId }, data: { status: 'ended', workoutEndedAt: new Date() } })
  await summariseClass(classId)
  const params: Record<string, string> = {
    ...{ classId, seriesId, activityId, participantId: seat.participantId, personId: ines.personId, trainerId: mara.personId },
    ...{ bearerId: 'brr_none', recorderId: 'rec_none', templateId: 'tpl_none', messageId: 'msg_none', connectionId: connection.id, provider: 'strava', token: 'x'.repeat(43) },
  }
  return { mara, ines, classId, params }
}

it('what a source shows to its owner only comes out at no address, whoever else asks, whatever was agreed', async () => {
  const { mara, ines, classId, params } = await plant()
  const otherMember = await makeAccount('Ben')
  const get = (await walkRoutes()).flatMap(({ routes }) => routes).filter(({ method, declaration }) => method === 'GET' && !declaration.libraryOwned)
  expect(get.length).toBeGreaterThan(15)
  for (const caller of [mara, otherMember]) {
    const cookie = await sessionCookieOf(caller.personId)
    for (const route of get) {
      const path = route.path.replace(/\[(\w+)\]/g, (_, name: string) => params[name] ?? name)
      for (const format of ['json', 'csv']) {
        const query = new URLSearchParams({ classId, personId: ines.personId, format, source: 'strava', from: '0' })
        const answer = await route.handler(request('GET', `${path}?${query}`, { cookie }), { params: Promise.resolve(params) })
        const body = await answer.text()
        expect([label(route), leaks(body)]).toEqual([label(route), false])
      }
    }
  }
  // The test can fail: its owner does get it at one of these addresses.
  const file = get.find(({ path }) => path === '/api/activities/[activityId]/file')
  const own = await file?.handler(request('GET', '/api/activities/x/file?format=csv', { cookie: await sessionCookieOf(ines.personId) }), { params: Promise.resolve(params) })
  expect(await own?.text()).toContain(`,${BPM},`)
  // What pages read, and what a trainer takes home of their own.
  const read = [await readSharedHistory(mara.personId, ines.personId), await getClassSummary(classId), (await exportPerson(mara.personId)).data]
  expect(leaks(JSON.stringify(read, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))).toBe(false)
})
