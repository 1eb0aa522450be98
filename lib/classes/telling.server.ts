import 'server-only'
import type { Notice } from '@/lib/notifications/notice-text'
import type { Prisma } from '@/lib/platform/db.server'
import type { Telling } from './tell.server'

type SeriesRow = Prisma.ClassSeriesGetPayload<{ include: { host: true } }>
type ClassRow = Prisma.LiveClassGetPayload<{ include: { series: { include: { host: true } } } }>

export const seriesTold = (row: SeriesRow): Telling['series'] => ({
  seriesId: row.id,
  slug: row.slug,
  title: row.title,
  trainer: row.host.name,
  timezone: row.timezone,
})

/** Something about one occurrence, under its own title. On a screen the newest word on it counts. */
export const classTelling = (row: ClassRow, occasion: string, notice: Notice): Telling => ({
  series: { ...seriesTold(row.series), title: row.title ?? row.series.title },
  about: `class:${row.id}:${occasion}`,
  tag: `class:${row.id}`,
  notice,
})
