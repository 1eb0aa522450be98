import 'server-only'
import { AppError } from '@/lib/platform/app-error'
import { db } from '@/lib/platform/db.server'
import { newId } from '@/lib/platform/id'
import { type ClassCard, classCard, type SeriesCard, seriesCard, withHost } from './class-card.server'
import type { NewSeries, SeriesChange } from './series'
import { newSlug } from './slug'
import { openClass } from './start-class.server'

/** A series, its permanent link, and a class that starts now with the trainer on seat 0. */
export async function createSeries(hostId: string, wanted: NewSeries): Promise<{ seriesId: string; classId: string; slug: string }> {
  return await db.$transaction(async (tx) => {
    const series = await tx.classSeries.create({
      data: { ...wanted, id: newId('ser'), hostId, slug: newSlug(wanted.title) },
      include: withHost,
    })
    const classId = await openClass(tx, { seriesId: series.id, durationMin: series.durationMin, hostId, hostName: series.host.name })
    return { seriesId: series.id, classId, slug: series.slug }
  })
}

/** Changes what is given. Throws `invalid_input` when the video is elsewhere and nobody says where. */
export async function changeSeries(seriesId: string, change: SeriesChange): Promise<SeriesCard> {
  return await db.$transaction(async (tx) => {
    const series = await tx.classSeries.update({ where: { id: seriesId }, data: change, include: withHost })
    if (series.videoPlace === 'own_link' && series.videoUrl === null) {
      throw new AppError('invalid_input', 'Paste the link to your call.', { videoUrl: 'Paste the link to your call.' })
    }
    return seriesCard(series)
  })
}

export type SeriesOverview = { readonly series: SeriesCard; readonly live: ClassCard | null; readonly recent: readonly ClassCard[] }
const RECENT = 5

/** A trainer's dashboard: each series with the class that runs now and the last few that ended, newest series first. */
export async function listSeries(hostId: string): Promise<SeriesOverview[]> {
  const rows = await db.classSeries.findMany({
    where: { hostId },
    include: { ...withHost, classes: { orderBy: { startsAt: 'desc' }, take: RECENT + 1 } },
    orderBy: { createdAt: 'desc' },
  })
  return rows.map((row) => {
    const cards = row.classes.map((liveClass) => classCard(liveClass, row))
    const live = cards.find(({ status }) => status === 'live' || status === 'open') ?? null
    return { series: seriesCard(row), live, recent: cards.filter(({ status }) => status === 'ended').slice(0, RECENT) }
  })
}

/** Throws `not_found`. */
export async function getSeriesOfClass(classId: string): Promise<{ series: SeriesCard; liveClass: ClassCard }> {
  const row = await db.liveClass.findUnique({ where: { id: classId }, include: { series: { include: withHost } } })
  if (!row) throw new AppError('not_found', 'There is no such class.')
  return { series: seriesCard(row.series), liveClass: classCard(row, row.series) }
}
