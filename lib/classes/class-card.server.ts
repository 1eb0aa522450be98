import 'server-only'
import type { ClassKind } from './series'
import type { Prisma } from '@/lib/platform/db.server'

/** A series as pages show it. Instants are UTC ms. */
export type SeriesCard = {
  readonly seriesId: string
  readonly slug: string
  readonly title: string
  readonly kind: ClassKind
  readonly durationMin: number
  readonly capacity: number
  readonly heartRateReach: 'trainer' | 'everyone'
  readonly videoPlace: 'here' | 'own_link'
  readonly videoUrl: string | null
  readonly timezone: string
  readonly hostId: string
  readonly hostName: string
}
/** One occurrence as pages show it. */
export type ClassCard = {
  readonly classId: string
  readonly title: string
  readonly status: 'scheduled' | 'open' | 'live' | 'ended' | 'cancelled'
  readonly startsAt: number
  readonly plannedEndAt: number
  readonly workoutEndedAt: number | null
  readonly closedAt: number | null
  readonly spotlightId: string | null
}

export const withHost = { host: { select: { name: true } } } as const
type SeriesRow = Prisma.ClassSeriesGetPayload<{ include: typeof withHost }>
type ClassRow = Prisma.LiveClassGetPayload<Record<never, never>>

export const seriesCard = (row: SeriesRow): SeriesCard => ({
  seriesId: row.id,
  slug: row.slug,
  title: row.title,
  kind: row.kind,
  durationMin: row.durationMin,
  capacity: row.capacity,
  heartRateReach: row.heartRateReach,
  videoPlace: row.videoPlace,
  videoUrl: row.videoPlace === 'own_link' ? row.videoUrl : null,
  timezone: row.timezone,
  hostId: row.hostId,
  hostName: row.host.name,
})

export const classCard = (row: ClassRow, series: { title: string }): ClassCard => ({
  classId: row.id,
  title: row.title ?? series.title,
  status: row.status,
  startsAt: row.startsAt.getTime(),
  plannedEndAt: row.plannedEndAt.getTime(),
  workoutEndedAt: row.workoutEndedAt?.getTime() ?? null,
  closedAt: row.closedAt?.getTime() ?? null,
  spotlightId: row.spotlightId,
})
