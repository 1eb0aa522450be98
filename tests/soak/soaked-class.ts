import { z } from 'zod'
import { db, pool } from '@/lib/platform/db.server'
import { SummaryFigures } from '@/lib/summaries/summary'
import { readRuns } from '@/lib/telemetry/read.server'
import { guestCookieOf, sessionCookieOf } from '@/tests/people'
import { makeMember, makeScene } from '@/tests/telemetry'
import { checkLedger, oracle, type Stored, type Tally } from './ledger'
import type { Parts } from './parts'
import { type Page, Phone } from './phone'
import { drawFaults, type Fault, faultWords, isOfPart } from './schedule'

/** Two tabs on the first phone; the second person wears two phones; the last phone is offline when the class ends. */
const PEOPLE = 5
/** A part that was killed comes back as fast as the machine is. */
const GIVE_UP_MS = 180_000
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Waits for a state, asking again while the product is down. */
async function until(what: string, isSo: () => Promise<boolean>, why = () => ''): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > giveUpAt) throw new Error(`It did not come to this within ${GIVE_UP_MS / 1000} s: ${what}. ${why()}`)
    await wait(100)
  }
}

/** One class under the faults of its seed, then everything that must be true of its record. */
export async function soakClass(parts: Parts, seed: number, lengthMs: number, tell: (line: string) => void): Promise<Tally> {
  const scene = await makeScene(2)
  const owners = await Promise.all(Array.from({ length: PEOPLE }, (_, number) => makeMember(scene, `Member ${number}`)))
  for (const [number, { classId, personId }] of owners.entries())
    await db.summaryAddress.create({ data: { classId, personId, email: `member-${number}@${classId.toLowerCase().replace('_', '-')}.example` } })
  const cookieOf = (personId: string) => guestCookieOf(scene.hostId, personId)
  const phones = owners.flatMap((owner, number) => {
    const names = number === 1 ? ['one phone', 'other phone'] : ['phone']
    return names.map((name) => new Phone(`${name} of member ${number}`, { ...owner, cookie: cookieOf(owner.personId) }, parts.url))
  })
  const pages = new Map<Phone, Page[]>(phones.map((phone, index) => [phone, index === 0 ? [phone.open(), phone.open()] : [phone.open()]]))
  const late = phones.at(-1)
  if (!late) throw new Error('A class needs phones.')

  const faults = drawFaults(seed, lengthMs, phones.length - 1)
  const startedAt = performance.now()
  const beating = setInterval(() => {
    const second = Math.round((performance.now() - startedAt) / 1000)
    phones.forEach((phone, index) => pages.get(phone)?.forEach((page, tab) => page.beat(70 + ((second * 3 + index * 17 + tab * 7) % 110))))
  }, 1_000)
  const going = faults.map(async (fault) => {
    await wait(Math.max(0, fault.atMs - (performance.now() - startedAt)))
    tell(faultWords(fault))
    await apply(fault, parts, phones, pages)
  })
  await wait(lengthMs * 0.7 - (performance.now() - startedAt))
  late.online = false
  await wait(lengthMs - (performance.now() - startedAt))
  clearInterval(beating)

  const hostCookie = await sessionCookieOf(scene.hostId)
  const post = (path: string, cookie = '') => fetch(`${parts.url}${path}`, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  await until('the class ends', async () => (await post(`/api/classes/${scene.classId}/end-workout`, hostCookie)).ok)
  tell('the class has ended')
  // Everybody else is whole again, and says goodbye; the last phone does so with nobody listening.
  await Promise.all(going)
  tell('every part is back')
  const open = [...pages.values()].flat()
  await Promise.all(open.map((page) => page.finish()))
  const sent = (these: readonly Page[]) => async () => {
    await Promise.all(these.map((page) => page.flush()))
    return these.every((page) => page.uplink.pendingChunks() === 0)
  }
  await until('everybody but the last phone has sent all', sent(open.filter((page) => page.phone !== late)), () => whatWaits(open))
  tell('all but the last phone have sent all')
  await Promise.all(phones.map((phone) => phone.release()))

  const summaries = () => db.summary.findMany({ where: { classId: scene.classId }, orderBy: { personId: 'asc' } })
  const isFinal = async (personIds: readonly string[]) => {
    await post('/soak/sweep')
    const final = new Set((await summaries()).filter(({ status, dirty }) => status === 'final' && !dirty).map(({ personId }) => personId))
    return personIds.every((personId) => final.has(personId))
  }
  const lateId = owners.at(-1)?.personId ?? ''
  const others = owners.map(({ personId }) => personId).filter((personId) => personId !== lateId)
  await until('the summaries of all others are final', () => isFinal(others))
  const before = new Map((await summaries()).map(({ personId, computedAt }) => [personId, computedAt.getTime()]))

  late.online = true
  await until('the last phone has sent all', sent(open.filter((page) => page.phone === late)), () => whatWaits(open))
  await until('its summary is final', () => isFinal([lateId]))
  const once = (await summaries()).map(({ computedAt }) => computedAt.getTime())
  for (let sweeps = 0; sweeps < 2; sweeps++) await until('a sweep', async () => (await post('/soak/sweep')).ok)

  const tally = checkLedger(phones, (await Promise.all(owners.map(({ participantId }) => readStored(participantId)))).flat())
  const after = await summaries()
  if (JSON.stringify(after.map(({ computedAt }) => computedAt.getTime())) !== JSON.stringify(once)) tally.wrong.push('a summary was computed again for nothing')
  for (const { personId, computedAt, figures } of after) {
    if (personId !== lateId && before.get(personId) !== computedAt.getTime()) tally.wrong.push('late samples of one changed the summary of another')
    const owner = owners.find((one) => one.personId === personId)
    if (owner) tally.wrong.push(...(await compareWithOracle(owner.participantId, scene, SummaryFigures.parse(figures))))
  }
  if (after.length !== PEOPLE) tally.wrong.push(`${after.length} summaries of ${PEOPLE} people`)
  for (const [number] of owners.entries()) {
    const mailed = parts.mails.filter(({ to }) => to === `member-${number}@${scene.classId.toLowerCase().replace('_', '-')}.example`).length
    if (mailed !== 1) tally.wrong.push(`member ${number} was mailed ${mailed} times`)
  }
  return tally
}

const whatWaits = (pages: readonly Page[]): string =>
  pages
    .map(({ phone, uplink }) => `${phone.name}: ${uplink.pendingChunks()} waiting, refused ${JSON.stringify(uplink.refused().map(({ code, chunks }) => [code, chunks]))}`)
    .join('; ')

async function apply(fault: Fault, parts: Parts, phones: readonly Phone[], pages: Map<Phone, Page[]>): Promise<void> {
  if (isOfPart(fault)) {
    if (fault.fault === 'database-crash') return parts.crashDatabase()
    return parts.kill(fault.fault === 'server-kill' ? 'server' : fault.fault === 'runner-kill' ? 'runner' : 'realtime', fault.forMs)
  }
  const phone = phones[fault.phone]
  if (!phone) return
  const [page, ...otherTabs] = pages.get(phone) ?? []
  switch (fault.fault) {
    case 'cut':
      phone.online = false
      await wait(fault.forMs)
      phone.online = true
      return
    case 'lost-answers':
    case 'duplicate':
    case 'hold':
      phone.wire = fault.fault
      void page?.flush()
      await wait(fault.forMs)
      phone.wire = 'whole'
      // The page may die before it has sent: then nobody waits for it.
      await Promise.race([page?.flush(), wait(1_000)])
      return phone.release()
    case 'clock-forward':
      phone.skewMs += 600_000
      return
    case 'clock-back':
      phone.skewMs -= 600_000
      return
    case 'kill':
    case 'reload':
      pages.set(phone, otherTabs)
      if (fault.fault === 'kill') {
        // Between what the strap says and what the disk confirms.
        page?.beat(99)
        page?.kill()
      } else page?.reload()
      await wait(500)
      pages.set(phone, [...(pages.get(phone) ?? []), phone.open()])
  }
}

async function readStored(participantId: string): Promise<Stored[]> {
  const { rows } = await pool().query<{ id: string; runId: string; clockUncertaintyMs: number }>(
    'SELECT id, "runId", "clockUncertaintyMs" FROM recorders WHERE "participantId" = $1',
    [participantId],
  )
  const named = new Map(rows.map((row) => [row.id, row]))
  return (await readRuns(participantId)).map((run) => {
    const { runId, clockUncertaintyMs } = z.object({ runId: z.string(), clockUncertaintyMs: z.number() }).parse(named.get(run.recorderId))
    return { ...run, runId, clockUncertaintyMs }
  })
}

async function compareWithOracle(participantId: string, scene: { classId: string; startsAtMs: number }, figures: SummaryFigures): Promise<string[]> {
  const { workoutEndedAt } = await db.liveClass.findUniqueOrThrow({ where: { id: scene.classId } })
  const expected = oracle(await readStored(participantId), scene.startsAtMs, workoutEndedAt?.getTime() ?? 0)
  const value = (figure: SummaryFigures['averageBpm']) => (figure.outcome === 'computed' ? figure.value : null)
  const average = value(figures.averageBpm)
  const same =
    figures.measuredSeconds === expected.measuredSeconds &&
    value(figures.peakBpm) === expected.peakBpm &&
    (average === expected.averageBpm || Math.abs((average ?? NaN) - (expected.averageBpm ?? NaN)) < 1e-9)
  return same ? [] : [`a summary says ${figures.measuredSeconds} s, ${average} bpm; the oracle ${expected.measuredSeconds} s, ${expected.averageBpm} bpm`]
}
