import 'server-only'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db.server'
import { type ClassCard, classCard, type SeriesCard, seriesCard, withHost } from './class-card.server'

/**
 * Where a permanent link leads now. `nextStartsAt`: when the class after this one is, UTC ms. `ended` with `roomOpen`: the workout is
 * over, whoever was in may still talk.
 */
export type PermanentLink =
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'live'; readonly series: SeriesCard; readonly liveClass: ClassCard; readonly nextStartsAt: number | null }
  | { readonly outcome: 'next'; readonly series: SeriesCard; readonly liveClass: ClassCard }
  | {
      readonly outcome: 'ended'
      readonly series: SeriesCard
      readonly liveClass: ClassCard
      readonly roomOpen: boolean
      readonly nextStartsAt: number | null
    }
  | { readonly outcome: 'none'; readonly series: SeriesCard }

/** The live class, else the one whose talk still goes on, else the next, else the last that ended, else only the series. */
export async function openPermanentLink(slug: string): Promise<PermanentLink> {
  const row = await db.classSeries.findUnique({ where: { slug: slug.toLowerCase() }, include: withHost })
  if (!row) return { outcome: 'unknown' }
  const series = seriesCard(row)
  const of = { seriesId: row.id }
  const live = await db.liveClass.findFirst({ where: { ...of, status: { in: ['open', 'live'] } }, orderBy: { startsAt: 'desc' } })
  const next = await db.liveClass.findFirst({
    where: { ...of, status: 'scheduled', plannedEndAt: { gt: new Date(now()) } },
    orderBy: { startsAt: 'asc' },
  })
  const nextStartsAt = next?.startsAt.getTime() ?? null
  if (live) return { outcome: 'live', series, liveClass: classCard(live, row), nextStartsAt }
  // Whoever was in may come back for the talk, and finds their summary; a series that repeats always has a next date.
  const ended = await db.liveClass.findFirst({ where: { ...of, status: 'ended' }, orderBy: { startsAt: 'desc' } })
  const talking = ended?.closedAt === null
  if (next && !talking) return { outcome: 'next', series, liveClass: classCard(next, row) }
  if (ended) return { outcome: 'ended', series, liveClass: classCard(ended, row), roomOpen: talking, nextStartsAt }
  return { outcome: 'none', series }
}
