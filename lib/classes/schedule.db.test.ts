import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeAccount, makeGuest } from '@/tests/people'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { PLAN_PRESETS } from './plan-preset'
import { NewSeries, type Schedule, type SeriesChange } from './series'

// Before the job client is loaded, which reads its address once.
const outside = await vi.hoisted(async () => (await import('@/tests/outside-world')).startOutsideWorld())
afterAll(() => outside.close())
const { changeClass, cancelClass, restoreClass } = await import('./change-class.server')
const { changeSeries, createSeries, endSeries } = await import('./series.server')
const { duplicateLastWeek } = await import('./duplicate-week.server')
const { findSeriesPlan } = await import('./workout.server')
const { makeOccurrences } = await import('./make-occurrences.server')

/** Sunday 22 Nov 2026, 12:00 in Berlin. */
const NOW = Date.parse('2026-11-22T11:00:00Z')
const EVERY_THURSDAY: Schedule = { startsOn: '2026-11-22', localStart: '18:30', rule: 'FREQ=WEEKLY;BYDAY=TH' }
const DAY = 86_400_000

let hostId: string
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  hostId = (await makeAccount('Mara')).personId
})
afterEach(() => vi.useRealTimers())

const make = (change: Partial<NewSeries> = {}) =>
  createSeries(hostId, NewSeries.parse({ title: 'Thursday HIIT', timezone: 'Europe/Berlin', schedule: EVERY_THURSDAY, ...change }))
const rowsOf = (seriesId: string) => db.liveClass.findMany({ where: { seriesId }, orderBy: { startsAt: 'asc' } })
const show = async (seriesId: string) => (await rowsOf(seriesId)).map((row) => `${row.startsAt.toISOString().slice(0, 16)} ${row.status}`)
const nth = async (seriesId: string, index: number) => {
  const row = (await rowsOf(seriesId))[index]
  if (!row) throw new Error('no such date')
  return row
}
const book = async (classId: string) => {
  const { personId, name } = await makeGuest(hostId, 'Ana')
  await db.booking.create({ data: { id: newId('bkg'), classId, personId, name, status: 'booked' } })
}

describe('a series that repeats', () => {
  it('has its next eight weeks at once, and its first date is the first of the rule', async () => {
    const { seriesId, classId } = await make()
    expect(await show(seriesId)).toEqual(
      ['11-26', '12-03', '12-10', '12-17', '12-24', '12-31'].map((day) => `2026-${day}T17:30 scheduled`).concat(['2027-01-07T17:30 scheduled', '2027-01-14T17:30 scheduled']),
    )
    expect((await nth(seriesId, 0)).id).toBe(classId)
    expect(await db.classSeries.findUnique({ where: { id: seriesId } })).toMatchObject({ startsOn: '2026-11-26', localStart: '18:30' })
    expect(await db.participant.count({ where: { classId } })).toBe(0)
  })

  it('has the plan that it was made with, and each of its dates goes by it', async () => {
    const plan = PLAN_PRESETS[0]?.build({}) ?? null
    const { seriesId } = await make({ plan })
    expect(await findSeriesPlan(seriesId)).toEqual(plan)
  })

  it('gets more dates as weeks pass, each once, however many jobs run', async () => {
    const { seriesId } = await make()
    vi.setSystemTime(NOW + 7 * DAY)
    await Promise.all([makeOccurrences(), makeOccurrences(), makeOccurrences()])
    const dates = await show(seriesId)
    expect(dates).toHaveLength(9)
    expect(dates.at(-1)).toBe('2027-01-21T17:30 scheduled')
    expect((await makeOccurrences()).made).toBe(0)
  })

  it('never makes a cancelled or a moved date anew', async () => {
    const { seriesId } = await make()
    await cancelClass((await nth(seriesId, 0)).id, '')
    await changeClass((await nth(seriesId, 1)).id, { scope: 'this', startsOn: '2026-12-04' })
    const before = await show(seriesId)
    await makeOccurrences()
    expect(await show(seriesId)).toEqual(before)
    expect(before.slice(0, 3)).toEqual(['2026-11-26T17:30 cancelled', '2026-12-04T17:30 scheduled', '2026-12-10T17:30 scheduled'])
  })

  it('knows its next date also when that is far away; and is refused when it has none', async () => {
    const far = await make({ schedule: { startsOn: '2027-05-01', localStart: '07:00', rule: 'FREQ=MONTHLY;BYDAY=1SA' } })
    expect(await show(far.seriesId)).toEqual(['2027-05-01T05:00 scheduled'])
    await expect(make({ schedule: { startsOn: '2026-11-20', localStart: '07:00', rule: null } })).rejects.toMatchObject({ code: 'invalid_input', fields: { startsOn: expect.any(String) } })
  })

  it('once, on one date', async () => {
    const { seriesId } = await make({ schedule: { startsOn: '2026-11-24', localStart: '07:00', rule: null } })
    expect(await show(seriesId)).toEqual(['2026-11-24T06:00 scheduled'])
  })
})

