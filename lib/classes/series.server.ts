import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { now } from '@/lib/platform/clock'
import { type Db, db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { type ClassCard, classCard, type SeriesCard, seriesCard, withHost } from './class-card.server'
import { lockSeries, makeOccurrencesOf, recurrenceOf, type SeriesRow } from './make-occurrences.server'
import { endRule, nextOccurrence } from './recurrence'
import { NO_NEWS, reschedule, tell } from './reschedule.server'
import { MAX_EACH_TO_EACH, type NewSeries, type Schedule, type SeriesChange, TOO_MANY_FOR_EACH } from './series'
import { newSlug } from './slug'
import { openClass } from './start-class.server'
import { findTemplatePlan } from './template.server'

const NO_DATE = 'Choose a day and a time that are still to come.'

/**
 * A series and its permanent link; with a schedule its dates, else a class that starts now with the trainer on seat 0. `classId` is the
 * first of them. Throws `invalid_input` for a schedule that has no date to come.
 */
export async function createSeries(hostId: string, wanted: NewSeries): Promise<{ seriesId: string; classId: string; slug: string }> {
  const { schedule, templateId, plan: own, ...settings } = wanted
  const times = schedule ? startOf({ ...schedule, timezone: settings.timezone }, now()) : null
  return await db.$transaction(async (tx) => {
    const plan = own ?? (templateId === null ? null : await findTemplatePlan(tx, hostId, templateId))
    const series = await tx.classSeries.create({
      data: { ...settings, ...times, ...(plan === null ? {} : { plan }), id: newId('ser'), hostId, slug: newSlug(settings.title) },
      include: withHost,
    })
    const of = { seriesId: series.id, slug: series.slug }
    if (times === null) return { ...of, classId: await openClass(tx, { ...of, durationMin: series.durationMin, hostId, hostName: series.host.name }) }
    await makeOccurrencesOf(tx, series)
    const first = await tx.liveClass.findFirstOrThrow({ where: { seriesId: series.id }, orderBy: { startsAt: 'asc' }, select: { id: true } })
    return { ...of, classId: first.id }
  })
}

/**
 * Changes what is given. A new schedule, zone or length counts for every date that has not begun; who had booked a date that goes is told.
 * Throws `invalid_input` when the video is elsewhere and nobody says where, or when the schedule has no date to come.
 */
export async function changeSeries(seriesId: string, change: SeriesChange): Promise<SeriesCard> {
  const { schedule, ...settings } = change
  const { card, news } = await db.$transaction(async (tx) => {
    const before = await lockSeries(tx, seriesId)
    const series = await tx.classSeries.update({ where: { id: seriesId }, data: settings, include: withHost })
    if (series.videoPlace === 'own_link' && series.videoUrl === null) refuse('videoUrl', 'Paste the link to your call.')
    if (series.eachToEach && series.capacity > MAX_EACH_TO_EACH) refuse('eachToEach', TOO_MANY_FOR_EACH)
    if (settings.durationMin !== undefined) await keepLength(tx, series)
    const wanted = schedule ?? scheduleOf(before)
    const retimed = wanted !== null && (schedule !== undefined || series.timezone !== before.timezone)
    const news = retimed ? await reschedule(tx, before, { ...startOf({ ...wanted, timezone: series.timezone }, now()), timezone: series.timezone }, { from: now() }) : NO_NEWS
    return { card: seriesCard(await tx.classSeries.findUniqueOrThrow({ where: { id: seriesId }, include: withHost })), news }
  })
  await tell(news)
  return card
}

/** No dates from now on. Those that somebody had booked are cancelled, so that they hear of it; the link stays and can be used again. */
export async function endSeries(seriesId: string): Promise<void> {
  const news = await db.$transaction(async (tx) => {
    const before = await lockSeries(tx, seriesId)
    const recurrence = recurrenceOf(before)
    if (!recurrence) return NO_NEWS
    const at = now()
    return await reschedule(tx, before, recurrence.rule === null ? null : { ...recurrence, rule: endRule(recurrence.rule, at) }, { from: at })
  })
  await tell(news)
}

const refuse = (field: string, message: string): never => {
  throw new AppError('invalid_input', message, { [field]: message })
}

const scheduleOf = (series: SeriesRow): Schedule | null =>
  series.startsOn === null || series.localStart === null ? null : { startsOn: series.startsOn, localStart: series.localStart, rule: series.rule }

/** The schedule from its first real date on, which is what a calendar file must begin with. */
function startOf(wanted: Schedule & { timezone: string }, from: number): Schedule {
  const first = nextOccurrence(wanted, from)
  if (!first) throw new AppError('invalid_input', NO_DATE, { startsOn: NO_DATE })
  return { startsOn: first.occurrence.slice(0, 10), localStart: wanted.localStart, rule: wanted.rule }
}

/** Dates to come end when they should, where they have no length of their own. */
async function keepLength(tx: Db, series: SeriesRow): Promise<void> {
  await tx.$executeRaw`
    update classes set "plannedEndAt" = "startsAt" + make_interval(mins => ${series.durationMin})
    where "seriesId" = ${series.id} and status in ('scheduled', 'cancelled') and "durationMin" is null`
}

export type SeriesOverview = { readonly series: SeriesCard; readonly live: ClassCard | null }

/** A trainer's series, the newest first, each with the class that runs now. */
export async function listSeries(hostId: string): Promise<SeriesOverview[]> {
  const rows = await db.classSeries.findMany({
    where: { hostId },
    include: { ...withHost, classes: { where: { status: { in: ['open', 'live'] } }, orderBy: { startsAt: 'desc' }, take: 1 } },
    orderBy: { createdAt: 'desc' },
  })
  return rows.map((row) => ({ series: seriesCard(row), live: row.classes[0] ? classCard(row.classes[0], row) : null }))
}

/** A trainer's own series; undefined for another's, which is not told apart from none. */
export async function findOwnSeries(hostId: string, seriesId: string): Promise<SeriesOverview | undefined> {
  return (await listSeries(hostId)).find(({ series }) => series.seriesId === seriesId)
}

/** Throws `not_found`. */
export async function getSeriesOfClass(classId: string): Promise<{ series: SeriesCard; liveClass: ClassCard }> {
  const row = await db.liveClass.findUnique({ where: { id: classId }, include: { series: { include: withHost } } })
  if (!row) throw new AppError('not_found', 'There is no such class.')
  return { series: seriesCard(row.series), liveClass: classCard(row, row.series) }
}

/** Throws `not_found`. */
export async function getSeries(seriesId: string): Promise<SeriesCard> {
  const row = await db.classSeries.findUnique({ where: { id: seriesId }, include: withHost })
  if (!row) throw new AppError('not_found', 'There is no such class.')
  return seriesCard(row)
}