describe('changing one date', () => {
  it('leaves the others and the series, and keeps the bookings', async () => {
    const { seriesId } = await make()
    const second = await nth(seriesId, 1)
    await book(second.id)
    const card = await changeClass(second.id, { scope: 'this', localStart: '19:15', title: 'HIIT with Tom', durationMin: 30, capacity: 6 })
    expect(card).toMatchObject({ title: 'HIIT with Tom', durationMin: 30, capacity: 6, occurrence: '2026-12-03T18:30' })
    expect(card.plannedEndAt - card.startsAt).toBe(30 * 60_000)
    expect((await show(seriesId)).slice(0, 3)).toEqual(['2026-11-26T17:30 scheduled', '2026-12-03T18:15 scheduled', '2026-12-10T17:30 scheduled'])
    expect(await db.booking.count({ where: { classId: second.id, status: 'booked' } })).toBe(1)
  })

  it('refuses the past, a cancelled date, and a class that has begun', async () => {
    const { seriesId } = await make()
    const first = await nth(seriesId, 0)
    await expect(changeClass(first.id, { scope: 'this', startsOn: '2026-11-21' })).rejects.toMatchObject({ code: 'invalid_input' })
    await cancelClass(first.id, 'I am ill.')
    await expect(changeClass(first.id, { scope: 'this', localStart: '20:00' })).rejects.toMatchObject({ code: 'class_cancelled' })
    const second = await nth(seriesId, 1)
    await db.liveClass.update({ where: { id: second.id }, data: { status: 'live' } })
    await expect(changeClass(second.id, { scope: 'this', localStart: '20:00' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(cancelClass(second.id, '')).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('changing this and following', () => {
  it('moves the time from here on; ids, bookings, link, and what was changed alone stay', async () => {
    const { seriesId, slug } = await make()
    const ids = (await rowsOf(seriesId)).map(({ id }) => id)
    await cancelClass(ids[3] ?? '', 'Holiday')
    await changeClass(ids[4] ?? '', { scope: 'this', startsOn: '2026-12-23' })
    await book(ids[2] ?? '')
    outside.events.length = 0
    await changeClass(ids[1] ?? '', { scope: 'following', localStart: '19:00', title: 'Late HIIT', durationMin: 60 })
    // Heard once for the change, and for the date that somebody booked.
    expect(outside.events.map(({ name, data }) => ({ name, data }))).toEqual([ids[1], ids[2]].map((classId) => ({ name: 'classes/class.moved', data: { classId } })))
    const rows = await rowsOf(seriesId)
    expect(rows.map(({ id }) => id)).toEqual(ids)
    expect((await show(seriesId)).slice(0, 6)).toEqual([
      '2026-11-26T17:30 scheduled',
      '2026-12-03T18:00 scheduled',
      '2026-12-10T18:00 scheduled',
      '2026-12-17T18:00 cancelled',
      '2026-12-23T17:30 scheduled',
      '2026-12-31T18:00 scheduled',
    ])
    expect(rows[0]).toMatchObject({ title: 'Thursday HIIT', durationMin: 45 })
    expect(rows[1]).toMatchObject({ title: null, durationMin: null, plannedEndAt: new Date('2026-12-03T19:00:00Z') })
    expect(await db.classSeries.findUnique({ where: { id: seriesId } })).toMatchObject({ slug, title: 'Late HIIT', startsOn: '2026-12-03', localStart: '19:00', rule: 'FREQ=WEEKLY;BYDAY=TH' })
    expect((await makeOccurrences()).made).toBe(0)
    expect(await db.booking.count({ where: { classId: ids[2] ?? '', status: 'booked' } })).toBe(1)
  })

  it('moves the day too, and what is left of a count', async () => {
    const { seriesId } = await make({ schedule: { ...EVERY_THURSDAY, rule: 'FREQ=WEEKLY;COUNT=4;BYDAY=TH' } })
    await changeClass((await nth(seriesId, 1)).id, { scope: 'following', startsOn: '2026-12-01', localStart: '07:00' })
    expect(await show(seriesId)).toEqual(['2026-11-26T17:30 scheduled', '2026-12-01T06:00 scheduled', '2026-12-08T06:00 scheduled', '2026-12-15T06:00 scheduled'])
    expect(await db.classSeries.findUnique({ where: { id: seriesId } })).toMatchObject({ rule: 'FREQ=WEEKLY;COUNT=3;BYDAY=TU' })
  })
})

describe('the series’ own schedule', () => {
  const change = (seriesId: string, wanted: SeriesChange) => changeSeries(seriesId, wanted)

  it('goes to other days: dates keep their bookings where the week has one, and go or are cancelled where it has none', async () => {
    const { seriesId } = await make({ schedule: { ...EVERY_THURSDAY, rule: 'FREQ=WEEKLY;BYDAY=TU,TH' } })
    const [tuesday, thursday, , nextThursday] = await rowsOf(seriesId)
    await book(thursday?.id ?? '')
    await book(nextThursday?.id ?? '')
    await change(seriesId, { schedule: { startsOn: '2026-11-22', localStart: '18:30', rule: 'FREQ=WEEKLY;BYDAY=FR' } })
    const rows = await rowsOf(seriesId)
    expect(rows.find(({ id }) => id === tuesday?.id)?.startsAt).toEqual(new Date('2026-11-27T17:30:00Z'))
    expect(rows.find(({ id }) => id === thursday?.id)).toMatchObject({ status: 'cancelled' })
    expect(rows.filter(({ status }) => status === 'scheduled').map(({ occurrence }) => occurrence?.slice(5, 10))).toEqual(['11-27', '12-04', '12-11', '12-18', '12-25', '01-01', '01-08', '01-15'])
  })

  it('moves with the zone, and a new length counts for dates to come', async () => {
    const { seriesId } = await make()
    await change(seriesId, { timezone: 'America/New_York', durationMin: 20 })
    expect(await nth(seriesId, 0)).toMatchObject({ startsAt: new Date('2026-11-26T23:30:00Z'), plannedEndAt: new Date('2026-11-26T23:50:00Z') })
  })

  it('comes to a class that was started by hand', async () => {
    const { seriesId, classId } = await make({ schedule: null })
    await change(seriesId, { schedule: EVERY_THURSDAY })
    const rows = await rowsOf(seriesId)
    expect(rows).toHaveLength(9)
    expect(rows[0]).toMatchObject({ id: classId, status: 'live' })
  })

  it('ends: dates that nobody booked go, the others are cancelled, and no job makes them anew', async () => {
    const { seriesId } = await make()
    await book((await nth(seriesId, 2)).id)
    await endSeries(seriesId)
    expect(await show(seriesId)).toEqual(['2026-12-10T17:30 cancelled'])
    expect((await makeOccurrences()).made).toBe(0)
    await endSeries(seriesId)
    expect(await show(seriesId)).toHaveLength(1)
  })
})

describe('cancelling', () => {
  it('keeps the row with its note, says so again under the same name, and can be taken back while it is to come', async () => {
    const { seriesId } = await make()
    const { id } = await nth(seriesId, 0)
    await cancelClass(id, 'I am ill.')
    const { cancelledAt } = await nth(seriesId, 0)
    vi.setSystemTime(NOW + 60_000)
    outside.events.length = 0
    await cancelClass(id, 'Again')
    expect(outside.events).toMatchObject([{ name: 'classes/class.cancelled', data: { classId: id }, id: `class-cancelled:${id}:${NOW}` }])
    expect(await nth(seriesId, 0)).toMatchObject({ status: 'cancelled', cancelNote: 'I am ill.', cancelledAt })
    await restoreClass(id)
    expect(await nth(seriesId, 0)).toMatchObject({ status: 'scheduled', cancelNote: null, cancelledAt: null })
    await cancelClass(id, '')
    vi.setSystemTime(NOW + 7 * DAY)
    await expect(restoreClass(id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('shuts a door that was open', async () => {
    const { seriesId } = await make()
    const { id } = await nth(seriesId, 0)
    await db.liveClass.update({ where: { id }, data: { status: 'open' } })
    expect(await cancelClass(id, '')).toEqual({ wasOpen: true })
    expect((await nth(seriesId, 0)).closedAt).not.toBeNull()
  })
})

describe('duplicate last week', () => {
  it('copies what no rule repeats, a week later at the same local time, once', async () => {
    const once = await make({ title: 'Pop-up', schedule: { startsOn: '2026-11-24', localStart: '18:30', rule: null } })
    const gone = await make({ title: 'Off', schedule: { startsOn: '2026-11-24', localStart: '07:00', rule: null } })
    await cancelClass(gone.classId, '')
    await make()
    const byHand = await make({ title: 'By hand', schedule: null })
    await db.liveClass.update({ where: { id: byHand.classId }, data: { status: 'ended', startsAt: new Date(NOW + 3 * DAY + 67_000) } })
    vi.setSystemTime(NOW + 6 * DAY)
    expect(await duplicateLastWeek(hostId)).toEqual({ made: 2, existed: 0 })
    expect(await duplicateLastWeek(hostId)).toEqual({ made: 0, existed: 2 })
    expect(await show(once.seriesId)).toEqual(['2026-11-24T17:30 scheduled', '2026-12-01T17:30 scheduled'])
    expect(await show(byHand.seriesId)).toEqual(['2026-11-25T11:01 ended', '2026-12-02T11:00 scheduled'])
  })
})
